package dev.feedline.snowflake.copy;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Trial;
import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.catalog.Tables;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.engine.DuckDbErrors;
import dev.feedline.snowflake.sql.Command.OnError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Loads staged files into tables: rows and load history of a file in one transaction, each file once.
///
/// Loads of one table run one after the other, so that what the history says stays true until the
/// commit.
public final class Loads {
    /// How often a load that met another transaction's change is tried again.
    private static final int TRIES = 5;

    private final Ground ground;
    private final Tables tables;
    private final Fetcher fetcher;
    private final LoadHistory history;
    private final ParquetLoader parquet;
    private final JsonLoader json;
    private final TableLocks locks = new TableLocks();

    /// What is to be loaded.
    ///
    /// @param force loads what the history knows, too
    /// @param receivedOn when a pipe heard of the files
    public record Request(
            CopySpec spec,
            List<StagedFile> files,
            OnError onError,
            boolean force,
            Optional<PipeReference> pipe,
            @Nullable Instant receivedOn) {}

    /// A session's transaction that a load takes part in.
    @FunctionalInterface
    public interface OpenTransaction {
        /// Runs when it is committed or rolled back.
        void whenEnded(Runnable then);
    }

    /// A file that ended the transaction it was loaded in.
    private static final class BadFile extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient StagedFile file;
        private final FileFailure failure;

        private BadFile(StagedFile file, FileFailure failure) {
            super(failure.message(), failure);
            this.file = file;
            this.failure = failure;
        }
    }

    public Loads(Ground ground, Tables tables, Fetcher fetcher, LoadHistory history) {
        this.ground = ground;
        this.tables = tables;
        this.fetcher = fetcher;
        this.history = history;
        this.parquet = new ParquetLoader(tables);
        this.json = new JsonLoader(tables);
    }

    /// Loads what is not loaded yet and returns how each file ended; a file that the history knows is
    /// left out.
    ///
    /// @param open the transaction the connection has open already, which is not ended here; or empty
    /// @throws dev.feedline.snowflake.SnowflakeException with ABORT_STATEMENT, when a file is bad:
    ///     nothing is loaded
    public List<FileOutcome> load(Duck duck, Request request, Optional<OpenTransaction> open) throws SQLException {
        Qualified name = request.spec().table();
        TableLocks.Lease lease = locks.acquire(tables.requireTable(duck, name).id(), name);
        boolean handedOver = false;
        try {
            TableInfo table = tables.requireTable(duck, name);
            request.spec().requireFits(table);
            List<StagedFile> files =
                    request.force() ? request.files() : history.unknown(duck, table, request.pipe(), request.files());
            if (files.isEmpty()) {
                return List.of();
            }
            if (open.isPresent()) {
                open.get().whenEnded(lease::close);
                handedOver = true;
            }
            return request.onError() == OnError.ABORT_STATEMENT
                    ? allOrNothing(duck, request, files, open.isPresent())
                    : skippingBadFiles(duck, request, files);
        } finally {
            if (!handedOver) {
                lease.close();
            }
        }
    }

    private List<FileOutcome> allOrNothing(Duck duck, Request request, List<StagedFile> files, boolean inTransaction)
            throws SQLException {
        try {
            return inTransaction ? all(duck, request, files) : committed(duck, request, files);
        } catch (BadFile e) {
            String row = e.failure.line() == null ? "" : ", row " + e.failure.line();
            String column = e.failure.column() == null ? "" : ", column " + e.failure.column();
            throw e.failure
                    .error()
                    .with(
                            e.failure.message() + "\n  File '" + e.file.url() + "'" + row + column
                                    + "\n  If you would like to continue loading when an error is encountered, use"
                                    + " other values such as 'SKIP_FILE' for the ON_ERROR option.",
                            e.failure);
        }
    }

    /// All files in one transaction; when one is bad, each in its own.
    private List<FileOutcome> skippingBadFiles(Duck duck, Request request, List<StagedFile> files) throws SQLException {
        try {
            return committed(duck, request, files);
        } catch (BadFile e) {
            if (files.size() == 1) {
                return List.of(failed(duck, request, e));
            }
        }
        List<FileOutcome> outcomes = new ArrayList<>();
        for (StagedFile file : files) {
            outcomes.addAll(skippingBadFiles(duck, request, List.of(file)));
        }
        return outcomes;
    }

    private FileOutcome failed(Duck duck, Request request, BadFile bad) throws SQLException {
        FileOutcome outcome = FileOutcome.failed(bad.file, bad.failure);
        TableInfo table = tables.requireTable(duck, request.spec().table());
        duck.inTransaction(() -> {
            history.record(duck, table, request.spec(), request.pipe(), outcome, request.receivedOn());
            return true;
        });
        return outcome;
    }

    private List<FileOutcome> committed(Duck duck, Request request, List<StagedFile> files) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                List<FileOutcome> outcomes = duck.inTransaction(() -> all(duck, request, files));
                if (!ground.trial().holds(Trial.Defence.HISTORY_WITH_ROWS)) {
                    ground.trial().at(Trial.Moment.ROWS_BEFORE_HISTORY);
                    duck.inTransaction(() -> recordAll(duck, request, outcomes));
                }
                return outcomes;
            } catch (SQLException e) {
                if (!DuckDbErrors.isConflict(e) || attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    private List<FileOutcome> all(Duck duck, Request request, List<StagedFile> files) throws SQLException {
        List<FileOutcome> outcomes = new ArrayList<>();
        TableInfo table = tables.requireTable(duck, request.spec().table());
        for (StagedFile file : files) {
            try (LocalFile local = fetcher.fetch(file)) {
                FileLoader.Loaded loaded = loader(request.spec())
                        .load(duck, table, request.spec(), local, ground.clock().instant());
                FileOutcome outcome = FileOutcome.loaded(local.staged(), loaded.rows());
                if (ground.trial().holds(Trial.Defence.HISTORY_WITH_ROWS)) {
                    history.record(duck, loaded.table(), request.spec(), request.pipe(), outcome, request.receivedOn());
                }
                outcomes.add(outcome);
                table = loaded.table();
            } catch (FileFailure e) {
                throw new BadFile(file, e);
            } catch (SQLException e) {
                if (LoadError.isInfrastructure(e)) {
                    throw e;
                }
                throw new BadFile(file, LoadError.of(e));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return outcomes;
    }

    private boolean recordAll(Duck duck, Request request, List<FileOutcome> outcomes) throws SQLException {
        TableInfo table = tables.requireTable(duck, request.spec().table());
        for (FileOutcome outcome : outcomes) {
            history.record(duck, table, request.spec(), request.pipe(), outcome, request.receivedOn());
        }
        return true;
    }

    private FileLoader loader(CopySpec spec) {
        return switch (spec.format().type()) {
            case PARQUET -> parquet;
            case JSON -> json;
        };
    }
}
