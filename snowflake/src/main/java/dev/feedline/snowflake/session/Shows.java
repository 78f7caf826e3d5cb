package dev.feedline.snowflake.session;

import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.ResultColumn;
import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.StatementType;
import dev.feedline.snowflake.catalog.ColumnInfo;
import dev.feedline.snowflake.catalog.Databases.Database;
import dev.feedline.snowflake.catalog.Integrations.Integration;
import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.catalog.SchemaName;
import dev.feedline.snowflake.catalog.StoredObject;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.Command;
import dev.feedline.snowflake.sql.Command.Show;
import dev.feedline.snowflake.sql.CommandParser;
import dev.feedline.snowflake.sql.ObjectKind;
import dev.feedline.snowflake.sql.ShowScope;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// SHOW and DESCRIBE: the catalogue in Snowflake's columns and their order, because drivers read some
/// by position.
final class Shows {
    private static final ResultColumn CREATED_ON = new ResultColumn("created_on", SnowflakeType.TIMESTAMP_LTZ, true);
    private static final String OWNER = "ACCOUNTADMIN";

    private final Warehouse warehouse;
    private final SessionState state;
    private final Duck duck;
    private final String notificationChannel;

    /// @param notificationChannel the queue that feeds the account's pipes
    Shows(Warehouse warehouse, SessionState state, String notificationChannel) {
        this.warehouse = warehouse;
        this.state = state;
        this.duck = state.duck();
        this.notificationChannel = notificationChannel;
    }

    Result show(Show show) throws SQLException {
        Like like = new Like(show.like(), show.startsWith());
        return switch (show.kind()) {
            case DATABASE -> databases(show, like);
            case SCHEMA -> schemas(show, like);
            case TABLE -> tables(show, like, table -> !table.view());
            case OBJECT -> tables(show, like, table -> true);
            case VIEW -> views(show, like);
            case STAGE -> stages(show, like);
            case FILE_FORMAT -> formats(show, like);
            case PIPE -> pipes(show, like);
            case INTEGRATION -> integrations(show, like);
            case COLUMN -> columns(show, like);
        };
    }

    Result describe(Command.Describe describe) throws SQLException {
        if (describe.kind() != ObjectKind.TABLE && describe.kind() != ObjectKind.VIEW) {
            throw SnowflakeError.unsupported("DESCRIBE " + describe.kind());
        }
        Qualified name = state.scope().resolve(describe.name());
        warehouse.databases().require(name.database());
        Rows rows = new Rows(
                "name",
                "type",
                "kind",
                "null?",
                "default",
                "primary key",
                "unique key",
                "check",
                "expression",
                "comment",
                "policy name",
                "privacy domain");
        for (ColumnInfo column : warehouse.tables().require(duck, name).columns()) {
            rows.add(
                    column.name(),
                    column.type().sql(),
                    "COLUMN",
                    column.nullable() ? "Y" : "N",
                    column.defaultValue().orElse(null),
                    "N",
                    "N",
                    null,
                    null,
                    emptyToNull(column.comment()),
                    null,
                    null);
        }
        return rows.result(StatementType.DESCRIBE, Integer.MAX_VALUE);
    }

    private Result databases(Show show, Like like) {
        Rows rows = new Rows(
                CREATED_ON,
                "name",
                "is_default",
                "is_current",
                "origin",
                "owner",
                "comment",
                "options",
                "retention_time",
                "kind");
        for (Database database : warehouse.databases().all()) {
            if (like.matches(database.name())) {
                boolean current = state.scope().database().equals(Optional.of(database.name()));
                rows.add(
                        database.createdOn(),
                        database.name(),
                        "N",
                        current ? "Y" : "N",
                        "",
                        OWNER,
                        database.comment(),
                        "",
                        "1",
                        "STANDARD");
            }
        }
        return rows.result(StatementType.SHOW, show.limit());
    }

    private Result schemas(Show show, Like like) throws SQLException {
        Rows rows = new Rows(
                CREATED_ON,
                "name",
                "is_default",
                "is_current",
                "database_name",
                "owner",
                "comment",
                "options",
                "retention_time");
        for (Database database : databasesOf(show.scope())) {
            List<String> names = new ArrayList<>(warehouse.tables().schemas(duck, database.name()));
            names.add("INFORMATION_SCHEMA");
            names.sort(Comparator.naturalOrder());
            for (String name : names) {
                if (like.matches(name)) {
                    boolean current = state.scope().database().equals(Optional.of(database.name()))
                            && state.scope().schema().equals(Optional.of(name));
                    rows.add(database.createdOn(), name, "N", current ? "Y" : "N", database.name(), OWNER, "", "", "1");
                }
            }
        }
        return rows.result(StatementType.SHOW, show.limit());
    }

    private Result tables(Show show, Like like, java.util.function.Predicate<TableInfo> wanted) throws SQLException {
        Rows rows = new Rows(
                CREATED_ON,
                "name",
                "database_name",
                "schema_name",
                "kind",
                "comment",
                "cluster_by",
                ResultColumn.number("rows"),
                "bytes",
                "owner",
                "retention_time",
                "automatic_clustering",
                "change_tracking",
                "enable_schema_evolution");
        for (TableInfo table : tablesOf(show.scope())) {
            if (wanted.test(table) && like.matches(table.name().name())) {
                rows.add(
                        table.createdOn(),
                        table.name().name(),
                        table.name().database(),
                        table.name().schema(),
                        table.view() ? "VIEW" : "TABLE",
                        table.comment(),
                        "",
                        table.view() ? null : BigDecimal.valueOf(rowCount(table.name())),
                        null,
                        OWNER,
                        "1",
                        "OFF",
                        "OFF",
                        table.schemaEvolution() ? "Y" : "N");
            }
        }
        return rows.result(StatementType.SHOW, show.limit());
    }

    /// Exact, as Snowflake's is; DuckDB knows it without reading rows.
    private long rowCount(Qualified table) throws SQLException {
        return duck.first("SELECT count(*) FROM " + table.duck(), row -> row.getLong(1))
                .orElse(0L);
    }

    private Result views(Show show, Like like) throws SQLException {
        Rows rows = new Rows(
                CREATED_ON,
                "name",
                "reserved",
                "database_name",
                "schema_name",
                "owner",
                "comment",
                "text",
                "is_secure",
                "is_materialized");
        for (TableInfo view : tablesOf(show.scope())) {
            if (view.view() && like.matches(view.name().name())) {
                rows.add(
                        view.createdOn(),
                        view.name().name(),
                        "",
                        view.name().database(),
                        view.name().schema(),
                        OWNER,
                        view.comment(),
                        "CREATE VIEW " + view.name() + " AS " + view.text(),
                        "false",
                        "false");
            }
        }
        return rows.result(StatementType.SHOW, show.limit());
    }

    private Result stages(Show show, Like like) throws SQLException {
        Rows rows = new Rows(
                CREATED_ON,
                "name",
                "database_name",
                "schema_name",
                "url",
                "has_credentials",
                "has_encryption_key",
                "owner",
                "comment",
                "region",
                "type",
                "cloud",
                "notification_channel",
                "storage_integration");
        for (StoredObject stage : objectsOf(ObjectKind.STAGE, show.scope())) {
            if (like.matches(stage.name().name())
                    && CommandParser.parse(stage.definition()) instanceof Command.CreateStage created) {
                rows.add(
                        stage.createdOn(),
                        stage.name().name(),
                        stage.name().database(),
                        stage.name().schema(),
                        created.options().url(),
                        "N",
                        "N",
                        OWNER,
                        stage.comment(),
                        warehouse.ground().account().region(),
                        "EXTERNAL",
                        "AWS",
                        null,
                        created.options().integration().orElse(null));
            }
        }
        return rows.result(StatementType.SHOW, show.limit());
    }

    private Result formats(Show show, Like like) throws SQLException {
        Rows rows = new Rows(
                CREATED_ON, "name", "database_name", "schema_name", "type", "owner", "comment", "format_options");
        for (StoredObject format : objectsOf(ObjectKind.FILE_FORMAT, show.scope())) {
            if (like.matches(format.name().name())
                    && CommandParser.parse(format.definition()) instanceof Command.CreateFileFormat created) {
                rows.add(
                        format.createdOn(),
                        format.name().name(),
                        format.name().database(),
                        format.name().schema(),
                        created.format().type().name(),
                        OWNER,
                        format.comment(),
                        "{\"TYPE\":\"" + created.format().type() + "\",\"COMPRESSION\":\""
                                + created.format().compression() + "\",\"USE_LOGICAL_TYPE\":"
                                + created.format().useLogicalType() + ",\"STRIP_OUTER_ARRAY\":"
                                + created.format().stripOuterArray() + "}");
            }
        }
        return rows.result(StatementType.SHOW, show.limit());
    }

    private Result pipes(Show show, Like like) throws SQLException {
        Rows rows = new Rows(
                CREATED_ON,
                "name",
                "database_name",
                "schema_name",
                "definition",
                "owner",
                "notification_channel",
                "comment",
                "integration",
                "pattern",
                "error_integration",
                "owner_role_type",
                "invalid_reason",
                "kind");
        for (StoredObject pipe : objectsOf(ObjectKind.PIPE, show.scope())) {
            if (like.matches(pipe.name().name())
                    && CommandParser.parse(pipe.definition()) instanceof Command.CreatePipe created) {
                rows.add(
                        pipe.createdOn(),
                        pipe.name().name(),
                        pipe.name().database(),
                        pipe.name().schema(),
                        created.definition(),
                        OWNER,
                        created.autoIngest() ? notificationChannel : null,
                        pipe.comment(),
                        null,
                        created.copy().pattern().orElse(null),
                        null,
                        "ROLE",
                        null,
                        "STAGE");
            }
        }
        return rows.result(StatementType.SHOW, show.limit());
    }

    private Result integrations(Show show, Like like) {
        Rows rows = new Rows("name", "type", "category", "enabled", "comment", CREATED_ON);
        for (Integration integration : warehouse.integrations().all()) {
            if (like.matches(integration.name())) {
                rows.add(
                        integration.name(),
                        integration.properties().getOrDefault("TYPE", "EXTERNAL_STAGE"),
                        "STORAGE",
                        integration.properties().getOrDefault("ENABLED", "TRUE"),
                        integration.comment(),
                        integration.createdOn());
            }
        }
        return rows.result(StatementType.SHOW, show.limit());
    }

    private Result columns(Show show, Like like) throws SQLException {
        Rows rows = new Rows(
                "table_name",
                "schema_name",
                "column_name",
                "data_type",
                "null?",
                "default",
                "kind",
                "expression",
                "comment",
                "database_name",
                "autoincrement");
        for (TableInfo table : tablesOf(show.scope())) {
            for (ColumnInfo column : table.columns()) {
                if (like.matches(column.name())) {
                    rows.add(
                            table.name().name(),
                            table.name().schema(),
                            column.name(),
                            TypeJson.of(column.type(), column.nullable()),
                            column.nullable() ? "true" : "false",
                            column.defaultValue().orElse(""),
                            "COLUMN",
                            "",
                            column.comment(),
                            table.name().database(),
                            "");
                }
            }
        }
        return rows.result(StatementType.SHOW, show.limit());
    }

    private List<Database> databasesOf(ShowScope scope) {
        return switch (scope) {
            case ShowScope.Account account -> warehouse.databases().all();
            case ShowScope.Database database ->
                database.name().or(() -> state.scope().database()).stream()
                        .map(warehouse.databases()::require)
                        .toList();
            case ShowScope.Schema schema ->
                List.of(warehouse
                        .databases()
                        .require(state.scope().resolveSchema(schema.name()).database()));
            case ShowScope.Table table ->
                List.of(warehouse
                        .databases()
                        .require(state.scope().resolve(table.name()).database()));
            case ShowScope.Current current ->
                state.scope().database().isPresent()
                        ? List.of(warehouse
                                .databases()
                                .require(state.scope().database().get()))
                        : warehouse.databases().all();
        };
    }

    /// The one schema asked for, or empty for all of the database.
    private Optional<String> schemaOf(ShowScope scope) throws SQLException {
        return switch (scope) {
            case ShowScope.Account account -> Optional.empty();
            case ShowScope.Database database -> Optional.empty();
            case ShowScope.Schema schema -> {
                SchemaName name = state.scope().resolveSchema(schema.name());
                warehouse.tables().requireSchema(duck, name);
                yield Optional.of(name.schema());
            }
            case ShowScope.Table table ->
                Optional.of(state.scope().resolve(table.name()).schema());
            case ShowScope.Current current -> state.scope().schema();
        };
    }

    private List<TableInfo> tablesOf(ShowScope scope) throws SQLException {
        if (scope instanceof ShowScope.Table table) {
            databasesOf(scope);
            return List.of(warehouse.tables().require(duck, state.scope().resolve(table.name())));
        }
        List<TableInfo> found = new ArrayList<>();
        for (Database database : databasesOf(scope)) {
            found.addAll(warehouse.tables().list(duck, database.name(), schemaOf(scope), Optional.empty()));
        }
        found.sort(Comparator.comparing(table -> table.name().toString()));
        return found;
    }

    private List<StoredObject> objectsOf(ObjectKind kind, ShowScope scope) throws SQLException {
        List<StoredObject> found = new ArrayList<>();
        for (Database database : databasesOf(scope)) {
            found.addAll(warehouse.objects().list(duck, kind, database.name(), schemaOf(scope)));
        }
        return found;
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /// Rows being gathered under their columns; a column given as a plain string is a text one.
    private static final class Rows {
        private final List<ResultColumn> columns;
        private final List<List<@Nullable Object>> rows = new ArrayList<>();

        private Rows(Object... columns) {
            this.columns = Arrays.stream(columns)
                    .map(column -> column instanceof ResultColumn typed ? typed : ResultColumn.text((String) column))
                    .toList();
        }

        private void add(@Nullable Object... values) {
            if (values.length != columns.size()) {
                throw new IllegalStateException(values.length + " values for " + columns.size() + " columns");
            }
            rows.add(Arrays.asList(values));
        }

        private Result result(StatementType type, int limit) {
            return Result.of(type, columns, rows.subList(0, Math.min(limit, rows.size())));
        }
    }
}
