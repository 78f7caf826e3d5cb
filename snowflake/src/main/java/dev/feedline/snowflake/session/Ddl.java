package dev.feedline.snowflake.session;

import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.StatementType;
import dev.feedline.snowflake.catalog.ColumnInfo;
import dev.feedline.snowflake.catalog.Databases.Database;
import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.catalog.SchemaName;
import dev.feedline.snowflake.catalog.Scope;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.copy.LoadHistory;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.ColumnDefinition;
import dev.feedline.snowflake.sql.Command;
import dev.feedline.snowflake.sql.Command.Existing;
import dev.feedline.snowflake.sql.ObjectKind;
import dev.feedline.snowflake.sql.Quoting;
import dev.feedline.snowflake.sql.TableTraits;
import dev.feedline.snowflake.sql.Translator;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Databases, schemas, tables and views. Each statement is a transaction of its own, as in Snowflake.
final class Ddl {
    private final Warehouse warehouse;
    private final SessionState state;
    private final Translator translator;
    private final Duck duck;

    Ddl(Warehouse warehouse, SessionState state, Translator translator) {
        this.warehouse = warehouse;
        this.state = state;
        this.translator = translator;
        this.duck = state.duck();
    }

    Result create(Command.CreateDatabase create) throws SQLException, IOException {
        Optional<Database> existing = warehouse.databases().find(create.name());
        if (existing.isPresent()) {
            if (create.existing() == Existing.KEEP) {
                return alreadyExists(create.name());
            }
            refuseExisting(create.existing(), "Database", create.name());
            leave(create.name());
            warehouse.databases().drop(duck, existing.get());
        }
        warehouse.databases().create(duck, create.name(), create.comment());
        // Creating a database makes it the session's own, with its schema PUBLIC.
        state.use(new Scope(Optional.of(create.name()), Optional.of("PUBLIC")));
        return status("Database " + create.name() + " successfully created.");
    }

    Result create(Command.CreateSchema create) throws SQLException {
        SchemaName name = state.scope().resolveSchema(create.name());
        Database database = warehouse.databases().require(name.database());
        refuseReserved(name);
        boolean there = warehouse.tables().schemas(duck, database.name()).contains(name.schema());
        if (there && create.existing() == Existing.KEEP) {
            return alreadyExists(name.schema());
        }
        if (there) {
            refuseExisting(create.existing(), "Schema", name.schema());
        }
        duck.inTransaction(() -> {
            if (there) {
                warehouse.objects().dropAll(duck, name);
                duck.execute("DROP SCHEMA " + name.duck() + " CASCADE");
                duck.execute(
                        "DELETE FROM " + LoadHistory.name(name.database())
                                + " WHERE table_schema = ? AND pipe_id IS NULL",
                        name.schema());
            }
            duck.execute("CREATE SCHEMA " + name.duck());
            if (!create.comment().isEmpty()) {
                warehouse.objects().commentSchema(duck, name, create.comment());
            }
            return true;
        });
        state.use(Scope.of(name));
        return status("Schema " + name.schema() + " successfully created.");
    }

    Result create(Command.CreateTable create) throws SQLException {
        Qualified name = resolve(create.name());
        Optional<TableInfo> existing = warehouse.tables().find(duck, name);
        if (existing.isPresent() && create.existing() == Existing.KEEP) {
            return alreadyExists(name.name());
        }
        existing.ifPresent(table -> refuseExisting(create.existing(), "Object", name.name()));
        Optional<String> select = create.select().map(translator::query);
        List<ColumnDefinition> columns = translated(create.columns());
        duck.inTransaction(() -> {
            if (existing.isPresent()) {
                dropTable(existing.get());
            }
            warehouse
                    .tables()
                    .create(duck, name, columns, select, create.schemaEvolution(), create.traits(), create.comment());
            return true;
        });
        return status("Table " + name.name() + " successfully created.");
    }

    /// Columns with their defaults and comments, keys, clustering; not that its schema evolves. The rows only of a
    /// CLONE,
    /// which remembers none of the files that were loaded.
    Result create(Command.CreateTableLike create) throws SQLException {
        Qualified name = resolve(create.name());
        TableInfo like = warehouse.tables().requireTable(duck, resolve(create.like()));
        if (like.columns().stream().anyMatch(column -> column.identity().isPresent())) {
            throw SnowflakeError.unsupported("CREATE TABLE … LIKE or CLONE of a table with AUTOINCREMENT");
        }
        Optional<TableInfo> existing = warehouse.tables().find(duck, name);
        if (existing.isPresent() && create.existing() == Existing.KEEP) {
            return alreadyExists(name.name());
        }
        existing.ifPresent(table -> refuseExisting(create.existing(), "Object", name.name()));
        TableTraits traits = new TableTraits(
                create.isTransient(), like.traits().clusterBy(), like.traits().constraints());
        duck.inTransaction(() -> {
            if (existing.isPresent()) {
                dropTable(existing.get());
            }
            warehouse
                    .tables()
                    .create(
                            duck,
                            name,
                            definitions(like),
                            create.withRows()
                                    ? Optional.of("SELECT * FROM " + like.name().duck())
                                    : Optional.empty(),
                            create.withRows() && like.schemaEvolution(),
                            traits,
                            create.withRows() ? like.comment() : "");
            return true;
        });
        return status("Table " + name.name() + " successfully created.");
    }

    private static List<ColumnDefinition> definitions(TableInfo table) {
        return table.columns().stream()
                .map(column -> new ColumnDefinition(
                        column.name(), column.type(), column.nullable(), column.defaultValue(), column.comment()))
                .toList();
    }

    Result create(Command.CreateView create) throws SQLException {
        Qualified name = resolve(create.name());
        Optional<TableInfo> existing = warehouse.tables().find(duck, name);
        if (existing.isPresent() && create.existing() == Existing.KEEP) {
            return alreadyExists(name.name());
        }
        existing.ifPresent(table -> refuseExisting(create.existing(), "Object", name.name()));
        String select = translator.query(create.select());
        duck.inTransaction(() -> {
            if (existing.isPresent()) {
                dropTable(existing.get());
            }
            warehouse.tables().createView(duck, name, create.columns(), select, create.select(), create.comment());
            return true;
        });
        return status("View " + name.name() + " successfully created.");
    }

    Result drop(Command.Drop drop) throws SQLException, IOException {
        return switch (drop.kind()) {
            case DATABASE -> dropDatabase(drop);
            case SCHEMA -> dropSchema(drop);
            case TABLE, VIEW -> dropTableOrView(drop);
            case STAGE, FILE_FORMAT, PIPE, INTEGRATION, SEQUENCE, OBJECT, COLUMN ->
                throw new IllegalStateException("not of this family: " + drop.kind());
        };
    }

    Result addColumns(Command.AddColumns add) throws SQLException {
        Optional<TableInfo> table = find(add.table(), add.ifTableExists());
        if (table.isEmpty()) {
            return status("Statement executed successfully.");
        }
        List<ColumnDefinition> missing = add.columns().stream()
                .filter(column -> isMissing(table.get(), column, add.ifNotExists()))
                .toList();
        List<ColumnDefinition> columns = translated(missing);
        // DuckDB adds no column with a check of its length to a table that is there.
        boolean limited = columns.stream().anyMatch(column -> column.type().isLimitedText());
        if (limited) {
            refuseIdentity(table.get(), "ADD COLUMN of a VARCHAR with a length to");
        }
        Qualified aside = aside(table.get().name());
        duck.inTransaction(() -> {
            if (limited) {
                List<ColumnDefinition> all = new ArrayList<>(definitions(table.get()));
                all.addAll(columns);
                warehouse.tables().remake(duck, table.get(), aside, all);
                return true;
            }
            for (ColumnDefinition column : columns) {
                warehouse.tables().addColumn(duck, table.get().name(), column);
            }
            return true;
        });
        return status("Statement executed successfully.");
    }

    private static void refuseIdentity(TableInfo table, String what) {
        if (table.columns().stream().anyMatch(column -> column.identity().isPresent())) {
            throw SnowflakeError.unsupported("ALTER TABLE … " + what + " a table with AUTOINCREMENT");
        }
    }

    private static boolean isMissing(TableInfo table, ColumnDefinition column, boolean ifNotExists) {
        boolean there = column(table, column.name()).isPresent();
        if (there && !ifNotExists) {
            throw SnowflakeError.COLUMN_EXISTS.with("column '" + Quoting.readable(column.name()) + "' already exists");
        }
        return !there;
    }

    private static Optional<ColumnInfo> column(TableInfo table, String name) {
        return table.columns().stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst();
    }

    private static ColumnInfo requireColumn(TableInfo table, String name) {
        return column(table, name)
                .orElseThrow(() -> SnowflakeError.INVALID_IDENTIFIER.with(
                        "error: invalid identifier '" + Quoting.readable(name) + "'"));
    }

    Result cluster(Command.SetClustering set) throws SQLException {
        Optional<TableInfo> table = find(set.table(), set.ifExists());
        if (table.isPresent()) {
            warehouse.tables().setClustering(duck, table.get(), set.clusterBy());
        }
        return status("Statement executed successfully.");
    }

    Result comment(Command.SetColumnComment set) throws SQLException {
        Optional<TableInfo> table = set.ifExists()
                ? warehouse.tables().find(duck, resolve(set.table()))
                : Optional.of(warehouse.tables().require(duck, resolve(set.table())));
        if (table.isPresent()) {
            warehouse
                    .tables()
                    .setColumnComment(duck, table.get(), requireColumn(table.get(), set.column()), set.comment());
        }
        return status("Statement executed successfully.");
    }

    /// Longer texts and more digits before the point; anything else is no change of a type in Snowflake either.
    Result setType(Command.SetType set) throws SQLException {
        Optional<TableInfo> found = find(set.table(), set.ifExists());
        if (found.isEmpty()) {
            return status("Statement executed successfully.");
        }
        TableInfo table = found.get();
        ColumnInfo column = requireColumn(table, set.column());
        SnowflakeType from = column.type();
        SnowflakeType to = set.type();
        boolean widens = from.kind() == to.kind()
                && (from.kind() == SnowflakeType.Kind.VARCHAR || from.kind() == SnowflakeType.Kind.NUMBER)
                && from.scale() == to.scale()
                && from.precision() <= to.precision();
        if (!widens) {
            throw SnowflakeError.TYPE_CHANGE.with("cannot change column " + Quoting.readable(column.name())
                    + " from type " + from.sql() + " to " + to.sql());
        }
        refuseIdentity(table, "ALTER COLUMN … TYPE of");
        Qualified aside = aside(table.name());
        List<ColumnDefinition> columns = definitions(table).stream()
                .map(one -> one.name().equals(column.name()) ? one.of(to) : one)
                .toList();
        duck.inTransaction(() -> {
            warehouse.tables().remake(duck, table, aside, columns);
            return true;
        });
        return status("Statement executed successfully.");
    }

    private Qualified aside(Qualified table) {
        return new Qualified(
                table.database(),
                table.schema(),
                "_swap." + warehouse.ground().ids().hex(16));
    }

    /// @param change DuckDB's ALTER TABLE after the table's name
    Result alter(dev.feedline.snowflake.sql.ObjectName name, boolean ifExists, String change) throws SQLException {
        Optional<TableInfo> table = find(name, ifExists);
        if (table.isPresent()) {
            duck.execute("ALTER TABLE " + table.get().name().duck() + " " + change);
        }
        return status("Statement executed successfully.");
    }

    /// Within its schema; the rows, the notes and the load history stay.
    Result rename(Command.RenameTable rename) throws SQLException {
        Optional<TableInfo> table = find(rename.table(), rename.ifExists());
        if (table.isEmpty()) {
            return status("Statement executed successfully.");
        }
        Qualified to = resolve(rename.to());
        if (!to.in().equals(table.get().name().in())) {
            throw SnowflakeError.unsupported("ALTER TABLE … RENAME TO another schema");
        }
        if (table.get().columns().stream().anyMatch(column -> column.identity().isPresent())) {
            throw SnowflakeError.unsupported("ALTER TABLE … RENAME of a table with AUTOINCREMENT");
        }
        if (warehouse.tables().find(duck, to).isPresent()) {
            throw SnowflakeError.OBJECT_EXISTS.with("Object '" + to + "' already exists.");
        }
        duck.execute("ALTER TABLE " + table.get().name().duck() + " RENAME TO " + Quoting.identifier(to.name()));
        return status("Statement executed successfully.");
    }

    Result rename(Command.RenameView rename) throws SQLException {
        Qualified name = resolve(rename.view());
        Optional<TableInfo> view = warehouse.tables().find(duck, name).filter(TableInfo::view);
        if (view.isEmpty() && rename.ifExists()) {
            return status("Statement executed successfully.");
        }
        Qualified to = resolve(rename.to());
        if (view.isEmpty()) {
            throw SnowflakeError.TABLE_NOT_FOUND.with("View '" + name + "' does not exist or not authorized.");
        }
        if (!to.in().equals(name.in())) {
            throw SnowflakeError.unsupported("ALTER VIEW … RENAME TO another schema");
        }
        if (warehouse.tables().find(duck, to).isPresent()) {
            throw SnowflakeError.OBJECT_EXISTS.with("Object '" + to + "' already exists.");
        }
        duck.execute("ALTER VIEW " + name.duck() + " RENAME TO " + Quoting.identifier(to.name()));
        return status("Statement executed successfully.");
    }

    Result dropColumns(Command.DropColumns dropped) throws SQLException {
        Optional<TableInfo> table = find(dropped.table(), dropped.ifTableExists());
        if (table.isEmpty()) {
            return status("Statement executed successfully.");
        }
        duck.inTransaction(() -> {
            for (String column : dropped.columns()) {
                if (!dropped.ifExists()) {
                    requireColumn(table.get(), column);
                }
                duck.execute("ALTER TABLE " + table.get().name().duck() + " DROP COLUMN IF EXISTS "
                        + Quoting.identifier(column));
            }
            return true;
        });
        return status("Statement executed successfully.");
    }

    /// Within their schema; rows, notes and load history go with each.
    Result swap(Command.SwapTables swap) throws SQLException {
        Optional<TableInfo> found = find(swap.table(), swap.ifExists());
        if (found.isEmpty()) {
            return status("Statement executed successfully.");
        }
        TableInfo one = found.get();
        TableInfo other = warehouse.tables().requireTable(duck, resolve(swap.with()));
        if (!other.name().in().equals(one.name().in())) {
            throw SnowflakeError.unsupported("ALTER TABLE … SWAP WITH a table of another schema");
        }
        for (TableInfo table : List.of(one, other)) {
            if (table.columns().stream().anyMatch(column -> column.identity().isPresent())) {
                throw SnowflakeError.unsupported("ALTER TABLE … SWAP WITH a table with AUTOINCREMENT");
            }
        }
        Qualified aside = aside(one.name());
        duck.inTransaction(() -> {
            rename(one.name(), aside);
            rename(other.name(), one.name());
            rename(aside, other.name());
            historyOf(one, other.name());
            historyOf(other, one.name());
            return true;
        });
        return status("Statement executed successfully.");
    }

    private void rename(Qualified from, Qualified to) throws SQLException {
        duck.execute("ALTER TABLE " + from.duck() + " RENAME TO " + Quoting.identifier(to.name()));
    }

    private void historyOf(TableInfo table, Qualified name) throws SQLException {
        duck.execute(
                "UPDATE " + Quoting.identifier(name.database())
                        + ".main._load_history SET table_name = ? WHERE table_id = ?",
                name.name(),
                table.id());
    }

    Result setSchemaEvolution(Command.SetSchemaEvolution set) throws SQLException {
        Optional<TableInfo> table = find(set.table(), set.ifExists());
        if (table.isPresent()) {
            warehouse.tables().setSchemaEvolution(duck, table.get(), set.enabled());
        }
        return status("Statement executed successfully.");
    }

    /// Removes the rows and, as in Snowflake, the table's load history.
    Result truncate(Command.Truncate truncate) throws SQLException {
        Optional<TableInfo> table = find(truncate.table(), truncate.ifExists());
        if (table.isPresent()) {
            duck.inTransaction(() -> {
                duck.execute("DELETE FROM " + table.get().name().duck());
                forgetLoads(table.get());
                return true;
            });
        }
        return status("Statement executed successfully.");
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

    private Result dropDatabase(Command.Drop drop) throws SQLException, IOException {
        String name = drop.name().last();
        Optional<Database> database = warehouse.databases().find(name);
        if (database.isEmpty()) {
            return missing(drop, "Database");
        }
        leave(name);
        warehouse.databases().drop(duck, database.get());
        return status(name + " successfully dropped.");
    }

    private Result dropSchema(Command.Drop drop) throws SQLException {
        SchemaName name = state.scope().resolveSchema(drop.name());
        if (warehouse.databases().find(name.database()).isEmpty()
                || !warehouse.tables().schemas(duck, name.database()).contains(name.schema())) {
            return missing(drop, "Schema");
        }
        if (state.scope().equals(Scope.of(name))) {
            state.use(new Scope(Optional.of(name.database()), Optional.empty()));
        }
        duck.inTransaction(() -> {
            warehouse.objects().dropAll(duck, name);
            duck.execute("DROP SCHEMA " + name.duck() + " CASCADE");
            duck.execute(
                    "DELETE FROM " + LoadHistory.name(name.database()) + " WHERE table_schema = ? AND pipe_id IS NULL",
                    name.schema());
            return true;
        });
        return status(name.schema() + " successfully dropped.");
    }

    private Result dropTableOrView(Command.Drop drop) throws SQLException {
        Qualified name = state.scope().resolve(drop.name());
        Optional<TableInfo> table = warehouse.databases().find(name.database()).isPresent()
                ? warehouse.tables().find(duck, name)
                : Optional.empty();
        if (table.isEmpty()) {
            return missing(drop, drop.kind().title());
        }
        if (table.get().view() != (drop.kind() == ObjectKind.VIEW)) {
            throw SnowflakeError.INVALID_VALUE.with("Object '" + name + "' is not a " + drop.kind() + ".");
        }
        duck.inTransaction(() -> {
            dropTable(table.get());
            return true;
        });
        return status(name.name() + " successfully dropped.");
    }

    private void dropTable(TableInfo table) throws SQLException {
        warehouse.tables().drop(duck, table);
        // What COPY INTO loaded is told of no more, as in Snowflake; what pipes loaded is.
        duck.execute(
                "DELETE FROM " + LoadHistory.name(table.name().database()) + " WHERE table_id = ? AND pipe_id IS NULL",
                table.id());
        forgetLoads(table);
    }

    private void forgetLoads(TableInfo table) throws SQLException {
        duck.execute(
                "UPDATE " + Quoting.identifier(table.name().database())
                        + ".main._load_history SET table_id = '' WHERE table_id = ?",
                table.id());
    }

    private Optional<TableInfo> find(dev.feedline.snowflake.sql.ObjectName written, boolean ifExists)
            throws SQLException {
        Qualified name = resolve(written);
        return ifExists
                ? warehouse.tables().find(duck, name)
                : Optional.of(warehouse.tables().requireTable(duck, name));
    }

    private Qualified resolve(dev.feedline.snowflake.sql.ObjectName written) throws SQLException {
        Qualified name = state.scope().resolve(written);
        warehouse.databases().require(name.database());
        warehouse.tables().requireSchema(duck, name.in());
        return name;
    }

    private List<ColumnDefinition> translated(List<ColumnDefinition> columns) {
        return columns.stream()
                .map(column -> new ColumnDefinition(
                        column.name(),
                        column.type(),
                        column.nullable(),
                        column.defaultValue().map(translator::expression),
                        column.identity(),
                        column.comment()))
                .toList();
    }

    /// A database that goes away is left first: DuckDB does not detach a connection's own.
    private void leave(String database) throws SQLException {
        if (state.scope().database().equals(Optional.of(database))) {
            state.use(new Scope(Optional.empty(), Optional.empty()));
        }
    }

    private Result missing(Command.Drop drop, String title) {
        if (drop.ifExists()) {
            return status("Drop statement executed successfully (" + drop.name().last() + " already dropped).");
        }
        var error = title.equals("Table") || title.equals("View")
                ? SnowflakeError.TABLE_NOT_FOUND
                : SnowflakeError.OBJECT_NOT_FOUND;
        throw error.with(title + " '" + drop.name() + "' does not exist or not authorized.");
    }

    private static void refuseReserved(SchemaName name) {
        if (name.schema().equalsIgnoreCase("main") || name.schema().equals("INFORMATION_SCHEMA")) {
            throw SnowflakeError.unsupported("A schema named " + name.schema());
        }
    }

    static void refuseExisting(Existing existing, String title, String name) {
        if (existing == Existing.FAIL) {
            throw SnowflakeError.OBJECT_EXISTS.with(title + " '" + Quoting.readable(name) + "' already exists.");
        }
    }

    static Result alreadyExists(String name) {
        return status(name + " already exists, statement succeeded.");
    }

    static Result status(String message) {
        return Result.status(StatementType.DDL, message);
    }
}
