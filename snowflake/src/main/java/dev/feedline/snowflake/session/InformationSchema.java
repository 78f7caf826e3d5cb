package dev.feedline.snowflake.session;

import dev.feedline.snowflake.sql.ObjectKind;
import dev.feedline.snowflake.sql.Quoting;
import java.util.Optional;

/// The views of INFORMATION_SCHEMA, each as a query of DuckDB's own catalogue and of the notes in its comments.
///
/// Columns and their order: docs.snowflake.com/en/sql-reference/info-schema, without those that have no meaning here.
final class InformationSchema {
    private static final String OWNER = Quoting.literal(ShowRows.OWNER);

    private final String name;
    private final String own;
    private final String objects;

    private InformationSchema(String database) {
        this.name = Quoting.literal(database);
        this.own = " WHERE database_name = " + name + " AND schema_name <> 'main' AND NOT internal";
        this.objects = Quoting.identifier(database) + ".main._objects";
    }

    /// @return empty when there is no such view here
    static Optional<String> subquery(String database, String view) {
        InformationSchema schema = new InformationSchema(database);
        return switch (view) {
            case "DATABASES" ->
                Optional.of(
                        "SELECT database_name AS DATABASE_NAME, " + OWNER + " AS DATABASE_OWNER, 'NO' AS IS_TRANSIENT,"
                                + " 1 AS RETENTION_TIME, 'STANDARD' AS TYPE FROM duckdb_databases()"
                                + " WHERE NOT internal AND path IS NOT NULL");
            case "SCHEMATA" ->
                Optional.of("SELECT database_name AS CATALOG_NAME, schema_name AS SCHEMA_NAME, " + OWNER
                        + " AS SCHEMA_OWNER, 'NO' AS IS_TRANSIENT FROM duckdb_schemas()" + schema.own
                        + " UNION ALL SELECT " + schema.name + ", 'INFORMATION_SCHEMA', NULL, 'NO'");
            case "TABLES" -> Optional.of(schema.tables());
            case "VIEWS" ->
                Optional.of("SELECT database_name AS TABLE_CATALOG, schema_name AS TABLE_SCHEMA,"
                        + " view_name AS TABLE_NAME, " + OWNER + " AS TABLE_OWNER, " + note("text")
                        + " AS VIEW_DEFINITION, 'NO' AS IS_SECURE, " + created() + " AS CREATED, " + note("comment")
                        + " AS COMMENT FROM duckdb_views()" + schema.own);
            case "COLUMNS" -> Optional.of(schema.columns());
            case "TABLE_CONSTRAINTS" -> Optional.of(schema.constraints());
            case "SEQUENCES" -> Optional.of(schema.stored(ObjectKind.SEQUENCE, "SEQUENCE"));
            case "STAGES" -> Optional.of(schema.stored(ObjectKind.STAGE, "STAGE"));
            case "FILE_FORMATS" -> Optional.of(schema.stored(ObjectKind.FILE_FORMAT, "FILE_FORMAT"));
            case "PIPES" -> Optional.of(schema.stored(ObjectKind.PIPE, "PIPE"));
            case "TABLE_PRIVILEGES" -> Optional.of(schema.privileges());
            case "FUNCTIONS" -> Optional.of(none("FUNCTION"));
            case "PROCEDURES" -> Optional.of(none("PROCEDURE"));
            default -> Optional.empty();
        };
    }

    private String tables() {
        String common = OWNER + ", %s, %s, %s, %s, " + created() + ", " + note("comment") + ", %s";
        return "SELECT database_name AS TABLE_CATALOG, schema_name AS TABLE_SCHEMA, table_name AS TABLE_NAME, " + OWNER
                + " AS TABLE_OWNER, 'BASE TABLE' AS TABLE_TYPE,"
                + " CASE WHEN " + note("transient") + " = 'true' THEN 'YES' ELSE 'NO' END AS IS_TRANSIENT, "
                + note("cluster_by") + " AS CLUSTERING_KEY, CAST(estimated_size AS DECIMAL(38,0)) AS ROW_COUNT, "
                + created() + " AS CREATED, " + note("comment") + " AS COMMENT,"
                + " CASE WHEN " + note("schema_evolution")
                + " = 'true' THEN 'YES' ELSE 'NO' END AS ENABLE_SCHEMA_EVOLUTION FROM duckdb_tables()" + own
                + " UNION ALL SELECT database_name, schema_name, view_name, "
                + String.format(java.util.Locale.ROOT, common, "'VIEW'", "'NO'", "NULL", "NULL", "'NO'")
                + " FROM duckdb_views()" + own;
    }

    /// The declared type where DuckDB's own says less, else what DuckDB's own shows as.
    private String columns() {
        String kind = "coalesce(" + note("kind") + ", CASE WHEN data_type LIKE 'DECIMAL%' OR data_type LIKE '%INT%'"
                + " OR data_type = 'HUGEINT' THEN 'NUMBER' WHEN data_type IN ('FLOAT', 'DOUBLE') THEN 'FLOAT'"
                + " WHEN data_type LIKE 'TIMESTAMP WITH%' THEN 'TIMESTAMP_LTZ' WHEN data_type LIKE 'TIMESTAMP%'"
                + " THEN 'TIMESTAMP_NTZ' WHEN data_type = 'JSON' THEN 'VARIANT' WHEN data_type = 'BLOB' THEN 'BINARY'"
                + " ELSE data_type END)";
        String declared = "TRY_CAST(" + note("precision") + " AS DECIMAL(38,0))";
        return "SELECT database_name AS TABLE_CATALOG, schema_name AS TABLE_SCHEMA, table_name AS TABLE_NAME,"
                + " column_name AS COLUMN_NAME, column_index AS ORDINAL_POSITION, CASE WHEN " + note("identity")
                + " IS NULL THEN column_default END AS COLUMN_DEFAULT,"
                + " CASE WHEN is_nullable THEN 'YES' ELSE 'NO' END AS IS_NULLABLE,"
                + " replace(" + kind + ", 'VARCHAR', 'TEXT') AS DATA_TYPE,"
                + " CASE " + kind + " WHEN 'VARCHAR' THEN coalesce(" + declared
                + ", 16777216) END AS CHARACTER_MAXIMUM_LENGTH,"
                + " CASE " + kind + " WHEN 'NUMBER' THEN numeric_precision END AS NUMERIC_PRECISION,"
                + " CASE " + kind + " WHEN 'NUMBER' THEN numeric_scale END AS NUMERIC_SCALE,"
                + " CASE WHEN " + note("identity") + " IS NULL THEN 'NO' ELSE 'YES' END AS IS_IDENTITY,"
                + " nullif(" + note("comment") + ", '') AS COMMENT FROM duckdb_columns()" + own;
    }

    private String constraints() {
        return "SELECT " + name + " AS CONSTRAINT_CATALOG, schema_name AS CONSTRAINT_SCHEMA,"
                + " one->>'name' AS CONSTRAINT_NAME, " + name + " AS TABLE_CATALOG, schema_name AS TABLE_SCHEMA,"
                + " table_name AS TABLE_NAME, CASE one->>'kind' WHEN 'PRIMARY' THEN 'PRIMARY KEY'"
                + " WHEN 'FOREIGN' THEN 'FOREIGN KEY' ELSE 'UNIQUE' END AS CONSTRAINT_TYPE, 'NO' AS ENFORCED"
                + " FROM (SELECT schema_name, table_name, unnest(from_json(json_extract(comment, '$.constraints'),"
                + " '[\"JSON\"]')) one FROM duckdb_tables()" + own + ")";
    }

    private String stored(ObjectKind kind, String prefix) {
        return "SELECT " + name + " AS " + prefix + "_CATALOG, schema_name AS " + prefix + "_SCHEMA, name AS " + prefix
                + "_NAME, " + OWNER + " AS " + prefix + "_OWNER, created_on AS CREATED, definition AS DEFINITION,"
                + " nullif(comment, '') AS COMMENT FROM " + objects + " WHERE kind = " + Quoting.literal(kind.name());
    }

    private String privileges() {
        return "SELECT NULL::VARCHAR AS GRANTOR, " + OWNER + " AS GRANTEE, database_name AS TABLE_CATALOG,"
                + " schema_name AS TABLE_SCHEMA, table_name AS TABLE_NAME, 'OWNERSHIP' AS PRIVILEGE_TYPE,"
                + " 'YES' AS IS_GRANTABLE FROM duckdb_tables()" + own;
    }

    private static String none(String prefix) {
        return "SELECT NULL::VARCHAR AS " + prefix + "_CATALOG, NULL::VARCHAR AS " + prefix
                + "_SCHEMA, NULL::VARCHAR AS " + prefix + "_NAME WHERE false";
    }

    private static String note(String key) {
        return "json_extract_string(comment, '$." + key + "')";
    }

    private static String created() {
        return "TRY_CAST(" + note("created_on") + " AS TIMESTAMP WITH TIME ZONE)";
    }
}
