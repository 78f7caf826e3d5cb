package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.StatementType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a statement asks for: everything Snowflake has and DuckDB lacks as a record, the rest as text
/// to translate.
public sealed interface Command {
    /// A statement DuckDB runs after translation.
    sealed interface Translated extends Command {
        String sql();
    }

    record Query(String sql) implements Translated {}

    /// INSERT, UPDATE, DELETE or MERGE.
    ///
    /// @param overwritten the table whose rows the INSERT takes the place of
    record Change(StatementType type, String sql, Optional<ObjectName> overwritten) implements Translated {}

    record Begin() implements Command {}

    record Commit() implements Command {}

    record Rollback() implements Command {}

    record UseDatabase(String name) implements Command {}

    record UseSchema(ObjectName name) implements Command {}

    /// `USE ROLE` and `USE WAREHOUSE`: shown again by CURRENT_ROLE() and CURRENT_WAREHOUSE().
    record UseRole(String name) implements Command {}

    record UseWarehouse(String name) implements Command {}

    /// `SET name = expression`, the expressions as written.
    record SetVariables(Map<String, String> expressions) implements Command {}

    record UnsetVariables(List<String> names) implements Command {}

    record ShowVariables(Optional<String> like) implements Command {}

    /// `ALTER SESSION SET` or `UNSET` (an empty value).
    record AlterSession(Map<String, Optional<String>> parameters) implements Command {}

    /// `ALTER USER … SET` or `UNSET` (an empty value).
    record AlterUser(String name, boolean ifExists, Map<String, Optional<String>> properties) implements Command {}

    record DescribeUser(String name) implements Command {}

    /// Which names a SHOW lists.
    ///
    /// @param limit how many at most
    /// @param from with LIMIT: only what comes after the name that begins like this
    record Filter(Optional<String> like, Optional<String> startsWith, int limit, Optional<String> from) {}

    record ShowUsers(Filter filter) implements Command {}

    record ShowRoles(Filter filter) implements Command {}

    record ShowParameters(Optional<String> like) implements Command {}

    /// How a CREATE meets something of the same name.
    enum Existing {
        FAIL,
        REPLACE,
        KEEP
    }

    /// How long a table is meant to last.
    enum TableKind {
        PERMANENT,
        /// Kept like a permanent one, without Snowflake's Fail-safe.
        TRANSIENT,
        /// The session's own, gone when it ends.
        TEMPORARY
    }

    record CreateDatabase(String name, Existing existing, String comment) implements Command {}

    record CreateSchema(ObjectName name, Existing existing, String comment) implements Command {}

    /// @param temporary for the session alone
    record CreateTable(
            ObjectName name,
            boolean temporary,
            Existing existing,
            List<ColumnDefinition> columns,
            Optional<String> select,
            boolean schemaEvolution,
            TableTraits traits,
            String comment)
            implements Command {}

    record CreateOrAlterTable(CreateTable table) implements Command {}

    /// `CREATE TABLE … LIKE`: another table's columns, without its rows; CLONE: with them.
    record CreateTableLike(ObjectName name, TableKind kind, Existing existing, ObjectName like, boolean withRows)
            implements Command {}

    /// @param start the first number, `step` how far apart they are
    /// @param ordered as declared; the numbers grow either way
    record CreateSequence(ObjectName name, Existing existing, long start, long step, boolean ordered, String comment)
            implements Command {}

    /// SHOW PRIMARY KEYS, IMPORTED KEYS, EXPORTED KEYS and UNIQUE KEYS.
    record ShowKeys(KeyKind kind, ShowScope scope) implements Command {}

    enum KeyKind {
        PRIMARY,
        UNIQUE,
        IMPORTED,
        EXPORTED
    }

    /// SHOW [USER] FUNCTIONS and PROCEDURES: there are none of the user's.
    record ShowRoutines(boolean procedures) implements Command {}

    record ShowWarehouses(Filter filter) implements Command {}

    record RenameTable(ObjectName table, boolean ifExists, ObjectName to) implements Command {}

    record RenameView(ObjectName view, boolean ifExists, ObjectName to) implements Command {}

    /// `ALTER TABLE … SWAP WITH`: each takes the other's name, at once.
    record SwapTables(ObjectName table, boolean ifExists, ObjectName with) implements Command {}

    record RenameColumn(ObjectName table, boolean ifExists, String column, String to) implements Command {}

    record DropColumns(ObjectName table, boolean ifTableExists, boolean ifExists, List<String> columns)
            implements Command {}

    record SetNotNull(ObjectName table, boolean ifExists, String column, boolean notNull) implements Command {}

    /// `ALTER VIEW … SET SECURE` or UNSET
    record SetSecure(ObjectName view, boolean ifExists, boolean secure) implements Command {}

    /// @param temporary for the session alone
    record CreateView(
            ObjectName name,
            boolean temporary,
            boolean secure,
            Existing existing,
            List<ViewColumn> columns,
            String select,
            String comment)
            implements Command {}

    /// A name that a view gives a column.
    record ViewColumn(String name, String comment) {}

    record CreateStage(ObjectName name, Existing existing, StageOptions options, String comment) implements Command {}

    /// `ALTER … SET` of a stage, a file format or a storage integration, the values as written.
    record AlterProperties(ObjectKind kind, ObjectName name, boolean ifExists, Map<String, String> properties)
            implements Command {}

    /// `ALTER … RENAME TO` of a stage or a file format
    record RenameObject(ObjectKind kind, ObjectName name, boolean ifExists, ObjectName to) implements Command {}

    record CreateFileFormat(ObjectName name, Existing existing, FileFormat format, String comment) implements Command {}

    /// @param definition the COPY statement as written
    record CreatePipe(
            ObjectName name, Existing existing, boolean autoIngest, CopyInto copy, String definition, String comment)
            implements Command {}

    record CreateIntegration(String name, Existing existing, Map<String, String> properties, String comment)
            implements Command {}

    record Drop(ObjectKind kind, ObjectName name, boolean ifExists) implements Command {}

    /// `ALTER TABLE … ADD COLUMN`, of one column or several.
    record AddColumns(ObjectName table, boolean ifTableExists, boolean ifNotExists, List<ColumnDefinition> columns)
            implements Command {}

    /// `ALTER TABLE … CLUSTER BY (…)`, or DROP CLUSTERING KEY (empty).
    record SetClustering(ObjectName table, boolean ifExists, String clusterBy) implements Command {}

    /// `ALTER TABLE … ADD PRIMARY KEY` and its like
    record AddConstraint(ObjectName table, boolean ifExists, TableTraits.Constraint constraint) implements Command {}

    /// `ALTER TABLE … DROP PRIMARY KEY`, `DROP CONSTRAINT name`, `DROP UNIQUE (…)` and `DROP FOREIGN KEY (…)`
    ///
    /// @param name of the one that goes; else it is the one of the kind and columns, the primary key without them
    record DropConstraint(
            ObjectName table, boolean ifExists, Optional<String> name, TableTraits.Kind kind, List<String> columns)
            implements Command {}

    /// `ALTER TABLE … ALTER COLUMN … DROP DEFAULT`
    record DropDefault(ObjectName table, boolean ifExists, String column) implements Command {}

    /// `ALTER TABLE … ALTER COLUMN … TYPE`
    record SetType(ObjectName table, boolean ifExists, String column, SnowflakeType type) implements Command {}

    /// `COMMENT ON COLUMN` and `ALTER TABLE … ALTER COLUMN … COMMENT`
    record SetColumnComment(ObjectName table, boolean ifExists, String column, String comment) implements Command {}

    record SetSchemaEvolution(ObjectName table, boolean ifExists, boolean enabled) implements Command {}

    /// @param modifiedAfter only files that were staged later
    record RefreshPipe(ObjectName pipe, boolean ifExists, String prefix, Optional<Instant> modifiedAfter)
            implements Command {}

    /// What ALTER PIPE sets; what it leaves alone is empty.
    record AlterPipe(ObjectName pipe, boolean ifExists, Optional<Boolean> paused, Optional<String> comment)
            implements Command {}

    /// `COMMENT ON`, of everything that lies in a schema, and of schemas.
    record SetComment(ObjectKind kind, ObjectName name, boolean ifExists, String comment) implements Command {}

    /// CREATE WAREHOUSE, with its properties as written.
    record CreateWarehouse(String name, Existing existing, Map<String, String> properties, String comment)
            implements Command {}

    /// ALTER WAREHOUSE.
    ///
    /// @param suspended by SUSPEND or RESUME
    /// @param properties by SET; an empty value unsets
    record AlterWarehouse(
            String name, boolean ifExists, Optional<Boolean> suspended, Map<String, Optional<String>> properties)
            implements Command {}

    record DropWarehouse(String name, boolean ifExists) implements Command {}

    record Truncate(ObjectName table, boolean ifExists) implements Command {}

    /// @param terse only when and where what was made
    record Show(boolean terse, ObjectKind kind, ShowScope scope, Filter filter) implements Command {
        public int limit() {
            return filter.limit();
        }
    }

    record Describe(ObjectKind kind, ObjectName name) implements Command {}

    record ListStage(StageLocation location, Optional<String> pattern) implements Command {}

    /// `COPY INTO table FROM @stage`.
    ///
    /// @param columns the table's columns that are filled, in the order of the file's; empty for all
    /// @param transformation `FROM (SELECT … FROM @stage)`
    record CopyInto(
            ObjectName table,
            List<String> columns,
            Optional<Transformation> transformation,
            StageLocation from,
            List<String> files,
            Optional<String> pattern,
            Optional<FormatChoice> format,
            MatchBy match,
            Map<String, Metadata> metadata,
            Optional<OnError> onError,
            boolean force,
            boolean loadUncertainFiles)
            implements Command {}

    /// The SELECT of a COPY.
    ///
    /// @param expressions as written
    /// @param alias of the stage, else empty
    record Transformation(List<String> expressions, String alias) {}

    /// MATCH_BY_COLUMN_NAME.
    enum MatchBy {
        NONE,
        CASE_SENSITIVE,
        CASE_INSENSITIVE
    }

    /// What INCLUDE_METADATA can put into a column.
    enum Metadata {
        FILENAME,
        FILE_ROW_NUMBER,
        FILE_LAST_MODIFIED,
        FILE_CONTENT_KEY,
        START_SCAN_TIME
    }
}
