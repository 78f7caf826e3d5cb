package dev.feedline.snowflake.session;

import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.catalog.ColumnInfo;
import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.copy.LoadHistory;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.ColumnDefinition;
import dev.feedline.snowflake.sql.Command;
import dev.feedline.snowflake.sql.ObjectName;
import dev.feedline.snowflake.sql.Quoting;
import dev.feedline.snowflake.sql.TableTraits;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// ALTER TABLE and ALTER VIEW. Each statement is a transaction of its own, as in Snowflake.
final class TableChanges {
    private final Warehouse warehouse;
    private final TableLookup lookup;
    private final Duck duck;

    TableChanges(Warehouse warehouse, TableLookup lookup) {
        this.warehouse = warehouse;
        this.lookup = lookup;
        this.duck = lookup.duck();
    }

    Result addColumns(Command.AddColumns add) throws SQLException {
        Optional<TableInfo> table = lookup.find(add.table(), add.ifTableExists());
        if (table.isEmpty()) {
            return Ddl.status("Statement executed successfully.");
        }
        List<ColumnDefinition> missing = add.columns().stream()
                .filter(column -> isMissing(table.get(), column, add.ifNotExists()))
                .toList();
        List<ColumnDefinition> columns = lookup.translated(missing);
        // DuckDB adds no column with a check of its length to a table that is there.
        boolean limited = columns.stream().anyMatch(column -> column.type().isLimitedText());
        if (limited) {
            refuseIdentity(table.get(), "ADD COLUMN of a VARCHAR with a length to");
        }
        Qualified aside = lookup.aside(table.get().name());
        duck.inTransaction(() -> {
            if (limited) {
                List<ColumnDefinition> all = new ArrayList<>(TableLookup.definitions(table.get()));
                all.addAll(columns);
                warehouse.tables().remake(duck, table.get(), aside, all);
                return true;
            }
            for (ColumnDefinition column : columns) {
                warehouse.tables().addColumn(duck, table.get().name(), column);
            }
            warehouse.tables().touch(duck, table.get().name());
            return true;
        });
        return Ddl.status("Statement executed successfully.");
    }

    Result setType(Command.SetType set) throws SQLException {
        Optional<TableInfo> found = lookup.find(set.table(), set.ifExists());
        if (found.isEmpty()) {
            return Ddl.status("Statement executed successfully.");
        }
        TableInfo table = found.get();
        ColumnInfo column = requireColumn(table, set.column());
        SnowflakeType to = set.type();
        requireWidening(column, to);
        refuseIdentity(table, "ALTER COLUMN … TYPE of");
        Qualified aside = lookup.aside(table.name());
        List<ColumnDefinition> columns = TableLookup.definitions(table).stream()
                .map(one -> one.name().equals(column.name()) ? one.of(to) : one)
                .toList();
        duck.inTransaction(() -> {
            warehouse.tables().remake(duck, table, aside, columns);
            return true;
        });
        return Ddl.status("Statement executed successfully.");
    }

    /// Longer texts and more digits before the point; anything else is no change of a type in Snowflake either.
    static void requireWidening(ColumnInfo column, SnowflakeType to) {
        SnowflakeType from = column.type();
        boolean widens = from.kind() == to.kind()
                && (from.kind() == SnowflakeType.Kind.VARCHAR || from.kind() == SnowflakeType.Kind.NUMBER)
                && from.scale() == to.scale()
                && from.precision() <= to.precision();
        if (!widens) {
            throw SnowflakeError.TYPE_CHANGE.with("cannot change column " + Quoting.readable(column.name())
                    + " from type " + from.sql() + " to " + to.sql());
        }
    }

    Result dropColumns(Command.DropColumns dropped) throws SQLException {
        Optional<TableInfo> table = lookup.find(dropped.table(), dropped.ifTableExists());
        if (table.isEmpty()) {
            return Ddl.status("Statement executed successfully.");
        }
        duck.inTransaction(() -> {
            for (String column : dropped.columns()) {
                if (!dropped.ifExists()) {
                    requireColumn(table.get(), column);
                }
                duck.execute("ALTER TABLE " + table.get().name().duck() + " DROP COLUMN IF EXISTS "
                        + Quoting.identifier(column));
            }
            constrain(
                    table.get(),
                    table.get().traits().constraints().stream()
                            .filter(key -> key.columns().stream().noneMatch(dropped.columns()::contains))
                            .toList());
            return true;
        });
        return Ddl.status("Statement executed successfully.");
    }

    /// A renamed column keeps its name's place in the table's keys.
    Result rename(Command.RenameColumn rename) throws SQLException {
        Optional<TableInfo> table = lookup.find(rename.table(), rename.ifExists());
        if (table.isPresent()) {
            String from = requireColumn(table.get(), rename.column()).name();
            duck.inTransaction(() -> {
                duck.execute("ALTER TABLE " + table.get().name().duck() + " RENAME COLUMN " + Quoting.identifier(from)
                        + " TO " + Quoting.identifier(rename.to()));
                constrain(
                        table.get(),
                        table.get().traits().constraints().stream()
                                .map(key -> key.renamed(from, rename.to()))
                                .toList());
                return true;
            });
        }
        return Ddl.status("Statement executed successfully.");
    }

    /// It is stored and shown, and not enforced, but that a primary key's columns are never NULL.
    Result add(Command.AddConstraint add) throws SQLException {
        Optional<TableInfo> table = lookup.find(add.table(), add.ifExists());
        if (table.isPresent()) {
            List<TableTraits.Constraint> keys =
                    new ArrayList<>(table.get().traits().constraints());
            boolean primary = add.constraint().kind() == TableTraits.Kind.PRIMARY;
            if (primary && keys.stream().anyMatch(key -> key.kind() == TableTraits.Kind.PRIMARY)) {
                throw SnowflakeError.INVALID_VALUE.with(
                        "primary key already exists for table '" + table.get().name() + "'");
            }
            keys.add(add.constraint());
            duck.inTransaction(() -> {
                for (String column : add.constraint().columns()) {
                    if (requireColumn(table.get(), column).nullable() && primary) {
                        duck.execute("ALTER TABLE " + table.get().name().duck() + " ALTER COLUMN "
                                + Quoting.identifier(column) + " SET NOT NULL");
                    }
                }
                constrain(table.get(), keys);
                return true;
            });
        }
        return Ddl.status("Statement executed successfully.");
    }

    Result drop(Command.DropConstraint drop) throws SQLException {
        Optional<TableInfo> table = lookup.find(drop.table(), drop.ifExists());
        if (table.isPresent()) {
            List<TableTraits.Constraint> keys = table.get().traits().constraints();
            List<TableTraits.Constraint> left =
                    keys.stream().filter(key -> !isMeant(drop, key)).toList();
            if (left.size() == keys.size()) {
                throw SnowflakeError.OBJECT_NOT_FOUND.with(
                        "Constraint '" + drop.name().orElse(drop.kind() + " " + drop.columns())
                                + "' does not exist or not authorized.");
            }
            constrain(table.get(), left);
        }
        return Ddl.status("Statement executed successfully.");
    }

    private static boolean isMeant(Command.DropConstraint drop, TableTraits.Constraint key) {
        return drop.name().isPresent()
                ? drop.name().equals(key.name())
                : key.kind() == drop.kind()
                        && (drop.columns().isEmpty() || key.columns().equals(drop.columns()));
    }

    private void constrain(TableInfo table, List<TableTraits.Constraint> keys) throws SQLException {
        TableTraits traits = table.traits();
        warehouse.tables().setTraits(duck, table, new TableTraits(traits.isTransient(), traits.clusterBy(), keys));
    }

    Result cluster(Command.SetClustering set) throws SQLException {
        Optional<TableInfo> table = lookup.find(set.table(), set.ifExists());
        if (table.isPresent()) {
            TableTraits traits = table.get().traits();
            warehouse
                    .tables()
                    .setTraits(
                            duck,
                            table.get(),
                            new TableTraits(traits.isTransient(), set.clusterBy(), traits.constraints()));
        }
        return Ddl.status("Statement executed successfully.");
    }

    Result comment(Command.SetColumnComment set) throws SQLException {
        Optional<TableInfo> table = set.ifExists()
                ? warehouse.tables().find(duck, lookup.existing(set.table()))
                : Optional.of(warehouse.tables().require(duck, lookup.existing(set.table())));
        if (table.isPresent()) {
            ColumnInfo column = requireColumn(table.get(), set.column());
            duck.inTransaction(() -> {
                warehouse.tables().setColumnComment(duck, table.get(), column, set.comment());
                warehouse.tables().touch(duck, table.get().name());
                return true;
            });
        }
        return Ddl.status("Statement executed successfully.");
    }

    /// @param change DuckDB's ALTER TABLE after the table's name
    Result alter(ObjectName name, boolean ifExists, String change) throws SQLException {
        Optional<TableInfo> table = lookup.find(name, ifExists);
        if (table.isPresent()) {
            duck.inTransaction(() -> {
                duck.execute("ALTER TABLE " + table.get().name().duck() + " " + change);
                warehouse.tables().touch(duck, table.get().name());
                return true;
            });
        }
        return Ddl.status("Statement executed successfully.");
    }

    Result setSchemaEvolution(Command.SetSchemaEvolution set) throws SQLException {
        Optional<TableInfo> table = lookup.find(set.table(), set.ifExists());
        if (table.isPresent()) {
            warehouse.tables().setSchemaEvolution(duck, table.get(), set.enabled());
        }
        return Ddl.status("Statement executed successfully.");
    }

    /// Within its schema; the rows, the notes and the load history stay.
    Result rename(Command.RenameTable rename) throws SQLException {
        Optional<TableInfo> table = lookup.find(rename.table(), rename.ifExists());
        if (table.isEmpty()) {
            return Ddl.status("Statement executed successfully.");
        }
        Qualified to = lookup.resolve(rename.to(), table.get().name().temporary());
        if (!to.in().equals(table.get().name().in())) {
            throw SnowflakeError.unsupported("ALTER TABLE … RENAME TO another schema");
        }
        if (table.get().columns().stream().anyMatch(column -> column.identity().isPresent())) {
            throw SnowflakeError.unsupported("ALTER TABLE … RENAME of a table with AUTOINCREMENT");
        }
        if (warehouse.tables().find(duck, to).isPresent()) {
            throw SnowflakeError.OBJECT_EXISTS.with("Object '" + to + "' already exists.");
        }
        duck.inTransaction(() -> {
            warehouse.tables().rename(duck, table.get().name(), to);
            warehouse.tables().touch(duck, to);
            return true;
        });
        return Ddl.status("Statement executed successfully.");
    }

    Result rename(Command.RenameView rename) throws SQLException {
        Qualified name = lookup.existing(rename.view());
        Optional<TableInfo> view = warehouse.tables().find(duck, name).filter(TableInfo::view);
        if (view.isEmpty() && rename.ifExists()) {
            return Ddl.status("Statement executed successfully.");
        }
        Qualified to = lookup.resolve(rename.to(), name.temporary());
        if (view.isEmpty()) {
            throw SnowflakeError.TABLE_NOT_FOUND.with("View '" + name + "' does not exist or not authorized.");
        }
        if (!to.in().equals(name.in())) {
            throw SnowflakeError.unsupported("ALTER VIEW … RENAME TO another schema");
        }
        if (warehouse.tables().find(duck, to).isPresent()) {
            throw SnowflakeError.OBJECT_EXISTS.with("Object '" + to + "' already exists.");
        }
        duck.inTransaction(() -> {
            duck.execute("ALTER VIEW " + name.duck() + " RENAME TO " + Quoting.identifier(to.duckName()));
            warehouse.tables().touch(duck, to);
            return true;
        });
        return Ddl.status("Statement executed successfully.");
    }

    Result set(Command.SetSecure set) throws SQLException {
        Qualified name = lookup.state().table(set.view());
        Optional<TableInfo> view = warehouse.tables().find(duck, name).filter(TableInfo::view);
        if (view.isEmpty() && !set.ifExists()) {
            throw SnowflakeError.TABLE_NOT_FOUND.with("View '" + name + "' does not exist or not authorized.");
        }
        if (view.isPresent()) {
            warehouse.tables().setSecure(duck, view.get(), set.secure());
        }
        return Ddl.status("Statement executed successfully.");
    }

    /// Within their schema; rows, notes and load history go with each.
    Result swap(Command.SwapTables swap) throws SQLException {
        Optional<TableInfo> found = lookup.find(swap.table(), swap.ifExists());
        if (found.isEmpty()) {
            return Ddl.status("Statement executed successfully.");
        }
        TableInfo one = found.get();
        TableInfo other = warehouse.tables().requireTable(duck, lookup.existing(swap.with()));
        if (one.name().temporary() != other.name().temporary()) {
            throw SnowflakeError.unsupported("ALTER TABLE … SWAP WITH of a temporary table and another one");
        }
        if (!other.name().in().equals(one.name().in())) {
            throw SnowflakeError.unsupported("ALTER TABLE … SWAP WITH a table of another schema");
        }
        for (TableInfo table : List.of(one, other)) {
            if (table.columns().stream().anyMatch(column -> column.identity().isPresent())) {
                throw SnowflakeError.unsupported("ALTER TABLE … SWAP WITH a table with AUTOINCREMENT");
            }
        }
        Qualified aside = lookup.aside(one.name());
        duck.inTransaction(() -> {
            warehouse.tables().rename(duck, one.name(), aside);
            warehouse.tables().rename(duck, other.name(), one.name());
            warehouse.tables().rename(duck, aside, other.name());
            historyOf(one, other.name());
            historyOf(other, one.name());
            warehouse.tables().touch(duck, one.name());
            warehouse.tables().touch(duck, other.name());
            return true;
        });
        return Ddl.status("Statement executed successfully.");
    }

    private void historyOf(TableInfo table, Qualified name) throws SQLException {
        duck.execute(
                "UPDATE " + LoadHistory.name(name) + " SET table_name = ? WHERE table_id = ?", name.name(), table.id());
    }

    private static boolean isMissing(TableInfo table, ColumnDefinition column, boolean ifNotExists) {
        boolean there = column(table, column.name()).isPresent();
        if (there && !ifNotExists) {
            throw SnowflakeError.COLUMN_EXISTS.with("column '" + Quoting.readable(column.name()) + "' already exists");
        }
        return !there;
    }

    static Optional<ColumnInfo> column(TableInfo table, String name) {
        return table.columns().stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst();
    }

    private static ColumnInfo requireColumn(TableInfo table, String name) {
        return column(table, name)
                .orElseThrow(() -> SnowflakeError.INVALID_IDENTIFIER.with(
                        "error: invalid identifier '" + Quoting.readable(name) + "'"));
    }

    private static void refuseIdentity(TableInfo table, String what) {
        if (table.columns().stream().anyMatch(column -> column.identity().isPresent())) {
            throw SnowflakeError.unsupported("ALTER TABLE … " + what + " a table with AUTOINCREMENT");
        }
    }
}
