package dev.feedline.snowflake.session;

import dev.feedline.snowflake.Description;
import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.ResultColumn;
import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeException;
import dev.feedline.snowflake.StatementType;
import dev.feedline.snowflake.catalog.SchemaName;
import dev.feedline.snowflake.catalog.Scope;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.engine.DuckDbErrors;
import dev.feedline.snowflake.sql.Command;
import dev.feedline.snowflake.sql.CommandParser;
import dev.feedline.snowflake.sql.Quoting;
import dev.feedline.snowflake.sql.Translator;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Runs a session's statements: reads each one and hands it to its family.
public final class Statements {
    private final Warehouse warehouse;
    private final SessionState state;
    private final Queries queries;
    private final SchemaDdl schemas;
    private final TableDdl tables;
    private final TableChanges changes;
    private final TableRedefinition redefinition;
    private final ObjectDdl objects;
    private final Shows shows;
    private final AccountStatements account;
    private @Nullable Result open;

    public Statements(Warehouse warehouse, SessionState state) {
        this.warehouse = warehouse;
        this.state = state;
        WarehouseFunctions functions = new WarehouseFunctions(warehouse);
        Translator translator = new Translator(new SessionContext(state, functions, false));
        Translator permanent = new Translator(new SessionContext(state, functions, true));
        this.queries = new Queries(state, translator);
        TableLookup lookup = new TableLookup(warehouse, state, translator, permanent);
        this.tables = new TableDdl(warehouse, lookup);
        this.schemas = new SchemaDdl(warehouse, state, tables);
        this.changes = new TableChanges(warehouse, lookup);
        this.redefinition = new TableRedefinition(warehouse, lookup, tables);
        this.objects = new ObjectDdl(warehouse, state);
        this.shows = new Shows(warehouse, state);
        this.account = new AccountStatements(warehouse);
    }

    public SessionState state() {
        return state;
    }

    /// Makes the schema current, if there is one of that name.
    public void useIfThere(Optional<String> database, Optional<String> schema) {
        try {
            if (database.isPresent()
                    && warehouse.databases().find(database.get()).isPresent()) {
                state.use(new Scope(database, Optional.empty()));
                Optional<String> wanted = schema.or(() -> Optional.of("PUBLIC"));
                if (warehouse.tables().schemas(state.duck(), database.get()).contains(wanted.get())) {
                    state.use(Scope.of(new SchemaName(database.get(), wanted.get())));
                }
            }
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }

    public Result run(String sql, List<@Nullable Object> binds) {
        closeOpen();
        Command command = CommandParser.parse(sql);
        return answered(() -> run(command, sql, binds));
    }

    /// One change with many rows of binds, all or none.
    public Result runMany(String sql, List<List<@Nullable Object>> rows) {
        closeOpen();
        if (!(CommandParser.parse(sql) instanceof Command.Change change)
                || change.type() == StatementType.MERGE
                || change.overwritten().isPresent()) {
            throw SnowflakeError.unsupported("An array bind for anything but INSERT INTO, UPDATE and DELETE");
        }
        return answered(() -> {
            state.refuseAborted();
            return queries.changeMany(change, rows);
        });
    }

    /// What the statement would answer. SHOW, DESCRIBE and LIST change nothing and are simply run.
    public Description describe(String sql) {
        closeOpen();
        Command command = CommandParser.parse(sql);
        try {
            return switch (command) {
                case Command.Query query -> queries.describe(query);
                case Command.Change change -> queries.describe(change);
                case Command.Show show -> described(run(command, sql, List.of()));
                case Command.Describe describe -> described(run(command, sql, List.of()));
                case Command.ListStage list -> described(run(command, sql, List.of()));
                case Command.ShowKeys show -> described(shows.keys(show));
                case Command.ShowRoutines show -> described(AccountStatements.routines(show));
                case Command.ShowWarehouses show -> described(account.warehouses(show, state.warehouse()));
                case Command.DescribeUser describe -> described(account.describe(describe));
                case Command.ShowUsers show -> described(account.users(show));
                case Command.ShowRoles show -> described(account.roles(show));
                case Command.ShowVariables show -> described(state.variables().show(show.like()));
                case Command.ShowParameters show -> described(account.parameters(show, state.parameters()));
                case Command.CopyInto copy -> new Description(StatementType.COPY, List.of(), 0, false);
                case Command.Begin begin -> status(StatementType.TRANSACTION);
                case Command.Commit commit -> status(StatementType.TRANSACTION);
                case Command.Rollback rollback -> status(StatementType.TRANSACTION);
                case Command.AlterSession alter -> status(StatementType.ALTER_SESSION);
                case Command.UseDatabase use -> status(StatementType.USE);
                case Command.UseSchema use -> status(StatementType.USE);
                case Command.UseRole use -> status(StatementType.USE);
                case Command.UseWarehouse use -> status(StatementType.USE);
                default -> status(StatementType.DDL);
            };
        } catch (SQLException e) {
            throw failure(e);
        } catch (IOException e) {
            throw noFolder(e);
        }
    }

    private static Description described(Result result) {
        try (result) {
            return new Description(result.type(), result.columns(), 0, false);
        }
    }

    private static Description status(StatementType type) {
        return new Description(type, List.of(ResultColumn.text("status")), 0, false);
    }

    public void set(String parameter, String value) {
        changeParameters(() -> state.parameters().change(state, parameter, Optional.of(value)));
    }

    public void takeParameters(SessionParameters parameters) {
        changeParameters(() -> state.parameters().copy(parameters, state));
    }

    private static void changeParameters(Change change) {
        try {
            change.run();
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }

    /// A step that may fail inside DuckDB.
    @FunctionalInterface
    private interface Change {
        void run() throws SQLException;
    }

    /// A statement's work.
    @FunctionalInterface
    private interface Work {
        Result run() throws SQLException, IOException;
    }

    private Result answered(Work work) {
        try {
            Result result = work.run();
            open = result;
            return result;
        } catch (SQLException e) {
            throw failure(e);
        } catch (IOException e) {
            throw noFolder(e);
        }
    }

    private void closeOpen() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    private static RuntimeException noFolder(IOException e) {
        return SnowflakeError.RESOURCE.with("The warehouse's folder does not answer: " + e.getMessage(), e);
    }

    private RuntimeException failure(SQLException e) {
        try {
            state.failed();
        } catch (SQLException rollback) {
            e.addSuppressed(rollback);
        }
        return DuckDbErrors.translate(e);
    }

    private Result run(Command command, String sql, List<@Nullable Object> binds) throws SQLException, IOException {
        return switch (command) {
            case Command.Begin begin -> {
                state.refuseAborted();
                state.begin();
                yield transaction();
            }
            case Command.Commit commit -> {
                state.commit();
                yield transaction();
            }
            case Command.Rollback rollback -> {
                state.rollback();
                yield transaction();
            }
            case Command.AlterSession alter -> alterSession(alter);
            case Command.ShowParameters show -> account.parameters(show, state.parameters());
            default -> {
                state.refuseAborted();
                yield inSession(command, sql, binds);
            }
        };
    }

    private Result inSession(Command command, String sql, List<@Nullable Object> binds)
            throws SQLException, IOException {
        return switch (command) {
            case Command.Query query -> queries.query(query, binds);
            case Command.Change change -> queries.change(change, binds);
            case Command.UseDatabase use -> schemas.use(use);
            case Command.UseSchema use -> schemas.use(use);
            case Command.UseRole use -> {
                state.useRole(use.name());
                yield Result.status(StatementType.USE, "Statement executed successfully.");
            }
            case Command.UseWarehouse use -> {
                state.useWarehouse(use.name());
                yield Result.status(StatementType.USE, "Statement executed successfully.");
            }
            case Command.Show show -> shows.show(show);
            case Command.SetVariables set -> setVariables(set);
            case Command.UnsetVariables unset -> {
                unset.names().forEach(state.variables()::unset);
                yield Result.status(StatementType.ALTER_SESSION, "Statement executed successfully.");
            }
            case Command.ShowVariables show -> state.variables().show(show.like());
            case Command.AlterUser alter -> account.alter(alter);
            case Command.DescribeUser describe -> account.describe(describe);
            case Command.ShowKeys show -> shows.keys(show);
            case Command.ShowRoutines show -> AccountStatements.routines(show);
            case Command.ShowWarehouses show -> account.warehouses(show, state.warehouse());
            case Command.ShowUsers show -> account.users(show);
            case Command.ShowRoles show -> account.roles(show);
            case Command.Describe describe -> shows.describe(describe);
            case Command.CopyInto copy -> copy(copy);
            case Command.ListStage list -> warehouse.copies().list(state.duck(), list, state.scope());
            case Command.RefreshPipe refresh -> refresh(refresh);
            default -> define(command, sql);
        };
    }

    private Result setVariables(Command.SetVariables set) throws SQLException {
        for (var one : set.expressions().entrySet()) {
            Command.Query query = new Command.Query("SELECT " + one.getValue());
            state.variables().set(one.getKey(), Variables.single(queries.query(query, List.of())));
        }
        return Result.status(StatementType.ALTER_SESSION, "Statement executed successfully.");
    }

    private Result copy(Command.CopyInto copy) throws SQLException {
        state.beginChange();
        try {
            return warehouse
                    .copies()
                    .copy(state.duck(), copy, state.scope(), state.table(copy.table()), state.openTransaction());
        } catch (SnowflakeException e) {
            // A bad file has ended DuckDB's transaction.
            state.failed();
            throw e;
        }
    }

    private Result refresh(Command.RefreshPipe refresh) throws SQLException {
        var pipe = objects.pipe(refresh.pipe(), refresh.ifExists());
        return pipe.isPresent()
                ? warehouse.pipes().refresh(state.duck(), pipe.get(), refresh.prefix(), refresh.modifiedAfter())
                : Ddl.status("Statement executed successfully.");
    }

    /// Definitions commit what the session has open, and change one at a time.
    private Result define(Command command, String sql) throws SQLException, IOException {
        state.commit();
        warehouse.ddl().lock();
        try {
            Result result = defined(command, sql);
            lookUpTemporary();
            return result;
        } catch (SQLException | IOException | RuntimeException e) {
            // Some of its steps may have been done: those of a database are no transaction.
            try {
                lookUpTemporary();
            } catch (SQLException | RuntimeException another) {
                e.addSuppressed(another);
            }
            throw e;
        } finally {
            warehouse.ddl().unlock();
            warehouse.pipes().changed();
        }
    }

    private Result defined(Command command, String sql) throws SQLException, IOException {
        return switch (command) {
            case Command.CreateDatabase create -> schemas.create(create);
            case Command.CreateSchema create -> schemas.create(create);
            case Command.CreateTable create -> tables.create(create);
            case Command.CreateOrAlterTable create -> redefinition.createOrAlter(create.table());
            case Command.CreateTableLike create -> tables.create(create);
            case Command.SwapTables swap -> changes.swap(swap);
            case Command.CreateView create -> tables.create(create);
            case Command.AddColumns add -> changes.addColumns(add);
            case Command.SetClustering set -> changes.cluster(set);
            case Command.SetType set -> changes.setType(set);
            case Command.SetColumnComment set -> changes.comment(set);
            case Command.DropDefault dropped ->
                changes.alter(
                        dropped.table(),
                        dropped.ifExists(),
                        "ALTER COLUMN " + Quoting.identifier(dropped.column()) + " DROP DEFAULT");
            case Command.SetSchemaEvolution set -> changes.setSchemaEvolution(set);
            case Command.Truncate truncate -> tables.truncate(truncate);
            case Command.CreateStage create -> objects.create(create, sql);
            case Command.CreateSequence create -> objects.create(create, sql);
            case Command.RenameTable rename -> changes.rename(rename);
            case Command.RenameColumn rename -> changes.rename(rename);
            case Command.AddConstraint add -> changes.add(add);
            case Command.DropConstraint dropped -> changes.drop(dropped);
            case Command.DropColumns dropped -> changes.dropColumns(dropped);
            case Command.RenameView rename -> changes.rename(rename);
            case Command.SetSecure set -> changes.set(set);
            case Command.SetNotNull set ->
                changes.alter(
                        set.table(),
                        set.ifExists(),
                        "ALTER COLUMN " + Quoting.identifier(set.column()) + (set.notNull() ? " SET" : " DROP")
                                + " NOT NULL");
            case Command.CreateFileFormat create -> objects.create(create, sql);
            case Command.CreatePipe create -> objects.create(create, sql);
            case Command.CreateIntegration create -> objects.create(create);
            case Command.AlterPipe alter -> objects.alter(alter);
            case Command.AlterProperties alter -> objects.alter(alter);
            case Command.RenameObject rename -> objects.rename(rename);
            case Command.SetComment comment -> objects.comment(comment);
            case Command.CreateWarehouse create -> account.create(create);
            case Command.AlterWarehouse alter -> account.alter(alter);
            case Command.DropWarehouse drop -> account.drop(drop);
            case Command.Drop drop ->
                switch (drop.kind()) {
                    case DATABASE -> schemas.dropDatabase(drop);
                    case SCHEMA -> schemas.dropSchema(drop);
                    case TABLE, VIEW -> tables.drop(drop);
                    case STAGE, FILE_FORMAT, PIPE, INTEGRATION, SEQUENCE -> objects.drop(drop);
                    case OBJECT, COLUMN -> throw new IllegalStateException("cannot be dropped: " + drop.kind());
                };
            default -> throw new IllegalStateException("no definition: " + command);
        };
    }

    private void lookUpTemporary() throws SQLException {
        state.temporary(warehouse.tables().temporary(state.duck()).stream()
                .map(TableInfo::name)
                .collect(Collectors.toSet()));
    }

    /// Whether a session of its own can run the statement: it leaves nothing behind that belongs to this one.
    public static boolean standsAlone(String sql) {
        return switch (CommandParser.parse(sql)) {
            case Command.Query query -> true;
            case Command.Change change -> true;
            case Command.CopyInto copy -> true;
            case Command.CreateTable create -> !create.temporary();
            case Command.CreateTableLike create -> create.kind() != Command.TableKind.TEMPORARY;
            case Command.CreateView create -> !create.temporary();
            case Command.Show show -> true;
            case Command.Describe describe -> true;
            case Command.ListStage list -> true;
            default -> false;
        };
    }

    private Result alterSession(Command.AlterSession alter) throws SQLException {
        for (var parameter : alter.parameters().entrySet()) {
            state.parameters().change(state, parameter.getKey(), parameter.getValue());
        }
        return Result.status(StatementType.ALTER_SESSION, "Statement executed successfully.");
    }

    private static Result transaction() {
        return Result.status(StatementType.TRANSACTION, "Statement executed successfully.");
    }

    public void cancel() {
        try {
            state.duck().cancel();
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }

    public void close() {
        try {
            if (open != null) {
                open.close();
            }
            state.rollback();
            state.duck().close();
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }
}
