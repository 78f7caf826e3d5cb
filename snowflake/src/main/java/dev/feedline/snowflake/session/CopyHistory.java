package dev.feedline.snowflake.session;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.copy.LoadHistory;
import dev.feedline.snowflake.sql.CommandParser;
import dev.feedline.snowflake.sql.Quoting;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// INFORMATION_SCHEMA's COPY_HISTORY and LOAD_HISTORY as queries of the load history.
final class CopyHistory {
    /// Rows that LOAD_HISTORY gives at most, as Snowflake's.
    private static final int MOST_ROWS = 10_000;

    private static final Set<String> ARGUMENTS = Set.of("TABLE_NAME", "START_TIME", "END_TIME", "PIPE_NAME");

    private CopyHistory() {}

    /// Files that COPY INTO loaded, not those of pipes.
    ///
    /// Source: docs.snowflake.com/en/sql-reference/info-schema/load_history
    ///
    /// @param temporary the session's own tables
    /// @param since when the view begins
    static String loads(String database, Set<Qualified> temporary, Instant since) {
        String own = temporary.stream()
                .filter(table -> table.database().equals(database))
                .map(table -> "(" + Quoting.literal(table.schema()) + ", " + Quoting.literal(table.name()) + ")")
                .collect(Collectors.joining(", "));
        String history = own.isEmpty()
                ? LoadHistory.name(database)
                : "(FROM " + LoadHistory.name(database) + " UNION ALL FROM " + LoadHistory.TEMPORARY
                        + " WHERE (table_schema, table_name) IN (" + own + "))";
        return "SELECT table_schema AS SCHEMA_NAME, file AS FILE_NAME, table_name AS TABLE_NAME,"
                + " loaded_on AS LAST_LOAD_TIME, replace(status, '_', ' ') AS STATUS,"
                + " rows_loaded AS ROW_COUNT, rows_parsed AS ROW_PARSED, first_error AS FIRST_ERROR_MESSAGE,"
                + " first_error_line AS FIRST_ERROR_LINE_NUMBER,"
                + " first_error_character AS FIRST_ERROR_CHARACTER_POSITION,"
                + " first_error_column AS FIRST_ERROR_COL_NAME, errors_seen AS ERROR_COUNT,"
                + " error_limit AS ERROR_LIMIT FROM " + history
                + " WHERE pipe_id IS NULL AND " + since(since) + " ORDER BY loaded_on DESC LIMIT " + MOST_ROWS;
    }

    static String since(Instant at) {
        return "loaded_on >= CAST(" + Quoting.literal(at.toString()) + " AS TIMESTAMP WITH TIME ZONE)";
    }

    /// Source: docs.snowflake.com/en/sql-reference/functions/copy_history
    ///
    /// @param arguments translated expressions; TABLE_NAME and PIPE_NAME must be string literals
    /// @param since how far back it tells at most
    static String subquery(SessionState state, Map<String, String> arguments, Instant since) {
        for (String name : arguments.keySet()) {
            if (!ARGUMENTS.contains(name)) {
                throw SnowflakeError.INVALID_VALUE.with("COPY_HISTORY has no argument " + name + ".");
            }
        }
        if (!arguments.containsKey("TABLE_NAME") || !arguments.containsKey("START_TIME")) {
            throw SnowflakeError.INVALID_VALUE.with("COPY_HISTORY needs TABLE_NAME and START_TIME.");
        }
        Qualified table = state.table(CommandParser.name(literal(arguments, "TABLE_NAME")));
        StringBuilder where = new StringBuilder(" WHERE table_schema = " + Quoting.literal(table.schema())
                + " AND table_name = " + Quoting.literal(table.name())
                + " AND " + since(since) + " AND loaded_on >= CAST(" + arguments.get("START_TIME")
                + " AS TIMESTAMP WITH TIME ZONE)");
        if (arguments.containsKey("END_TIME")) {
            where.append(" AND loaded_on <= CAST(")
                    .append(arguments.get("END_TIME"))
                    .append(" AS TIMESTAMP WITH TIME ZONE)");
        }
        if (arguments.containsKey("PIPE_NAME")) {
            Qualified pipe = state.scope().resolve(CommandParser.name(literal(arguments, "PIPE_NAME")));
            where.append(" AND pipe_database = ").append(Quoting.literal(pipe.database()));
            where.append(" AND pipe_schema = ").append(Quoting.literal(pipe.schema()));
            where.append(" AND pipe_name = ").append(Quoting.literal(pipe.name()));
        }
        return "SELECT substr(file, length(stage_location) + 1) AS FILE_NAME, stage_location AS STAGE_LOCATION,"
                + " loaded_on AS LAST_LOAD_TIME, rows_loaded AS ROW_COUNT, rows_parsed AS ROW_PARSED,"
                + " size AS FILE_SIZE, first_error AS FIRST_ERROR_MESSAGE,"
                + " first_error_line AS FIRST_ERROR_LINE_NUMBER,"
                + " first_error_character AS FIRST_ERROR_CHARACTER_POS,"
                + " first_error_column AS FIRST_ERROR_COLUMN_NAME, errors_seen AS ERROR_COUNT,"
                + " error_limit AS ERROR_LIMIT,"
                + " CASE status WHEN 'LOADED' THEN 'Loaded' WHEN 'PARTIALLY_LOADED' THEN 'Partially loaded'"
                + " ELSE 'Load failed' END AS STATUS, "
                + Quoting.literal(table.database())
                + " AS TABLE_CATALOG_NAME, table_schema AS TABLE_SCHEMA_NAME, table_name AS TABLE_NAME,"
                + " pipe_database AS PIPE_CATALOG_NAME, pipe_schema AS PIPE_SCHEMA_NAME, pipe_name AS PIPE_NAME,"
                + " received_on AS PIPE_RECEIVED_TIME FROM " + LoadHistory.name(table) + where;
    }

    static String literal(Map<String, String> arguments, String name) {
        String text = String.valueOf(arguments.get(name));
        if (text.length() < 2 || !text.startsWith("'") || !text.endsWith("'")) {
            throw SnowflakeError.unsupported("COPY_HISTORY with a " + name + " that is no string literal");
        }
        return text.substring(1, text.length() - 1).replace("''", "'");
    }
}
