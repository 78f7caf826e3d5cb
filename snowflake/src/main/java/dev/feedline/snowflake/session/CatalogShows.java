package dev.feedline.snowflake.session;

import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.ResultColumn;
import dev.feedline.snowflake.StatementType;
import dev.feedline.snowflake.catalog.ColumnInfo;
import dev.feedline.snowflake.catalog.Databases.Database;
import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.catalog.SchemaName;
import dev.feedline.snowflake.catalog.StoredObject;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.Command.Show;
import dev.feedline.snowflake.sql.DefaultValue;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// SHOW of databases, schemas, tables, views and columns.
final class CatalogShows {
    private final Warehouse warehouse;
    private final SessionState state;
    private final ShowLookup lookup;
    private final Duck duck;

    CatalogShows(Warehouse warehouse, SessionState state, ShowLookup lookup) {
        this.warehouse = warehouse;
        this.state = state;
        this.lookup = lookup;
        this.duck = state.duck();
    }

    Result databases(Show show, Like like) {
        ShowRows rows = new ShowRows(
                ShowRows.CREATED_ON,
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
                        ShowRows.OWNER,
                        database.comment(),
                        "",
                        "0",
                        "STANDARD");
            }
        }
        return rows.result(StatementType.SHOW, show.limit());
    }

    Result schemas(Show show, Like like) throws SQLException {
        ShowRows rows = new ShowRows(
                ShowRows.CREATED_ON,
                "name",
                "is_default",
                "is_current",
                "database_name",
                "owner",
                "comment",
                "options",
                "retention_time");
        for (Database database : lookup.databasesOf(show.scope())) {
            List<String> names = new ArrayList<>(warehouse.tables().schemas(duck, database.name()));
            names.add("INFORMATION_SCHEMA");
            names.sort(Comparator.naturalOrder());
            for (String name : names) {
                if (like.matches(name)) {
                    boolean current = state.scope().database().equals(Optional.of(database.name()))
                            && state.scope().schema().equals(Optional.of(name));
                    var noted = warehouse.objects().schema(duck, new SchemaName(database.name(), name));
                    rows.add(
                            noted.map(StoredObject::createdOn).orElse(database.createdOn()),
                            name,
                            "N",
                            current ? "Y" : "N",
                            database.name(),
                            ShowRows.OWNER,
                            noted.map(StoredObject::comment).orElse(""),
                            "",
                            "0");
                }
            }
        }
        return rows.result(StatementType.SHOW, show.limit());
    }

    Result tables(Show show, Like like, java.util.function.Predicate<TableInfo> wanted) throws SQLException {
        ShowRows rows = new ShowRows(
                ShowRows.CREATED_ON,
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
        for (TableInfo table : lookup.tablesOf(show.scope())) {
            if (wanted.test(table) && like.matches(table.name().name())) {
                rows.add(
                        table.createdOn(),
                        table.name().name(),
                        table.name().database(),
                        table.name().schema(),
                        kind(table),
                        table.comment(),
                        table.traits().clusterBy().isEmpty()
                                ? ""
                                : "LINEAR(" + table.traits().clusterBy() + ")",
                        table.view() ? null : rowCount(table.name()),
                        null,
                        ShowRows.OWNER,
                        "0",
                        "OFF",
                        "OFF",
                        table.schemaEvolution() ? "Y" : "N");
            }
        }
        return rows.result(StatementType.SHOW, show.limit());
    }

    private static String kind(TableInfo table) {
        if (table.view()) {
            return "VIEW";
        }
        return table.name().temporary() ? "TEMPORARY" : table.traits().isTransient() ? "TRANSIENT" : "TABLE";
    }

    private @Nullable BigDecimal rowCount(Qualified table) throws SQLException {
        return warehouse.tables().rowCount(duck, table).map(BigDecimal::valueOf).orElse(null);
    }

    Result views(Show show, Like like) throws SQLException {
        ShowRows rows = new ShowRows(
                ShowRows.CREATED_ON,
                "name",
                "reserved",
                "database_name",
                "schema_name",
                "owner",
                "comment",
                "text",
                "is_secure",
                "is_materialized");
        for (TableInfo view : lookup.tablesOf(show.scope())) {
            if (view.view() && like.matches(view.name().name())) {
                rows.add(
                        view.createdOn(),
                        view.name().name(),
                        "",
                        view.name().database(),
                        view.name().schema(),
                        ShowRows.OWNER,
                        view.comment(),
                        "CREATE " + (view.traits().secure() ? "SECURE " : "") + "VIEW " + view.name() + " AS "
                                + view.text(),
                        String.valueOf(view.traits().secure()),
                        "false");
            }
        }
        return rows.result(StatementType.SHOW, show.limit());
    }

    Result columns(Show show, Like like) throws SQLException {
        ShowRows rows = new ShowRows(
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
        for (TableInfo table : lookup.tablesOf(show.scope())) {
            for (ColumnInfo column : table.columns()) {
                if (like.matches(column.name())) {
                    rows.add(
                            table.name().name(),
                            table.name().schema(),
                            column.name(),
                            TypeJson.of(column.type(), column.nullable()),
                            column.nullable() ? "true" : "false",
                            column.defaultValue().map(DefaultValue::shown).orElse(""),
                            "COLUMN",
                            "",
                            column.comment(),
                            table.name().database(),
                            column.identity().orElse(""));
                }
            }
        }
        return rows.result(StatementType.SHOW, show.limit());
    }
}
