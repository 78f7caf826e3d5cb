package dev.feedline.snowflake.session;

import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.ResultColumn;
import dev.feedline.snowflake.StatementType;
import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.sql.Command;
import dev.feedline.snowflake.sql.TableTraits.Constraint;
import dev.feedline.snowflake.sql.TableTraits.Kind;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;

/// SHOW of keys: they are stored as declared and not enforced, as in Snowflake.
final class KeyShows {
    private final Warehouse warehouse;
    private final SessionState state;
    private final ShowLookup lookup;

    KeyShows(Warehouse warehouse, SessionState state, ShowLookup lookup) {
        this.warehouse = warehouse;
        this.state = state;
        this.lookup = lookup;
    }

    Result show(Command.ShowKeys show) throws SQLException {
        List<TableInfo> tables = lookup.tablesOf(show.scope());
        return switch (show.kind()) {
            case PRIMARY -> keys(tables, Kind.PRIMARY);
            case UNIQUE -> keys(tables, Kind.UNIQUE);
            case IMPORTED -> foreign(tables);
            // Who points here may be anywhere in the account.
            case EXPORTED -> exported(tables);
        };
    }

    private static Result keys(List<TableInfo> tables, Kind kind) {
        ShowRows rows = new ShowRows(
                ShowRows.CREATED_ON,
                "database_name",
                "schema_name",
                "table_name",
                "column_name",
                ResultColumn.number("key_sequence"),
                "constraint_name",
                "rely",
                "comment");
        for (TableInfo table : tables) {
            for (Constraint constraint : table.traits().constraints()) {
                for (int i = 0;
                        constraint.kind() == kind && i < constraint.columns().size();
                        i++) {
                    rows.add(
                            table.createdOn(),
                            table.name().database(),
                            table.name().schema(),
                            table.name().name(),
                            constraint.columns().get(i),
                            BigDecimal.valueOf(i + 1L),
                            name(table, constraint),
                            "false",
                            null);
                }
            }
        }
        return rows.result(StatementType.SHOW, Integer.MAX_VALUE);
    }

    private Result exported(List<TableInfo> referenced) throws SQLException {
        ShowRows rows = foreignRows();
        for (var database : warehouse.databases().all()) {
            for (TableInfo table : warehouse.tables().list(state.duck(), database.name(), java.util.Optional.empty())) {
                add(rows, table, referenced.stream().map(TableInfo::name).toList());
            }
        }
        return rows.result(StatementType.SHOW, Integer.MAX_VALUE);
    }

    private Result foreign(List<TableInfo> tables) throws SQLException {
        ShowRows rows = foreignRows();
        for (TableInfo table : tables) {
            add(rows, table, List.of());
        }
        return rows.result(StatementType.SHOW, Integer.MAX_VALUE);
    }

    /// @param only the tables that are pointed at; empty for any
    private void add(ShowRows rows, TableInfo table, List<Qualified> only) throws SQLException {
        for (Constraint constraint : table.traits().constraints()) {
            if (constraint.kind() != Kind.FOREIGN) {
                continue;
            }
            Qualified target = new dev.feedline.snowflake.catalog.Scope(
                            java.util.Optional.of(table.name().database()),
                            java.util.Optional.of(table.name().schema()))
                    .resolve(constraint.references().orElseThrow());
            if (!only.isEmpty() && !only.contains(target)) {
                continue;
            }
            List<String> columns =
                    constraint.referencedColumns().isEmpty() ? primaryKey(target) : constraint.referencedColumns();
            for (int i = 0; i < Math.min(constraint.columns().size(), columns.size()); i++) {
                rows.add(
                        table.createdOn(),
                        target.database(),
                        target.schema(),
                        target.name(),
                        columns.get(i),
                        table.name().database(),
                        table.name().schema(),
                        table.name().name(),
                        constraint.columns().get(i),
                        BigDecimal.valueOf(i + 1L),
                        "NO ACTION",
                        "NO ACTION",
                        name(table, constraint),
                        "SYS_CONSTRAINT_PRIMARY",
                        "NOT DEFERRABLE",
                        "false",
                        null);
            }
        }
    }

    private List<String> primaryKey(Qualified table) throws SQLException {
        return warehouse.databases().find(table.database()).isEmpty()
                ? List.of()
                : warehouse.tables().find(state.duck(), table).stream()
                        .flatMap(found -> found.traits().constraints().stream())
                        .filter(constraint -> constraint.kind() == Kind.PRIMARY)
                        .flatMap(constraint -> constraint.columns().stream())
                        .toList();
    }

    private static ShowRows foreignRows() {
        return new ShowRows(
                ShowRows.CREATED_ON,
                "pk_database_name",
                "pk_schema_name",
                "pk_table_name",
                "pk_column_name",
                "fk_database_name",
                "fk_schema_name",
                "fk_table_name",
                "fk_column_name",
                ResultColumn.number("key_sequence"),
                "update_rule",
                "delete_rule",
                "fk_name",
                "pk_name",
                "deferrability",
                "rely",
                "comment");
    }

    /// Snowflake names what the user does not.
    private static String name(TableInfo table, Constraint constraint) {
        return constraint
                .name()
                .orElseGet(() -> "SYS_CONSTRAINT_" + table.id() + "_" + constraint.kind() + "_"
                        + String.join("_", constraint.columns()));
    }
}
