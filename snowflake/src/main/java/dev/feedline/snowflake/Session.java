package dev.feedline.snowflake;

import dev.feedline.snowflake.session.SessionParameters;
import dev.feedline.snowflake.session.SessionState;
import dev.feedline.snowflake.session.Statements;
import dev.feedline.snowflake.sql.Script;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One conversation with the warehouse: current database and schema, transaction, one DuckDB
/// connection.
///
/// Statements of a session run one after the other; the next one closes a result that is still open.
public final class Session implements AutoCloseable {
    private final Statements statements;
    private final Function<SessionState, Session> beside;
    private final ReentrantLock one = new ReentrantLock();
    private boolean closed;

    /// @param beside opens a session like this one
    Session(Statements statements, Function<SessionState, Session> beside) {
        this.statements = statements;
        this.beside = beside;
    }

    /// Runs one statement.
    ///
    /// @param binds values for `?`, in order
    /// @throws SnowflakeException with Snowflake's code, SQL state and message
    public Result execute(String sql, List<@Nullable Object> binds) {
        return inTurn(() -> statements.run(sql, binds));
    }

    /// Runs an INSERT, UPDATE or DELETE once for each row of binds, all or none of them.
    public Result executeMany(String sql, List<List<@Nullable Object>> rows) {
        return inTurn(() -> statements.runMany(sql, rows));
    }

    /// Finds out what a statement would answer, without running it.
    public Description describe(String sql) {
        return inTurn(() -> statements.describe(sql));
    }

    public Result execute(String sql) {
        return execute(sql, List.of());
    }

    /// Runs the statements of a script one after the other and stops at the first that fails.
    ///
    /// @return how many ran
    public int executeScript(String script) {
        List<String> all = Script.statements(script);
        for (String statement : all) {
            execute(statement).close();
        }
        return all.size();
    }

    /// Tells the statement that runs now, in another thread, to stop; it fails with
    /// [SnowflakeError#CANCELED].
    public void cancel() {
        statements.cancel();
    }

    /// Another session with the same current database, schema, role and parameters, and a transaction of its own.
    public Session openBeside() {
        return beside.apply(statements.state());
    }

    /// Whether a statement may run in [#openBeside()]: neither the session's transaction, nor one that
    /// the statement would begin without AUTOCOMMIT, nor what else it has of its own is needed or changed.
    ///
    /// @throws SnowflakeException when the statement is none
    public boolean maySplitOff(String sql) {
        return statements.state().autocommit()
                && !inTransaction()
                && statements.state().temporary().isEmpty()
                && Statements.standsAlone(sql);
    }

    void takeParameters(SessionParameters parameters) {
        statements.takeParameters(parameters);
    }

    /// Sets a session parameter, as ALTER SESSION does.
    public void set(String parameter, String value) {
        statements.set(parameter, value);
    }

    /// All session parameters: `Boolean`, `Long` or `String` by name.
    public Map<String, Object> parameters() {
        return statements.state().parameters().values();
    }

    /// The value of a parameter that is a number.
    public long number(String parameter) {
        if (parameters().get(parameter) instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException(parameter + " is no session parameter that is a number");
    }

    /// What CURRENT_SESSION() answers.
    public String id() {
        return statements.state().id();
    }

    /// Says under which id drivers know the statement that has just run: LAST_QUERY_ID().
    public void lastQueryId(String id) {
        statements.state().lastQueryId(id);
    }

    public Optional<String> lastQueryId() {
        return statements.state().lastQueryId();
    }

    public String role() {
        return statements.state().role();
    }

    public String warehouse() {
        return statements.state().warehouse();
    }

    public Optional<String> database() {
        return statements.state().scope().database();
    }

    public Optional<String> schema() {
        return statements.state().scope().schema();
    }

    public boolean inTransaction() {
        return statements.state().inTransaction();
    }

    private <T> T inTurn(Supplier<T> work) {
        one.lock();
        try {
            if (closed) {
                throw SnowflakeError.SESSION_CLOSED.with("The session is closed.");
            }
            return work.get();
        } finally {
            one.unlock();
        }
    }

    /// Rolls back what is not committed.
    @Override
    public void close() {
        one.lock();
        try {
            if (!closed) {
                closed = true;
                statements.close();
            }
        } finally {
            one.unlock();
        }
    }
}
