package dev.feedline.snowflake.session;

import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeException;
import dev.feedline.snowflake.StatementType;
import dev.feedline.snowflake.catalog.SchemaName;
import dev.feedline.snowflake.catalog.Scope;
import dev.feedline.snowflake.engine.DuckDbErrors;
import dev.feedline.snowflake.sql.Command;
import dev.feedline.snowflake.sql.CommandParser;
import dev.feedline.snowflake.sql.Translator;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs a session's statements: reads each one and hands it to its family.
public final class Statements {
    private final Warehouse warehouse;
    private final SessionState state;
    private final Queries queries;
    private final Ddl ddl;
    private final ObjectDdl objects;
    private final Shows shows;
    private @Nullable Result open;

    public Statements(Warehouse warehouse, SessionState state) {
        this.warehouse = warehouse;
        this.state = state;
        Translator translator = new Translator(new SessionContext(state, new WarehouseFunctions(warehouse)));
        this.queries = new Queries(state, translator);
        this.ddl = new Ddl(warehouse, state, translator);
        this.objects = new ObjectDdl(warehouse, state);
        this.shows = new Shows(warehouse, state);
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
        if (open != null) {
            open.close();
            open = null;
        }
        Command command = CommandParser.parse(sql);
        try {
            Result result = run(command, sql, binds);
            open = result;
            return result;
        } catch (SQLException e) {
            throw failure(e);
        } catch (IOException e) {
            throw SnowflakeError.RESOURCE.with("The warehouse's folder does not answer: " + e.getMessage(), e);
        }
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
            case Command.UseDatabase use -> ddl.use(use);
            case Command.UseSchema use -> ddl.use(use);
            case Command.UseRole use -> {
                state.useRole(use.name());
                yield Result.status(StatementType.USE, "Statement executed successfully.");
            }
            case Command.UseWarehouse use -> {
                state.useWarehouse(use.name());
                yield Result.status(StatementType.USE, "Statement executed successfully.");
            }
            case Command.Show show -> shows.show(show);
            case Command.Describe describe -> shows.describe(describe);
            case Command.CopyInto copy -> copy(copy);
            case Command.ListStage list -> warehouse.copies().list(state.duck(), list, state.scope());
            case Command.RefreshPipe refresh -> refresh(refresh);
            default -> define(command, sql);
        };
    }

    private Result copy(Command.CopyInto copy) throws SQLException {
        state.beginChange();
        try {
            return warehouse.copies().copy(state.duck(), copy, state.scope(), state.openTransaction());
        } catch (SnowflakeException e) {
            // A bad file has ended DuckDB's transaction.
            state.failed();
            throw e;
        }
    }

    private Result refresh(Command.RefreshPipe refresh) throws SQLException {
        var pipe = objects.pipe(refresh.pipe(), refresh.ifExists());
        return pipe.isPresent()
                ? warehouse.pipes().refresh(state.duck(), pipe.get(), refresh.prefix())
                : Ddl.status("Statement executed successfully.");
    }

    /// Definitions commit what the session has open, and change one at a time.
    private Result define(Command command, String sql) throws SQLException, IOException {
        state.commit();
        warehouse.ddl().lock();
        try {
            return switch (command) {
                case Command.CreateDatabase create -> ddl.create(create);
                case Command.CreateSchema create -> ddl.create(create);
                case Command.CreateTable create -> ddl.create(create);
                case Command.CreateView create -> ddl.create(create);
                case Command.AddColumn add -> ddl.addColumn(add);
                case Command.SetSchemaEvolution set -> ddl.setSchemaEvolution(set);
                case Command.Truncate truncate -> ddl.truncate(truncate);
                case Command.CreateStage create -> objects.create(create, sql);
                case Command.CreateFileFormat create -> objects.create(create, sql);
                case Command.CreatePipe create -> objects.create(create, sql);
                case Command.CreateIntegration create -> objects.create(create);
                case Command.PausePipe pause -> objects.pause(pause);
                case Command.Drop drop ->
                    switch (drop.kind()) {
                        case DATABASE, SCHEMA, TABLE, VIEW -> ddl.drop(drop);
                        case STAGE, FILE_FORMAT, PIPE, INTEGRATION -> objects.drop(drop);
                        case OBJECT, COLUMN -> throw new IllegalStateException("cannot be dropped: " + drop.kind());
                    };
                default -> throw new IllegalStateException("no definition: " + command);
            };
        } finally {
            warehouse.ddl().unlock();
            warehouse.pipes().changed();
        }
    }

    private Result alterSession(Command.AlterSession alter) throws SQLException {
        for (var parameter : alter.parameters().entrySet()) {
            SessionParameters.set(state, parameter.getKey(), parameter.getValue());
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
