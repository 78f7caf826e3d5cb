package dev.feedline.snowflake.session;

import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.copy.LoadHistory;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.ColumnDefinition;
import dev.feedline.snowflake.sql.Command;
import dev.feedline.snowflake.sql.Command.Existing;
import dev.feedline.snowflake.sql.Command.TableKind;
import dev.feedline.snowflake.sql.ObjectKind;
import dev.feedline.snowflake.sql.TableTraits;
import dev.feedline.snowflake.sql.Translator;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Tables and views: made, emptied and dropped. Each statement is a transaction of its own, as in Snowflake.
final class TableDdl {
    private final Warehouse warehouse;
    private final TableLookup lookup;
    private final Duck duck;

    TableDdl(Warehouse warehouse, TableLookup lookup) {
        this.warehouse = warehouse;
        this.lookup = lookup;
        this.duck = lookup.duck();
    }

    Result create(Command.CreateTable create) throws SQLException {
        Qualified name = lookup.resolve(create.name(), create.temporary());
        Optional<TableInfo> existing = inTheWay(name);
        if (existing.isPresent() && create.existing() == Existing.KEEP) {
            return Ddl.alreadyExists(name.name());
        }
        existing.ifPresent(table -> Ddl.refuseExisting(create.existing(), "Object", name.name()));
        Optional<String> select = create.select()
                .map(lookup.translator()::query)
                .map(query -> create.columns().isEmpty() ? query : Translator.given(query, create.columns()));
        List<ColumnDefinition> columns = lookup.translated(create.columns());
        duck.inTransaction(() -> {
            if (existing.isPresent()) {
                dropTable(existing.get());
            }
            warehouse
                    .tables()
                    .create(duck, name, columns, select, create.schemaEvolution(), create.traits(), create.comment());
            return true;
        });
        return Ddl.status("Table " + name.name() + " successfully created.");
    }

    /// Columns with their defaults and comments, keys, clustering; not that its schema evolves. The rows only of a
    /// CLONE,
    /// which remembers none of the files that were loaded.
    Result create(Command.CreateTableLike create) throws SQLException {
        Qualified name = lookup.resolve(create.name(), create.kind() == TableKind.TEMPORARY);
        TableInfo like = warehouse.tables().requireTable(duck, lookup.existing(create.like()));
        if (create.withRows() && create.kind() == TableKind.PERMANENT) {
            refuseToLast(like);
        }
        if (like.columns().stream().anyMatch(column -> column.identity().isPresent())) {
            throw SnowflakeError.unsupported("CREATE TABLE … LIKE or CLONE of a table with AUTOINCREMENT");
        }
        Optional<TableInfo> existing = inTheWay(name);
        if (existing.isPresent() && create.existing() == Existing.KEEP) {
            return Ddl.alreadyExists(name.name());
        }
        existing.ifPresent(table -> Ddl.refuseExisting(create.existing(), "Object", name.name()));
        TableTraits traits = new TableTraits(
                create.kind() == TableKind.TRANSIENT,
                like.traits().clusterBy(),
                like.traits().constraints());
        duck.inTransaction(() -> {
            if (existing.isPresent()) {
                dropTable(existing.get());
            }
            warehouse
                    .tables()
                    .create(
                            duck,
                            name,
                            TableLookup.definitions(like),
                            create.withRows()
                                    ? Optional.of("SELECT * FROM " + like.name().duck())
                                    : Optional.empty(),
                            create.withRows() && like.schemaEvolution(),
                            traits,
                            create.withRows() ? like.comment() : "");
            return true;
        });
        return Ddl.status("Table " + name.name() + " successfully created.");
    }

    Result create(Command.CreateView create) throws SQLException {
        Qualified name = lookup.resolve(create.name(), create.temporary());
        Optional<TableInfo> existing = inTheWay(name);
        if (existing.isPresent() && create.existing() == Existing.KEEP) {
            return Ddl.alreadyExists(name.name());
        }
        existing.ifPresent(table -> Ddl.refuseExisting(create.existing(), "Object", name.name()));
        String select = lookup.translator(create.temporary()).query(create.select());
        duck.inTransaction(() -> {
            if (existing.isPresent()) {
                dropTable(existing.get());
            }
            warehouse.tables().createView(duck, name, create, select);
            return true;
        });
        return Ddl.status("View " + name.name() + " successfully created.");
    }

    Result drop(Command.Drop drop) throws SQLException {
        Qualified name = lookup.state().table(drop.name());
        Optional<TableInfo> table = warehouse.databases().find(name.database()).isPresent()
                ? warehouse.tables().find(duck, name)
                : Optional.empty();
        if (table.isEmpty()) {
            return Ddl.missing(drop, drop.kind().title());
        }
        if (table.get().view() != (drop.kind() == ObjectKind.VIEW)) {
            throw SnowflakeError.INVALID_VALUE.with("Object '" + name + "' is not a " + drop.kind() + ".");
        }
        duck.inTransaction(() -> {
            dropTable(table.get());
            return true;
        });
        return Ddl.status(name.name() + " successfully dropped.");
    }

    /// Removes the rows and, as in Snowflake, the table's load history.
    Result truncate(Command.Truncate truncate) throws SQLException {
        Optional<TableInfo> table = lookup.find(truncate.table(), truncate.ifExists());
        if (table.isPresent()) {
            duck.inTransaction(() -> {
                duck.execute("DELETE FROM " + table.get().name().duck());
                forgetLoads(table.get());
                return true;
            });
        }
        return Ddl.status("Statement executed successfully.");
    }

    /// What a new table or view of the name would replace. A session's own hides all others, but no view of all: that
    /// Snowflake's documentation does not tell of.
    private Optional<TableInfo> inTheWay(Qualified name) throws SQLException {
        Optional<TableInfo> there = warehouse.tables().find(duck, name);
        Qualified ofAll = new Qualified(name.database(), name.schema(), name.name());
        if (there.isEmpty()
                && name.temporary()
                && warehouse.tables().find(duck, ofAll).filter(TableInfo::view).isPresent()) {
            throw SnowflakeError.OBJECT_EXISTS.with("Object '" + name + "' already exists as a view of all sessions.");
        }
        return there;
    }

    /// Source: docs.snowflake.com/en/sql-reference/sql/create-clone
    private static void refuseToLast(TableInfo table) {
        if (table.name().temporary()) {
            throw SnowflakeError.TEMPORARY_CLONE.with(
                    "Temp table cannot be cloned to a permanent table; clone to a transient table instead.");
        }
        if (table.traits().isTransient()) {
            throw SnowflakeError.TRANSIENT_CLONE.with("Transient object cannot be cloned to a permanent object.");
        }
    }

    /// With the schema, or the database when it is none.
    void dropTemporary(String database, Optional<String> schema) throws SQLException {
        for (TableInfo table : warehouse.tables().temporary(duck)) {
            if (table.name().database().equals(database)
                    && schema.map(table.name().schema()::equals).orElse(true)) {
                dropTable(table);
            }
        }
    }

    private void dropTable(TableInfo table) throws SQLException {
        warehouse.tables().drop(duck, table);
        // What COPY INTO loaded is told of no more, as in Snowflake; what pipes loaded is.
        duck.execute(
                "DELETE FROM " + LoadHistory.name(table.name()) + " WHERE table_id = ? AND pipe_id IS NULL",
                table.id());
        forgetLoads(table);
    }

    private void forgetLoads(TableInfo table) throws SQLException {
        duck.execute("UPDATE " + LoadHistory.name(table.name()) + " SET table_id = '' WHERE table_id = ?", table.id());
    }
}
