package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.ResultColumn;
import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.StatementType;
import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.catalog.Scope;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.Command.CopyInto;
import dev.feedline.snowflake.sql.Command.ListStage;
import dev.feedline.snowflake.sql.OnError;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// COPY INTO a table, and LIST of a stage, with Snowflake's result columns.
public final class CopyCommand {
    private static final DateTimeFormatter LAST_MODIFIED =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private final CopySpecs specs;
    private final StageFiles files;
    private final Loads loads;

    public CopyCommand(CopySpecs specs, StageFiles files, Loads loads) {
        this.specs = specs;
        this.files = files;
        this.loads = loads;
    }

    /// @param table what the session means by the table's name
    /// @param open the session's transaction, in which the load takes part; or empty
    public Result copy(Duck duck, CopyInto copy, Scope scope, Qualified table, Optional<Loads.OpenTransaction> open)
            throws SQLException {
        OnError onError = copy.onError().orElse(OnError.ABORT_STATEMENT);
        if (open.isPresent() && onError.kind() != OnError.Kind.ABORT_STATEMENT) {
            throw SnowflakeError.unsupported("COPY with ON_ERROR = " + onError + " inside a transaction");
        }
        CopySpec spec = specs.resolve(duck, copy, scope, table);
        List<StagedFile> wanted = copy.files().isEmpty() ? files.list(spec.from(), spec::takes) : named(copy, spec);
        List<FileOutcome> outcomes = loads.load(
                duck,
                new Loads.Request(
                        spec, wanted, onError, copy.force(), copy.loadUncertainFiles(), Optional.empty(), null),
                open);
        return result(outcomes);
    }

    public Result list(Duck duck, ListStage list, Scope scope) throws SQLException {
        CopySpecs.Stage stage = specs.stage(duck, list.location(), scope);
        StageUrl place = stage.url().below(list.location().path());
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (StagedFile file : files.list(place, StageFiles.matching(list.pattern(), stage.url()))) {
            rows.add(List.of(
                    file.url(),
                    BigDecimal.valueOf(file.size()),
                    file.etag(),
                    LAST_MODIFIED.format(file.lastModified().atOffset(ZoneOffset.UTC))));
        }
        return Result.of(
                StatementType.LIST,
                List.of(
                        ResultColumn.text("name"),
                        ResultColumn.number("size"),
                        ResultColumn.text("md5"),
                        ResultColumn.text("last_modified")),
                rows);
    }

    private List<StagedFile> named(CopyInto copy, CopySpec spec) {
        List<StagedFile> found = new ArrayList<>();
        for (String name : copy.files()) {
            String key = spec.from().directory() + name;
            found.add(files.find(spec.from().bucket(), key)
                    .orElseThrow(() -> SnowflakeError.FILE_NOT_FOUND.with(
                            "Remote file 's3://" + spec.from().bucket() + "/" + key + "' was not found.")));
        }
        return found;
    }

    private static Result result(List<FileOutcome> outcomes) {
        if (outcomes.isEmpty()) {
            return new Result(
                    StatementType.COPY,
                    List.of(ResultColumn.text("status")),
                    OptionalLong.of(0),
                    Result.inMemory(List.of(List.of("Copy executed with 0 files processed."))));
        }
        List<ResultColumn> columns = List.of(
                ResultColumn.text("file"),
                ResultColumn.text("status"),
                ResultColumn.number("rows_parsed"),
                ResultColumn.number("rows_loaded"),
                ResultColumn.number("error_limit"),
                ResultColumn.number("errors_seen"),
                ResultColumn.text("first_error"),
                ResultColumn.number("first_error_line"),
                ResultColumn.number("first_error_character"),
                ResultColumn.text("first_error_column_name"));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (FileOutcome outcome : outcomes) {
            FileOutcome.Failure failure = outcome.failure();
            rows.add(Arrays.asList(
                    outcome.file().url(),
                    outcome.status().name(),
                    BigDecimal.valueOf(outcome.rowsParsed()),
                    BigDecimal.valueOf(outcome.rowsLoaded()),
                    BigDecimal.valueOf(outcome.errorLimit()),
                    BigDecimal.valueOf(outcome.errorsSeen()),
                    failure == null ? null : failure.message(),
                    failure == null || failure.line() == null ? null : BigDecimal.valueOf(failure.line()),
                    failure == null || failure.character() == null ? null : BigDecimal.valueOf(failure.character()),
                    failure == null ? null : failure.column()));
        }
        long loaded = outcomes.stream().mapToLong(FileOutcome::rowsLoaded).sum();
        return new Result(StatementType.COPY, columns, OptionalLong.of(loaded), Result.inMemory(rows));
    }
}
