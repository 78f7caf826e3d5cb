package dev.feedline.snowflake.session;

import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.ResultColumn;
import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.StatementType;
import dev.feedline.snowflake.catalog.ColumnInfo;
import dev.feedline.snowflake.catalog.Objects;
import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.catalog.SchemaName;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.sql.Command;
import dev.feedline.snowflake.sql.Command.Show;
import dev.feedline.snowflake.sql.DefaultValue;
import dev.feedline.snowflake.sql.ObjectKind;
import dev.feedline.snowflake.sql.TableTraits;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// SHOW and DESCRIBE: the catalogue in Snowflake's columns and their order, because drivers read some
/// by position.
final class Shows {
    private final Warehouse warehouse;
    private final SessionState state;
    private final CatalogShows catalog;
    private final ObjectShows objects;
    private final KeyShows keys;

    Shows(Warehouse warehouse, SessionState state) {
        this.warehouse = warehouse;
        this.state = state;
        ShowLookup lookup = new ShowLookup(warehouse, state);
        this.catalog = new CatalogShows(warehouse, state, lookup);
        this.objects = new ObjectShows(warehouse, lookup);
        this.keys = new KeyShows(warehouse, state, lookup);
    }

    Result show(Show show) throws SQLException {
        Like like = new Like(show.filter());
        Result whole = shown(show, like);
        return show.terse() ? terse(whole) : whole;
    }

    /// Only when and where each was made.
    private static Result terse(Result whole) {
        try (whole) {
            ShowRows rows = new ShowRows(ShowRows.CREATED_ON, "name", "kind", "database_name", "schema_name");
            List<String> names =
                    whole.columns().stream().map(ResultColumn::name).toList();
            for (List<@Nullable Object> row : whole.all()) {
                rows.add(java.util.stream.Stream.of("created_on", "name", "kind", "database_name", "schema_name")
                        .map(names::indexOf)
                        .map(index -> index < 0 ? null : row.get(index))
                        .toArray());
            }
            return rows.result(StatementType.SHOW, Integer.MAX_VALUE);
        }
    }

    private Result shown(Show show, Like like) throws SQLException {
        return switch (show.kind()) {
            case DATABASE -> catalog.databases(show, like);
            case SCHEMA -> catalog.schemas(show, like);
            case TABLE -> catalog.tables(show, like, table -> !table.view());
            case OBJECT -> catalog.tables(show, like, table -> true);
            case VIEW -> catalog.views(show, like);
            case COLUMN -> catalog.columns(show, like);
            case STAGE -> objects.stages(show, like);
            case FILE_FORMAT -> objects.formats(show, like);
            case PIPE -> objects.pipes(show, like);
            case SEQUENCE -> objects.sequences(show, like);
            case INTEGRATION -> objects.integrations(show, like);
        };
    }

    Result keys(Command.ShowKeys show) throws SQLException {
        return keys.show(show);
    }

    Result describe(Command.Describe describe) throws SQLException {
        if (describe.kind() == ObjectKind.DATABASE) {
            return schemas(describe.name().last());
        }
        if (describe.kind() == ObjectKind.SCHEMA) {
            return contents(state.scope().resolveSchema(describe.name()));
        }
        if (describe.kind() == ObjectKind.INTEGRATION) {
            return integration(describe.name().last());
        }
        Qualified name = state.scope().resolve(describe.name());
        warehouse.databases().require(name.database());
        switch (describe.kind()) {
            case STAGE, FILE_FORMAT, PIPE, SEQUENCE -> {
                return objects.describe(warehouse.objects().require(state.duck(), describe.kind(), name));
            }
            case TABLE, VIEW -> {}
            case DATABASE, SCHEMA, INTEGRATION, OBJECT, COLUMN ->
                throw SnowflakeError.unsupported("DESCRIBE " + describe.kind());
        }
        ShowRows rows = new ShowRows(
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
        TableInfo table = warehouse.tables().require(state.duck(), state.table(describe.name()));
        for (ColumnInfo column : table.columns()) {
            rows.add(
                    column.name(),
                    column.type().sql(),
                    "COLUMN",
                    column.nullable() ? "Y" : "N",
                    column.defaultValue()
                            .map(DefaultValue::shown)
                            .or(column::identity)
                            .orElse(null),
                    isIn(table, column, TableTraits.Kind.PRIMARY) ? "Y" : "N",
                    isIn(table, column, TableTraits.Kind.UNIQUE) ? "Y" : "N",
                    null,
                    null,
                    emptyToNull(column.comment()),
                    null,
                    null);
        }
        return rows.result(StatementType.DESCRIBE, Integer.MAX_VALUE);
    }

    private Result schemas(String database) throws SQLException {
        var found = warehouse.databases().require(database);
        ShowRows rows = new ShowRows(ShowRows.CREATED_ON, "name", "kind");
        for (String schema : warehouse.tables().schemas(state.duck(), database)) {
            rows.add(found.createdOn(), schema, "SCHEMA");
        }
        return rows.result(StatementType.DESCRIBE, Integer.MAX_VALUE);
    }

    private Result contents(SchemaName schema) throws SQLException {
        warehouse.databases().require(schema.database());
        warehouse.tables().requireSchema(state.duck(), schema);
        ShowRows rows = new ShowRows(ShowRows.CREATED_ON, "name", "kind");
        for (TableInfo table : warehouse.tables().list(state.duck(), schema.database(), Optional.of(schema.schema()))) {
            rows.add(table.createdOn(), table.name().name(), table.view() ? "VIEW" : "TABLE");
        }
        return rows.result(StatementType.DESCRIBE, Integer.MAX_VALUE);
    }

    private Result integration(String name) {
        var found =
                warehouse.integrations().find(name).orElseThrow(() -> Objects.missing(ObjectKind.INTEGRATION, name));
        ShowRows rows = new ShowRows("property", "property_type", "property_value", "property_default");
        found.properties()
                .forEach((property, value) -> rows.add(
                        property,
                        value.startsWith("(") ? "List" : value.matches("(?i)true|false") ? "Boolean" : "String",
                        value.replaceAll("^\\(|\\)$", "").replace("'", ""),
                        null));
        rows.add("COMMENT", "String", found.comment(), "");
        return rows.result(StatementType.DESCRIBE, Integer.MAX_VALUE);
    }

    private static boolean isIn(TableInfo table, ColumnInfo column, TableTraits.Kind kind) {
        return table.traits().constraints().stream()
                .anyMatch(one -> one.kind() == kind && one.columns().contains(column.name()));
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
