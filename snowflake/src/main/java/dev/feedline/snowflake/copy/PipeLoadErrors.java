package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.Quoting;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// Every error that a pipe met in its files, for VALIDATE_PIPE_LOAD: rows of the same DuckDB file, written in the
/// load's own transaction; at most [RowErrors#MOST_KEPT] of one file.
public final class PipeLoadErrors {
    private static final String TABLE = "_load_errors";

    private final Duck duck;
    private final String database;
    private final String pipeId;
    private final String stage;

    PipeLoadErrors(Duck duck, String database, String pipeId, String stage) {
        this.duck = duck;
        this.database = database;
        this.pipeId = pipeId;
        this.stage = stage;
    }

    /// Records the errors of a file in the running transaction, and forgets those that are too old to be asked for.
    void record(FileOutcome outcome, Instant at) throws SQLException {
        if (outcome.failures().isEmpty()) {
            return;
        }
        duck.execute("DELETE FROM " + name(database) + " WHERE loaded_on < ?", at.minus(LoadHistory.SHOWN));
        duck.call(connection -> {
            try (DuckDBAppender appender = connection.createAppender(database, "main", TABLE)) {
                for (FileOutcome.Failure failure : outcome.failures()) {
                    append(appender, outcome.file(), failure, at);
                }
            }
            return null;
        });
    }

    private void append(DuckDBAppender appender, StagedFile file, FileOutcome.Failure failure, Instant at)
            throws SQLException {
        appender.beginRow();
        appender.append(pipeId);
        appender.append(stage);
        appender.append(file.url());
        appender.append(at.atOffset(ZoneOffset.UTC));
        appender.append(failure.message());
        appender.append(isOfConversion(failure.error()) ? "conversion" : "parsing");
        appender.append(Long.parseLong(failure.error().code()));
        appender.append(failure.error().sqlState());
        append(appender, failure.line());
        append(appender, failure.character());
        RowAppender.append(appender, failure.column());
        append(appender, failure.row());
        append(appender, failure.startLine());
        append(appender, failure.byteOffset());
        RowAppender.append(appender, failure.record());
        appender.endRow();
    }

    private static void append(DuckDBAppender appender, @Nullable Long value) throws SQLException {
        if (value == null) {
            appender.appendNull();
        } else {
            appender.append(value.longValue());
        }
    }

    /// Whether a value was read and did not become one of its column's type.
    private static boolean isOfConversion(SnowflakeError error) {
        return switch (error) {
            case CAST_FAILED,
                    VALUE_NOT_RECOGNIZED,
                    NUMBER_OUT_OF_RANGE,
                    BOOLEAN_NOT_RECOGNIZED,
                    DATE_NOT_RECOGNIZED,
                    TIME_NOT_RECOGNIZED,
                    TIMESTAMP_NOT_RECOGNIZED,
                    BINARY_NOT_RECOGNIZED,
                    STRING_LIMIT,
                    NULL_NOT_ALLOWED,
                    DIVISION_BY_ZERO -> true;
            default -> false;
        };
    }

    public static String name(String database) {
        return Quoting.identifier(database) + ".main." + TABLE;
    }
}
