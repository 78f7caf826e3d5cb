package dev.feedline.snowflake.session;

import dev.feedline.snowflake.copy.LoadHistory;
import dev.feedline.snowflake.sql.Quoting;
import java.util.Optional;

/// The views of INFORMATION_SCHEMA, each as a query of DuckDB's own catalogue.
final class InformationSchema {
    private InformationSchema() {}

    /// @return empty when there is no such view here
    static Optional<String> subquery(String database, String view) {
        String name = Quoting.literal(database);
        String own = " WHERE database_name = " + name + " AND schema_name <> 'main' AND NOT internal";
        return switch (view) {
            case "SCHEMATA" ->
                Optional.of("SELECT database_name AS CATALOG_NAME, schema_name AS SCHEMA_NAME,"
                        + " 'ACCOUNTADMIN' AS SCHEMA_OWNER FROM duckdb_schemas()" + own);
            case "TABLES" ->
                Optional.of("SELECT database_name AS TABLE_CATALOG, schema_name AS TABLE_SCHEMA,"
                        + " table_name AS TABLE_NAME, 'BASE TABLE' AS TABLE_TYPE FROM duckdb_tables()" + own
                        + " UNION ALL SELECT database_name, schema_name, view_name, 'VIEW' FROM duckdb_views()" + own);
            case "VIEWS" ->
                Optional.of("SELECT database_name AS TABLE_CATALOG, schema_name AS TABLE_SCHEMA,"
                        + " view_name AS TABLE_NAME FROM duckdb_views()" + own);
            case "COLUMNS" ->
                Optional.of("SELECT database_name AS TABLE_CATALOG, schema_name AS TABLE_SCHEMA,"
                        + " table_name AS TABLE_NAME, column_name AS COLUMN_NAME, column_index AS ORDINAL_POSITION,"
                        + " column_default AS COLUMN_DEFAULT,"
                        + " CASE WHEN is_nullable THEN 'YES' ELSE 'NO' END AS IS_NULLABLE FROM duckdb_columns()" + own);
            case "LOAD_HISTORY" ->
                Optional.of("SELECT table_schema AS SCHEMA_NAME, file AS FILE_NAME,"
                        + " table_name AS TABLE_NAME, loaded_on AS LAST_LOAD_TIME,"
                        + " CASE status WHEN 'LOADED' THEN 'LOADED' ELSE 'LOAD FAILED' END AS STATUS,"
                        + " rows_loaded AS ROW_COUNT, rows_parsed AS ROW_PARSED, first_error AS FIRST_ERROR_MESSAGE,"
                        + " first_error_line AS FIRST_ERROR_LINE_NUMBER, errors_seen AS ERROR_COUNT,"
                        + " error_limit AS ERROR_LIMIT FROM " + LoadHistory.name(database) + " WHERE pipe_id IS NULL");
            default -> Optional.empty();
        };
    }
}
