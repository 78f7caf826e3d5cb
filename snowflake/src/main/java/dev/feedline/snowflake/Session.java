package dev.feedline.snowflake;

import dev.feedline.snowflake.session.Statements;
import dev.feedline.snowflake.sql.Script;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One conversation with the warehouse: current database and schema, transaction, one DuckDB
/// connection.
///
/// Statements of a session run one after the other; the next one closes a result that is still open.
public final class Session implements AutoCloseable {
    private final Statements statements;
    private final ReentrantLock one = new ReentrantLock();
    private boolean closed;

    Session(Statements statements) {
        this.statements = statements;
    }

    /// Runs one statement.
    ///
    /// @param binds values for `?`, in order
    /// @throws SnowflakeException with Snowflake's code, SQL state and message
    public Result execute(String sql, List<@Nullable Object> binds) {
        one.lock();
        try {
            if (closed) {
                throw SnowflakeError.SESSION_CLOSED.with("The session is closed.");
            }
            return statements.run(sql, binds);
        } finally {
            one.unlock();
        }
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

    public Optional<String> database() {
        return statements.state().scope().database();
    }

    public Optional<String> schema() {
        return statements.state().scope().schema();
    }

    public boolean inTransaction() {
        return statements.state().inTransaction();
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
