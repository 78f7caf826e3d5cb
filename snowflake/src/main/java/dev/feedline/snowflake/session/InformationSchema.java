package dev.feedline.snowflake.session;

import dev.feedline.snowflake.catalog.Databases.Database;
import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.sql.Quoting;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The views of INFORMATION_SCHEMA, each as a query of DuckDB's own catalogue and of the notes in its comments.
///
/// Columns and their order: docs.snowflake.com/en/sql-reference/info-schema, without those that have no meaning here.
final class InformationSchema {
    private static final String OWNER = Quoting.literal(ShowRows.OWNER);
    private static final String NO_TEXT = "CAST(NULL AS VARCHAR)";
    private static final String NO_NUMBER = "CAST(NULL AS DECIMAL(38,0))";
    private static final String NO_MOMENT = "CAST(NULL AS TIMESTAMP WITH TIME ZONE)";

    private final String database;
    private final String name;
    private final String objects;
    private final Set<Qualified> temporary;

    private InformationSchema(String database, Set<Qualified> temporary) {
        this.database = database;
        this.name = Quoting.literal(database);
        this.objects = Quoting.identifier(database) + ".main._objects";
        this.temporary = temporary;
    }

    /// @param temporary the session's own tables and views, which it tells of too
    /// @param rows how many rows the tables have, for TABLES
    /// @param databases what DuckDB does not know of them, for DATABASES
    /// @return empty when there is no such view here
    static Optional<String> subquery(
            String database,
            String view,
            Set<Qualified> temporary,
            Supplier<Map<Qualified, Long>> rows,
            Supplier<List<Database>> databases) {
        InformationSchema schema = new InformationSchema(database, temporary);
        return switch (view) {
            case "DATABASES" -> Optional.of(databases(databases.get()));
            case "SCHEMATA" -> Optional.of(schema.schemata());
            case "INFORMATION_SCHEMA_CATALOG_NAME" -> Optional.of("SELECT " + schema.name + " AS CATALOG_NAME");
            case "ENABLED_ROLES" -> Optional.of("SELECT " + OWNER + " AS ROLE_NAME, NULL::VARCHAR AS ROLE_OWNER");
            case "APPLICABLE_ROLES" ->
                Optional.of("SELECT NULL::VARCHAR AS GRANTEE, " + OWNER
                        + " AS ROLE_NAME, NULL::VARCHAR AS ROLE_OWNER, 'YES' AS IS_GRANTABLE");
            case "TABLES" -> Optional.of(schema.tables(rows.get()));
            case "VIEWS" ->
                Optional.of("SELECT database_name AS TABLE_CATALOG, schema_name AS TABLE_SCHEMA,"
                        + " view_name AS TABLE_NAME, " + OWNER + " AS TABLE_OWNER, " + note("text")
                        + " AS VIEW_DEFINITION, 'NONE' AS CHECK_OPTION, 'NO' AS IS_UPDATABLE, 'NO' AS INSERTABLE_INTO,"
                        + " CASE WHEN " + note("secure") + " = 'true' THEN 'YES' ELSE 'NO' END AS IS_SECURE, "
                        + moment("created_on") + " AS CREATED, " + moment("last_ddl")
                        + " AS LAST_ALTERED, " + moment("last_ddl") + " AS LAST_DDL, " + note("comment")
                        + " AS COMMENT FROM " + schema.catalogue("duckdb_views()", "view_name"));
            case "COLUMNS" -> Optional.of(schema.columns());
            case "TABLE_CONSTRAINTS" -> Optional.of(schema.constraints());
            case "TABLE_PRIVILEGES" -> Optional.of(schema.privileges());
            case "FUNCTIONS" -> Optional.of(none("FUNCTION"));
            case "PROCEDURES" -> Optional.of(none("PROCEDURE"));
            default -> Optional.empty();
        };
    }

    private static String databases(List<Database> known) {
        String told = known.isEmpty()
                ? "(NULL, NULL, NULL)"
                : known.stream()
                        .map(one -> "(" + Quoting.literal(one.name()) + ", " + Quoting.literal(one.comment()) + ", "
                                + Quoting.literal(one.createdOn().toString()) + ")")
                        .collect(Collectors.joining(", "));
        return "SELECT database_name AS DATABASE_NAME, " + OWNER + " AS DATABASE_OWNER, 'NO' AS IS_TRANSIENT,"
                + " nullif(CAST(said AS VARCHAR), '') AS COMMENT, CAST(made AS TIMESTAMP WITH TIME ZONE) AS CREATED, "
                + NO_MOMENT + " AS LAST_ALTERED, CAST(0 AS DECIMAL(38,0)) AS RETENTION_TIME, 'STANDARD' AS TYPE"
                + " FROM duckdb_databases() LEFT JOIN (VALUES " + told
                + ") told (of, said, made) ON of = database_name WHERE NOT internal AND path IS NOT NULL";
    }

    private String schemata() {
        String columns = "SELECT %s AS CATALOG_NAME, %s AS SCHEMA_NAME, %s AS SCHEMA_OWNER, 'NO' AS IS_TRANSIENT,"
                + " 'NO' AS IS_MANAGED_ACCESS, CAST(0 AS DECIMAL(38,0)) AS RETENTION_TIME, " + NO_TEXT
                + " AS DEFAULT_CHARACTER_SET_CATALOG, " + NO_TEXT + " AS DEFAULT_CHARACTER_SET_SCHEMA, " + NO_TEXT
                + " AS DEFAULT_CHARACTER_SET_NAME, " + NO_TEXT + " AS SQL_PATH, %s AS CREATED, " + NO_MOMENT
                + " AS LAST_ALTERED, %s AS COMMENT";
        return columns.formatted(
                        "schemas.database_name",
                        "schemas.schema_name",
                        OWNER,
                        "noted.created_on",
                        "nullif(noted.comment, '')")
                + " FROM duckdb_schemas() schemas LEFT JOIN " + objects
                + " noted ON noted.kind = 'SCHEMA' AND noted.schema_name = schemas.schema_name WHERE "
                + own().replace("schema_name", "schemas.schema_name") + " UNION ALL "
                + columns.formatted(name, "'INFORMATION_SCHEMA'", NO_TEXT, NO_MOMENT, NO_TEXT);
    }

    private String own() {
        return "database_name = " + name + " AND schema_name <> 'main' AND NOT internal";
    }

    /// A function of DuckDB's catalogue for this database, with what the session has for itself in it.
    private String catalogue(String function, String nameColumn) {
        String own = temporary.stream()
                .filter(table -> table.database().equals(database))
                .map(table -> "(" + Quoting.literal(table.duckName()) + ", " + Quoting.literal(table.schema()) + ", "
                        + Quoting.literal(table.name()) + ")")
                .collect(Collectors.joining(", "));
        String lasting = "FROM " + function + " WHERE " + own();
        String all = own.isEmpty()
                ? lasting
                : lasting + " UNION ALL SELECT * EXCLUDE (k, s, n) REPLACE (" + name
                        + " AS database_name, s AS schema_name, n AS " + nameColumn + ") FROM " + function
                        + " JOIN (VALUES " + own + ") own (k, s, n) ON " + nameColumn
                        + " = k WHERE database_name = 'temp'";
        return "(" + all + ") AS catalogue";
    }

    /// Of a table's last change by DML, and of the bytes that it takes, DuckDB knows nothing: they are NULL.
    private String tables(Map<Qualified, Long> rows) {
        String counts = rows.isEmpty()
                ? "(NULL, NULL, NULL, NULL)"
                : rows.entrySet().stream()
                        .map(one -> "(" + Quoting.literal(one.getKey().schema()) + ", "
                                + Quoting.literal(one.getKey().name()) + ", "
                                + one.getKey().temporary() + ", " + one.getValue() + ")")
                        .collect(Collectors.joining(", "));
        String columns = "database_name AS TABLE_CATALOG, schema_name AS TABLE_SCHEMA, %s AS TABLE_NAME, " + OWNER
                + " AS TABLE_OWNER, %s AS TABLE_TYPE,"
                + " CASE WHEN " + note("transient") + " = 'true' THEN 'YES' ELSE 'NO' END AS IS_TRANSIENT,"
                + " nullif(" + note("cluster_by") + ", '') AS CLUSTERING_KEY,"
                + " CAST(%s AS DECIMAL(38,0)) AS ROW_COUNT,"
                + " CAST(NULL AS DECIMAL(38,0)) AS BYTES, CAST(%s AS DECIMAL(38,0)) AS RETENTION_TIME,"
                + " CAST(NULL AS VARCHAR) AS SELF_REFERENCING_COLUMN_NAME, CAST(NULL AS VARCHAR) AS"
                + " REFERENCE_GENERATION, CAST(NULL AS VARCHAR) AS USER_DEFINED_TYPE_CATALOG,"
                + " CAST(NULL AS VARCHAR) AS USER_DEFINED_TYPE_SCHEMA, CAST(NULL AS VARCHAR) AS USER_DEFINED_TYPE_NAME,"
                + " %s AS IS_INSERTABLE_INTO, 'YES' AS IS_TYPED, CAST(NULL AS VARCHAR) AS COMMIT_ACTION, "
                + moment("created_on") + " AS CREATED, %s AS LAST_ALTERED, " + moment("last_ddl") + " AS LAST_DDL,"
                + " CAST(NULL AS VARCHAR) AS LAST_DDL_BY, 'NO' AS AUTO_CLUSTERING_ON, " + note("comment")
                + " AS COMMENT, CASE WHEN temporary THEN 'YES' ELSE 'NO' END AS IS_TEMPORARY, 'NO' AS IS_ICEBERG,"
                + " 'NO' AS IS_DYNAMIC, 'NO' AS IS_IMMUTABLE, 'NO' AS IS_HYBRID, CASE WHEN "
                + note("schema_evolution") + " = 'true' THEN 'YES' ELSE 'NO' END AS ENABLE_SCHEMA_EVOLUTION FROM ";
        return "SELECT "
                + columns.formatted(
                        "table_name",
                        "CASE WHEN temporary THEN 'TEMPORARY TABLE' ELSE 'BASE TABLE' END",
                        "counted",
                        "0",
                        "'YES'",
                        "CAST(NULL AS TIMESTAMP WITH TIME ZONE)")
                + catalogue("duckdb_tables()", "table_name") + " LEFT JOIN (VALUES " + counts
                + ") counts (in_schema, named, own, counted) ON in_schema = schema_name AND named = table_name"
                + " AND own = temporary UNION ALL SELECT "
                + columns.formatted("view_name", "'VIEW'", "NULL", "NULL", "'NO'", moment("last_ddl"))
                + catalogue("duckdb_views()", "view_name");
    }

    /// The declared type where DuckDB's own says less, else what DuckDB's own shows as.
    private String columns() {
        String kind = "coalesce(" + note("kind") + ", CASE WHEN data_type LIKE 'DECIMAL%' OR data_type LIKE '%INT%'"
                + " OR data_type = 'HUGEINT' THEN 'NUMBER' WHEN data_type IN ('FLOAT', 'DOUBLE') THEN 'FLOAT'"
                + " WHEN data_type LIKE 'TIMESTAMP WITH%' THEN 'TIMESTAMP_LTZ' WHEN data_type LIKE 'TIMESTAMP%'"
                + " THEN 'TIMESTAMP_NTZ' WHEN data_type = 'JSON' THEN 'VARIANT' WHEN data_type = 'BLOB' THEN 'BINARY'"
                + " ELSE data_type END)";
        String declared = "TRY_CAST(" + note("precision") + " AS DECIMAL(38,0))";
        String length = "CASE " + kind + " WHEN 'VARCHAR' THEN coalesce(" + declared + ", 16777216) END";
        String identity = note("identity");
        String identityNumber =
                "CASE WHEN " + identity + " IS NOT NULL THEN regexp_extract(" + identity + ", '%s (-?[0-9]+)', 1) END";
        return "SELECT database_name AS TABLE_CATALOG, schema_name AS TABLE_SCHEMA, table_name AS TABLE_NAME,"
                + " column_name AS COLUMN_NAME, CAST(column_index AS DECIMAL(38,0)) AS ORDINAL_POSITION, CASE WHEN "
                + identity + " IS NULL AND column_default IS NOT NULL THEN coalesce(" + note("default")
                + ", column_default) END AS COLUMN_DEFAULT,"
                + " CASE WHEN is_nullable THEN 'YES' ELSE 'NO' END AS IS_NULLABLE,"
                + " replace(" + kind + ", 'VARCHAR', 'TEXT') AS DATA_TYPE, "
                + length + " AS CHARACTER_MAXIMUM_LENGTH, "
                // A character takes four bytes at most, and a text 16 MiB.
                + "CASE WHEN " + length + " > 4194304 THEN 16777216 ELSE 4 * " + length
                + " END AS CHARACTER_OCTET_LENGTH,"
                + " CASE " + kind + " WHEN 'NUMBER' THEN numeric_precision END AS NUMERIC_PRECISION,"
                + " CASE " + kind + " WHEN 'NUMBER' THEN 10 END AS NUMERIC_PRECISION_RADIX,"
                + " CASE " + kind + " WHEN 'NUMBER' THEN numeric_scale END AS NUMERIC_SCALE, "
                + notApplicable(NO_NUMBER, "DATETIME_PRECISION") + notApplicable(NO_TEXT, "INTERVAL_TYPE")
                + notApplicable(NO_NUMBER, "INTERVAL_PRECISION")
                + notApplicable(
                        NO_TEXT,
                        "CHARACTER_SET_CATALOG",
                        "CHARACTER_SET_SCHEMA",
                        "CHARACTER_SET_NAME",
                        "COLLATION_CATALOG",
                        "COLLATION_SCHEMA",
                        "COLLATION_NAME",
                        "DOMAIN_CATALOG",
                        "DOMAIN_SCHEMA",
                        "DOMAIN_NAME",
                        "UDT_CATALOG",
                        "UDT_SCHEMA",
                        "UDT_NAME",
                        "SCOPE_CATALOG",
                        "SCOPE_SCHEMA",
                        "SCOPE_NAME")
                + notApplicable(NO_NUMBER, "MAXIMUM_CARDINALITY") + notApplicable(NO_TEXT, "DTD_IDENTIFIER")
                + "'NO' AS IS_SELF_REFERENCING, CASE WHEN " + identity
                + " IS NULL THEN 'NO' ELSE 'YES' END AS IS_IDENTITY, CASE WHEN " + identity
                + " IS NOT NULL THEN 'BY DEFAULT' END AS IDENTITY_GENERATION, "
                + identityNumber.formatted("START") + " AS IDENTITY_START, "
                + identityNumber.formatted("INCREMENT") + " AS IDENTITY_INCREMENT, "
                + notApplicable(NO_TEXT, "IDENTITY_MAXIMUM", "IDENTITY_MINIMUM", "IDENTITY_CYCLE")
                + "CASE WHEN " + identity + " LIKE '% ORDER' THEN 'YES' WHEN " + identity
                + " IS NOT NULL THEN 'NO' END AS IDENTITY_ORDERED,"
                + " nullif(" + note("comment") + ", '') AS COMMENT FROM "
                + catalogue("duckdb_columns()", "table_name");
    }

    private static String notApplicable(String none, String... columns) {
        return Arrays.stream(columns)
                .map(column -> none + " AS " + column + ", ")
                .collect(Collectors.joining());
    }

    private String constraints() {
        return "SELECT " + name + " AS CONSTRAINT_CATALOG, schema_name AS CONSTRAINT_SCHEMA,"
                // As SHOW names those that the user does not.
                + " coalesce(one->>'name', 'SYS_CONSTRAINT_' || id || '_' || (one->>'kind') || '_' ||"
                + " array_to_string(from_json(one->'columns', '[\"VARCHAR\"]'), '_')) AS CONSTRAINT_NAME, " + name
                + " AS TABLE_CATALOG, schema_name AS TABLE_SCHEMA,"
                + " table_name AS TABLE_NAME, CASE one->>'kind' WHEN 'PRIMARY' THEN 'PRIMARY KEY'"
                + " WHEN 'FOREIGN' THEN 'FOREIGN KEY' ELSE 'UNIQUE' END AS CONSTRAINT_TYPE, 'NO' AS IS_DEFERRABLE,"
                + " 'NO' AS INITIALLY_DEFERRED,"
                + " 'NO' AS ENFORCED, " + NO_TEXT + " AS COMMENT, created AS CREATED, " + NO_MOMENT
                + " AS LAST_ALTERED, 'NO' AS RELY FROM (SELECT schema_name, table_name, " + moment("created_on")
                + " AS created, " + note("id") + " AS id, unnest(from_json(json_extract(comment, '$.constraints'),"
                + " '[\"JSON\"]')) one FROM " + catalogue("duckdb_tables()", "table_name") + ")";
    }

    private String privileges() {
        return "SELECT NULL::VARCHAR AS GRANTOR, " + OWNER + " AS GRANTEE, database_name AS TABLE_CATALOG,"
                + " schema_name AS TABLE_SCHEMA, table_name AS TABLE_NAME, 'OWNERSHIP' AS PRIVILEGE_TYPE,"
                + " 'YES' AS IS_GRANTABLE FROM " + catalogue("duckdb_tables()", "table_name");
    }

    private static String none(String prefix) {
        return "SELECT "
                + notApplicable(
                        NO_TEXT,
                        prefix + "_CATALOG",
                        prefix + "_SCHEMA",
                        prefix + "_NAME",
                        prefix + "_OWNER",
                        "ARGUMENT_SIGNATURE",
                        "DATA_TYPE")
                + notApplicable(
                        NO_NUMBER,
                        "CHARACTER_MAXIMUM_LENGTH",
                        "CHARACTER_OCTET_LENGTH",
                        "NUMERIC_PRECISION",
                        "NUMERIC_PRECISION_RADIX",
                        "NUMERIC_SCALE")
                + notApplicable(NO_TEXT, prefix + "_LANGUAGE", prefix + "_DEFINITION")
                + notApplicable(NO_MOMENT, "CREATED", "LAST_ALTERED") + NO_TEXT + " AS COMMENT WHERE false";
    }

    private static String note(String key) {
        return "json_extract_string(comment, '$." + key + "')";
    }

    private static String moment(String key) {
        return "TRY_CAST(" + note(key) + " AS TIMESTAMP WITH TIME ZONE)";
    }
}
