package dev.feedline.snowflake.session;

import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.StatementType;
import dev.feedline.snowflake.catalog.Databases.Database;
import dev.feedline.snowflake.catalog.SchemaName;
import dev.feedline.snowflake.catalog.Scope;
import dev.feedline.snowflake.copy.LoadHistory;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.Command;
import dev.feedline.snowflake.sql.Command.Existing;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/// Databases and schemas: made, dropped and used. Each statement is a transaction of its own, as in Snowflake.
final class SchemaDdl {
    private final Warehouse warehouse;
    private final SessionState state;
    private final TableDdl tables;
    private final Duck duck;

    SchemaDdl(Warehouse warehouse, SessionState state, TableDdl tables) {
        this.warehouse = warehouse;
        this.state = state;
        this.tables = tables;
        this.duck = state.duck();
    }

    Result create(Command.CreateDatabase create) throws SQLException, IOException {
        Optional<Database> existing = warehouse.databases().find(create.name());
        if (existing.isPresent()) {
            if (create.existing() == Existing.KEEP) {
                return Ddl.alreadyExists(create.name());
            }
            Ddl.refuseExisting(create.existing(), "Database", create.name());
            tables.dropTemporary(create.name(), Optional.empty());
            leave(create.name());
            warehouse.databases().drop(duck, existing.get());
        }
        warehouse.databases().create(duck, create.name(), create.comment());
        // Creating a database makes it the session's own, with its schema PUBLIC.
        state.use(new Scope(Optional.of(create.name()), Optional.of("PUBLIC")));
        return Ddl.status("Database " + create.name() + " successfully created.");
    }

    Result create(Command.CreateSchema create) throws SQLException {
        SchemaName name = state.scope().resolveSchema(create.name());
        Database database = warehouse.databases().require(name.database());
        refuseReserved(name);
        boolean there = warehouse.tables().schemas(duck, database.name()).contains(name.schema());
        if (there && create.existing() == Existing.KEEP) {
            return Ddl.alreadyExists(name.schema());
        }
        if (there) {
            Ddl.refuseExisting(create.existing(), "Schema", name.schema());
        }
        duck.inTransaction(() -> {
            if (there) {
                tables.dropTemporary(name.database(), Optional.of(name.schema()));
                warehouse.objects().dropAll(duck, name);
                duck.execute("DROP SCHEMA " + name.duck() + " CASCADE");
                duck.execute(
                        "DELETE FROM " + LoadHistory.name(name.database())
                                + " WHERE table_schema = ? AND pipe_id IS NULL",
                        name.schema());
            }
            duck.execute("CREATE SCHEMA " + name.duck());
            warehouse
                    .objects()
                    .commentSchema(duck, name, warehouse.ground().clock().instant(), create.comment());
            return true;
        });
        state.use(Scope.of(name));
        return Ddl.status("Schema " + name.schema() + " successfully created.");
    }

    Result use(Command.UseDatabase use) throws SQLException {
        warehouse.databases().require(use.name());
        boolean hasPublic = warehouse.tables().schemas(duck, use.name()).contains("PUBLIC");
        state.use(new Scope(Optional.of(use.name()), hasPublic ? Optional.of("PUBLIC") : Optional.empty()));
        return Result.status(StatementType.USE, "Statement executed successfully.");
    }

    Result use(Command.UseSchema use) throws SQLException {
        SchemaName name = state.scope().resolveSchema(use.name());
        warehouse.databases().require(name.database());
        warehouse.tables().requireSchema(duck, name);
        state.use(Scope.of(name));
        return Result.status(StatementType.USE, "Statement executed successfully.");
    }

    Result dropDatabase(Command.Drop drop) throws SQLException, IOException {
        String name = drop.name().last();
        Optional<Database> database = warehouse.databases().find(name);
        if (database.isEmpty()) {
            return Ddl.missing(drop, "Database");
        }
        tables.dropTemporary(name, Optional.empty());
        leave(name);
        warehouse.databases().drop(duck, database.get());
        return Ddl.status(name + " successfully dropped.");
    }

    Result dropSchema(Command.Drop drop) throws SQLException {
        SchemaName name = state.scope().resolveSchema(drop.name());
        if (warehouse.databases().find(name.database()).isEmpty()
                || !warehouse.tables().schemas(duck, name.database()).contains(name.schema())) {
            return Ddl.missing(drop, "Schema");
        }
        if (state.scope().equals(Scope.of(name))) {
            state.use(new Scope(Optional.of(name.database()), Optional.empty()));
        }
        duck.inTransaction(() -> {
            tables.dropTemporary(name.database(), Optional.of(name.schema()));
            warehouse.objects().dropAll(duck, name);
            duck.execute("DROP SCHEMA " + name.duck() + " CASCADE");
            duck.execute(
                    "DELETE FROM " + LoadHistory.name(name.database()) + " WHERE table_schema = ? AND pipe_id IS NULL",
                    name.schema());
            return true;
        });
        return Ddl.status(name.schema() + " successfully dropped.");
    }

    /// A database that goes away is left first: DuckDB does not detach a connection's own.
    private void leave(String database) throws SQLException {
        if (state.scope().database().equals(Optional.of(database))) {
            state.use(new Scope(Optional.empty(), Optional.empty()));
        }
    }

    private static void refuseReserved(SchemaName name) {
        if (name.schema().equalsIgnoreCase("main") || name.schema().equals("INFORMATION_SCHEMA")) {
            throw SnowflakeError.unsupported("A schema named " + name.schema());
        }
    }
}
