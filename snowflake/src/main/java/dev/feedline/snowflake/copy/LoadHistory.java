package dev.feedline.snowflake.copy;

import dev.feedline.kernel.Ground;
import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.catalog.Tables;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.Quoting;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// Which files were loaded into which table: rows of the same DuckDB file, written in the load's own
/// transaction.
public final class LoadHistory {
    /// How far back COPY_HISTORY, LOAD_HISTORY and VALIDATE_PIPE_LOAD tell.
    public static final Duration SHOWN = Duration.ofDays(14);

    /// How long a table remembers its files, and a pipe its own.
    static final Duration TABLE_MEMORY = Duration.ofDays(64);
    static final Duration PIPE_MEMORY = Duration.ofDays(14);

    /// Of the session's own tables: it goes with them.
    public static final String TEMPORARY = "temp.main._load_history";

    private static final String TABLE = "_load_history";

    /// Names asked for in one query.
    private static final int NAMES_AT_ONCE = 500;

    private final Ground ground;
    private final Tables tables;

    public LoadHistory(Ground ground, Tables tables) {
        this.ground = ground;
        this.tables = tables;
    }

    private record Known(String file, String etag) {}

    /// Those of the files whose load is not uncertain: a file is uncertain when it is older than the table's memory and
    /// so is the table's first load, for then the file may have been loaded and forgotten.
    ///
    /// Source: docs.snowflake.com/en/user-guide/data-load-considerations-load (loading older files)
    List<StagedFile> certain(Duck duck, TableInfo table, List<StagedFile> files) throws SQLException {
        Instant since = ground.clock().instant().minus(TABLE_MEMORY);
        List<StagedFile> young = files.stream()
                .filter(file -> !file.lastModified().isBefore(since))
                .toList();
        if (young.size() == files.size()) {
            return files;
        }
        boolean oldTable = duck.first(
                        "SELECT 1 FROM " + name(table.name()) + " WHERE table_id = ? AND loaded_on < ?" + " LIMIT 1",
                        row -> row.getInt(1),
                        table.id(),
                        since)
                .isPresent();
        return oldTable ? young : files;
    }

    /// The files that the table has not loaded yet, by path, name and content (ETag), and the pipe
    /// neither by path and name; a file that failed in the pipe may come again with other content.
    List<StagedFile> unknown(Duck duck, TableInfo table, Optional<PipeReference> pipe, List<StagedFile> files)
            throws SQLException {
        List<StagedFile> unknown = new ArrayList<>();
        for (int from = 0; from < files.size(); from += NAMES_AT_ONCE) {
            List<StagedFile> some = files.subList(from, Math.min(files.size(), from + NAMES_AT_ONCE));
            Memory memory = memory(duck, table, pipe, some);
            for (StagedFile file : some) {
                Known known = new Known(file.url(), file.etag());
                if (!memory.contents().contains(known) && !memory.names().contains(file.url())) {
                    unknown.add(file);
                }
            }
        }
        return unknown;
    }

    /// The same, for a pipe's table by its name.
    public List<StagedFile> unknown(Duck duck, Qualified table, PipeReference pipe, List<StagedFile> files)
            throws SQLException {
        return unknown(duck, tables.requireTable(duck, table), Optional.of(pipe), files);
    }

    /// @param contents what the table has loaded, and what has failed in the pipe
    /// @param names what the pipe has loaded
    private record Memory(Set<Known> contents, Set<String> names) {}

    private Memory memory(Duck duck, TableInfo table, Optional<PipeReference> pipe, List<StagedFile> files)
            throws SQLException {
        String pipeId = pipe.map(PipeReference::id).orElse("");
        Instant now = ground.clock().instant();
        Instant pipesMemory = now.minus(PIPE_MEMORY);
        List<@Nullable Object> parameters =
                new ArrayList<>(List.of(table.id(), pipeId, now.minus(TABLE_MEMORY), table.id(), pipeId));
        files.forEach(file -> parameters.add(file.url()));
        record Loaded(Known file, boolean failed, boolean ofTable, boolean ofPipe, Instant on) {}
        List<Loaded> all = duck.query(
                "SELECT file, etag, status = 'LOAD_FAILED', table_id = ?, coalesce(pipe_id = ?, false), loaded_on FROM "
                        + name(table.name())
                        + " WHERE loaded_on >= ? AND (table_id = ? OR pipe_id = ?) AND file IN ("
                        + "?, ".repeat(files.size() - 1) + "?)",
                row -> new Loaded(
                        new Known(row.getString(1), row.getString(2)),
                        row.getBoolean(3),
                        row.getBoolean(4),
                        row.getBoolean(5),
                        row.getObject(6, OffsetDateTime.class).toInstant()),
                parameters.toArray());
        Set<Known> contents = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (Loaded one : all) {
            boolean ofPipe = one.ofPipe() && !one.on().isBefore(pipesMemory);
            if (one.failed() ? ofPipe : one.ofTable()) {
                contents.add(one.file());
            }
            if (ofPipe && !one.failed()) {
                names.add(one.file().file());
            }
        }
        return new Memory(contents, names);
    }

    /// Records outcomes in the running transaction.
    void record(
            Duck duck,
            TableInfo table,
            CopySpec spec,
            Optional<PipeReference> pipe,
            List<FileOutcome> outcomes,
            @Nullable Instant receivedOn)
            throws SQLException {
        Instant now = ground.clock().instant();
        duck.call(connection -> {
            try (DuckDBAppender appender =
                    connection.createAppender(table.name().duckDatabase(), "main", TABLE)) {
                for (FileOutcome outcome : outcomes) {
                    append(appender, table, spec, pipe, outcome, receivedOn, now);
                }
            }
            return null;
        });
        if (pipe.isPresent()) {
            PipeLoadErrors errors = new PipeLoadErrors(
                    duck, table.name().database(), pipe.get().id(), spec.stage().url());
            for (FileOutcome outcome : outcomes) {
                errors.record(outcome, now);
            }
        }
    }

    private static void append(
            DuckDBAppender appender,
            TableInfo table,
            CopySpec spec,
            Optional<PipeReference> pipe,
            FileOutcome outcome,
            @Nullable Instant receivedOn,
            Instant now)
            throws SQLException {
        FileOutcome.Failure failure = outcome.failure();
        List<@Nullable Object> row = Arrays.asList(
                table.id(),
                table.name().schema(),
                table.name().name(),
                pipe.map(PipeReference::id).orElse(null),
                pipe.map(of -> of.name().database()).orElse(null),
                pipe.map(of -> of.name().schema()).orElse(null),
                pipe.map(of -> of.name().name()).orElse(null),
                outcome.file().url(),
                outcome.file().etag(),
                spec.stage().url(),
                outcome.file().size(),
                outcome.status().name(),
                outcome.rowsParsed(),
                outcome.rowsLoaded(),
                outcome.errorsSeen(),
                outcome.errorLimit(),
                failure == null ? null : failure.message(),
                failure == null ? null : failure.line(),
                failure == null ? null : failure.character(),
                failure == null ? null : failure.column(),
                receivedOn == null ? null : receivedOn.atOffset(ZoneOffset.UTC),
                now.atOffset(ZoneOffset.UTC));
        appender.beginRow();
        for (Object value : row) {
            RowAppender.append(appender, value);
        }
        appender.endRow();
    }

    public static String name(Qualified table) {
        return table.temporary() ? TEMPORARY : name(table.database());
    }

    public static String name(String database) {
        return Quoting.identifier(database) + ".main." + TABLE;
    }
}
