package dev.feedline.snowflake.session;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.catalog.StoredObject;
import dev.feedline.snowflake.copy.LoadHistory;
import dev.feedline.snowflake.copy.PipeLoadErrors;
import dev.feedline.snowflake.engine.DuckDbErrors;
import dev.feedline.snowflake.sql.Command.CreatePipe;
import dev.feedline.snowflake.sql.CommandParser;
import dev.feedline.snowflake.sql.ObjectKind;
import dev.feedline.snowflake.sql.Quoting;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// VALIDATE_PIPE_LOAD as a query of the errors that a pipe met, a row for each.
///
/// Like Snowflake's it refuses a pipe whose COPY transforms. BYTE_OFFSET and REJECTED_RECORD are of
/// CSV in UTF-8 and of JSON.
///
/// Source: docs.snowflake.com/en/sql-reference/functions/validate_pipe_load
final class PipeErrors {
    private static final Set<String> ARGUMENTS = Set.of("PIPE_NAME", "START_TIME", "END_TIME");

    private final Warehouse warehouse;
    private final SessionState state;

    PipeErrors(Warehouse warehouse, SessionState state) {
        this.warehouse = warehouse;
        this.state = state;
    }

    /// @param arguments translated expressions; PIPE_NAME must be a string literal
    String subquery(Map<String, String> arguments) {
        for (String name : arguments.keySet()) {
            if (!ARGUMENTS.contains(name)) {
                throw SnowflakeError.INVALID_VALUE.with("VALIDATE_PIPE_LOAD has no argument " + name + ".");
            }
        }
        if (!arguments.containsKey("PIPE_NAME") || !arguments.containsKey("START_TIME")) {
            throw SnowflakeError.INVALID_VALUE.with("VALIDATE_PIPE_LOAD needs PIPE_NAME and START_TIME.");
        }
        StoredObject pipe = pipe(CopyHistory.literal(arguments, "PIPE_NAME"));
        if (CommandParser.parse(pipe.definition()) instanceof CreatePipe created
                && created.copy().transformation().isPresent()) {
            throw SnowflakeError.INVALID_VALUE.with("VALIDATE_PIPE_LOAD does not take the pipe " + pipe.name()
                    + ", whose COPY has a SELECT; COPY_HISTORY tells the first error of each of its files.");
        }
        Instant since = warehouse.ground().clock().instant().minus(LoadHistory.SHOWN);
        String end = arguments.containsKey("END_TIME")
                ? " AND loaded_on <= CAST(" + arguments.get("END_TIME") + " AS TIMESTAMP WITH TIME ZONE)"
                : "";
        return "SELECT error AS ERROR, substr(file, length(stage_location) + 1) AS FILE,"
                + " line AS LINE, character AS CHARACTER, byte_offset AS BYTE_OFFSET, category AS CATEGORY,"
                + " code AS CODE, sql_state AS SQL_STATE, column_name AS COLUMN_NAME, row_number AS ROW_NUMBER,"
                + " row_start_line AS ROW_START_LINE, rejected_record AS REJECTED_RECORD FROM "
                + PipeLoadErrors.name(pipe.name().database()) + " WHERE pipe_id = " + Quoting.literal(pipe.id())
                + " AND " + CopyHistory.since(since) + " AND loaded_on >= CAST(" + arguments.get("START_TIME")
                + " AS TIMESTAMP WITH TIME ZONE)" + end;
    }

    private StoredObject pipe(String written) {
        try {
            Qualified name = state.scope().resolve(CommandParser.name(written));
            warehouse.databases().require(name.database());
            return warehouse.objects().require(state.duck(), ObjectKind.PIPE, name);
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }
}
