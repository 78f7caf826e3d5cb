package dev.feedline.snowflake.session;

import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.catalog.ColumnInfo;
import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.ColumnDefinition;
import dev.feedline.snowflake.sql.Command;
import dev.feedline.snowflake.sql.DefaultValue;
import dev.feedline.snowflake.sql.Quoting;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// CREATE OR ALTER TABLE: the table becomes what the statement defines, and keeps its rows and load history.
///
/// It changes what ALTER TABLE may change: columns are added at the end and dropped, types are widened, NOT NULL, a
/// dropped DEFAULT, comments, clustering and schema evolution are set as defined; what is not mentioned is unset.
///
/// Source: docs.snowflake.com/en/sql-reference/sql/create-table (CREATE OR ALTER TABLE), create-or-alter.
final class TableRedefinition {
    private final Warehouse warehouse;
    private final TableLookup lookup;
    private final TableDdl tables;
    private final Duck duck;

    TableRedefinition(Warehouse warehouse, TableLookup lookup, TableDdl tables) {
        this.warehouse = warehouse;
        this.lookup = lookup;
        this.tables = tables;
        this.duck = lookup.duck();
    }

    Result createOrAlter(Command.CreateTable wanted) throws SQLException {
        Qualified name = lookup.existing(wanted.name());
        if (warehouse.tables().find(duck, name).isEmpty()) {
            return tables.create(wanted);
        }
        TableInfo table = warehouse.tables().requireTable(duck, name);
        if (table.name().temporary()) {
            throw unsupported("changes a temporary table");
        }
        List<ColumnDefinition> columns = lookup.translated(wanted.columns());
        Qualified aside = lookup.aside(name);
        duck.inTransaction(() -> {
            // DuckDB writes a default in its own words: only what it has made of both can be compared.
            warehouse
                    .tables()
                    .create(
                            duck,
                            aside,
                            columns,
                            Optional.empty(),
                            wanted.schemaEvolution(),
                            wanted.traits(),
                            wanted.comment());
            TableInfo made = warehouse.tables().requireTable(duck, aside);
            refuseTraits(table, made);
            if (shapes(table).equals(shapes(made))) {
                warehouse.tables().drop(duck, made);
                warehouse.tables().redescribe(duck, table, made);
            } else {
                warehouse.tables().replace(duck, table, made, kept(table, made));
            }
            return true;
        });
        return Ddl.status("Statement executed successfully.");
    }

    /// A column but for its comment.
    private record Shape(
            String name, String type, boolean nullable, Optional<String> defaultValue, Optional<String> identity) {}

    private static List<Shape> shapes(TableInfo table) {
        return table.columns().stream()
                .map(column -> new Shape(
                        column.name(),
                        column.type().sql(),
                        column.nullable(),
                        column.defaultValue().map(DefaultValue::expression),
                        column.identity()))
                .toList();
    }

    private static void refuseTraits(TableInfo table, TableInfo made) {
        if (table.traits().isTransient() != made.traits().isTransient()) {
            throw unsupported("makes a table transient or permanent");
        }
        if (!table.traits().constraints().equals(made.traits().constraints())) {
            throw unsupported("changes a constraint");
        }
    }

    /// The columns whose values stay, in their order.
    private static List<String> kept(TableInfo table, TableInfo made) {
        for (TableInfo one : List.of(table, made)) {
            if (one.columns().stream().anyMatch(column -> column.identity().isPresent())) {
                throw unsupported("changes the columns of a table with AUTOINCREMENT");
            }
        }
        List<String> kept = table.columns().stream()
                .map(ColumnInfo::name)
                .filter(name -> TableChanges.column(made, name).isPresent())
                .toList();
        List<String> first =
                made.columns().stream().map(ColumnInfo::name).limit(kept.size()).toList();
        if (kept.isEmpty()) {
            throw unsupported("keeps no column");
        }
        if (!kept.equals(first)) {
            throw unsupported("changes the order of columns, or adds one that is not the last");
        }
        for (String name : kept) {
            refuseChange(
                    TableChanges.column(table, name).orElseThrow(),
                    TableChanges.column(made, name).orElseThrow());
        }
        return kept;
    }

    private static void refuseChange(ColumnInfo from, ColumnInfo to) {
        if (!from.type().equals(to.type())) {
            TableChanges.requireWidening(from, to.type());
        }
        Optional<String> wanted = to.defaultValue().map(DefaultValue::expression);
        if (wanted.isPresent() && !wanted.equals(from.defaultValue().map(DefaultValue::expression))) {
            throw unsupported("sets another DEFAULT of the column " + Quoting.readable(from.name()));
        }
    }

    private static RuntimeException unsupported(String what) {
        return SnowflakeError.unsupported("CREATE OR ALTER TABLE that " + what);
    }
}
