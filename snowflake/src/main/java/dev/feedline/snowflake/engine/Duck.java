package dev.feedline.snowflake.engine;

import dev.feedline.kernel.Disk;
import dev.feedline.kernel.NativePool;
import dev.feedline.snowflake.ResultColumn;
import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// One DuckDB connection, every call of which runs on the pool's platform threads.
///
/// One statement at a time; an open cursor must be closed before the next.
public final class Duck implements AutoCloseable {
    private final DuckDBConnection connection;
    private final NativePool pool;
    private final Consumer<Duck> onClose;
    private final Consumer<? super SQLException> onFatal;
    private final Sight sight;
    private final ReentrantLock one = new ReentrantLock();
    /// Held on the pool: what nobody waits for any more comes to its end before the next begins.
    private final ReentrantLock working = new ReentrantLock();
    private boolean streaming;
    private volatile @Nullable Statement running;

    Duck(
            DuckDBConnection connection,
            NativePool pool,
            DefinitionChanges changes,
            Consumer<Duck> onClose,
            Consumer<? super SQLException> onFatal) {
        this.connection = connection;
        this.pool = pool;
        this.sight = new Sight(changes);
        this.onClose = onClose;
        this.onFatal = onFatal;
    }

    /// Turns one row into a value; columns count from 1.
    @FunctionalInterface
    public interface Row<T extends @Nullable Object> {
        T read(ResultSet row) throws SQLException;
    }

    /// Work with the connection itself, on a thread of the pool.
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T run(DuckDBConnection connection) throws SQLException;
    }

    /// Several statements that succeed or fail together.
    @FunctionalInterface
    public interface Steps<T extends @Nullable Object> {
        T run() throws SQLException;
    }

    /// Cuts off of a database's log what a power cut has torn, before it is attached.
    ///
    /// @throws SQLException when commits that were acknowledged stand behind damage
    public static void endLogBeforeTear(Path database, Disk disk) throws IOException, SQLException {
        DuckDbLog.endBeforeTear(database, disk);
    }

    public <T extends @Nullable Object> T call(Work<T> work) throws SQLException {
        one.lock();
        try {
            return onPool(() -> alone(work));
        } finally {
            one.unlock();
        }
    }

    private <T extends @Nullable Object> T alone(Work<T> work) throws SQLException {
        working.lock();
        try {
            return work.run(connection);
        } finally {
            working.unlock();
        }
    }

    /// Runs a statement and returns how many rows it changed (0 for DDL).
    public long execute(String sql, @Nullable Object... parameters) throws SQLException {
        return run(sql, false, parameters);
    }

    /// Runs a statement on rows that are definitions.
    public long define(String sql, @Nullable Object... parameters) throws SQLException {
        return run(sql, true, parameters);
    }

    /// What `read` says of definitions and of nothing else; it is asked again when one has changed.
    ///
    /// @param key names the question; those of two questions differ
    /// @param read gives something that does not change
    public <T> T known(Object key, Steps<T> read) throws SQLException {
        one.lock();
        try {
            return sight.known(key, read);
        } finally {
            one.unlock();
        }
    }

    /// @param definitions whether it changes them whatever it looks like
    private long run(String sql, boolean definitions, @Nullable Object... parameters) throws SQLException {
        return call(open -> {
            stream(open, false);
            return sight.around(sql, definitions, () -> {
                try (PreparedStatement statement = open.prepareStatement(sql)) {
                    bind(statement, List.of(), parameters);
                    running = statement;
                    statement.execute();
                    return Math.max(0, statement.getUpdateCount());
                }
            });
        });
    }

    /// Runs a statement once for each row of binds and returns how many rows it changed in all.
    public long executeMany(String sql, List<List<@Nullable Object>> rows) throws SQLException {
        return call(open -> {
            stream(open, false);
            try (PreparedStatement statement = open.prepareStatement(sql)) {
                running = statement;
                long changed = 0;
                for (List<@Nullable Object> row : rows) {
                    bind(statement, row);
                    statement.execute();
                    changed += Math.max(0, statement.getUpdateCount());
                }
                return changed;
            }
        });
    }

    /// What a statement gives and takes.
    public record Shape(List<ResultColumn> columns, int binds) {}

    /// Prepares a statement and asks for its shape.
    public Shape describe(String sql) throws SQLException {
        return call(open -> {
            try (PreparedStatement statement = open.prepareStatement(sql)) {
                List<ResultColumn> columns = new ArrayList<>();
                ResultSetMetaData meta = statement.getMetaData();
                for (int i = 1; i <= meta.getColumnCount(); i++) {
                    columns.add(Values.column(meta.getColumnName(i), meta.getColumnTypeName(i)));
                }
                return new Shape(columns, statement.getParameterMetaData().getParameterCount());
            }
        });
    }

    /// All rows of a query whose result is bounded by what it asks.
    public <T> List<T> query(String sql, Row<T> read, @Nullable Object... parameters) throws SQLException {
        return call(open -> {
            stream(open, false);
            try (PreparedStatement statement = open.prepareStatement(sql)) {
                bind(statement, List.of(), parameters);
                List<T> all = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        all.add(read.read(rows));
                    }
                }
                return all;
            }
        });
    }

    public <T> Optional<T> first(String sql, Row<T> read, @Nullable Object... parameters) throws SQLException {
        return query(sql, read, parameters).stream().findFirst();
    }

    /// Runs the steps in a transaction: commits when they return, rolls back when they throw.
    public <T extends @Nullable Object> T inTransaction(Steps<T> steps) throws SQLException {
        execute("BEGIN TRANSACTION");
        boolean done = false;
        try {
            T result = steps.run();
            execute("COMMIT");
            done = true;
            return result;
        } finally {
            if (!done) {
                rollbackQuietly();
            }
        }
    }

    /// Ends a failed transaction. After a failed COMMIT DuckDB has none, and says so: that is what was
    /// wanted.
    private void rollbackQuietly() throws SQLException {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
                throw e;
            }
        }
    }

    /// Begins a query.
    ///
    /// @param streamed rows come while DuckDB computes them, and it holds few; else it computes all of
    ///     them first (and spills what it cannot hold), which an open transaction needs: the second
    ///     try below would find it aborted
    public Cursor open(String sql, List<@Nullable Object> binds, boolean streamed) throws SQLException {
        return call(open -> {
            try {
                return open(open, sql, binds, streamed);
            } catch (SQLException e) {
                // DuckDB's driver loses the message of an error in a streamed result's first rows; the
                // second try tells it.
                if (streamed && String.valueOf(e.getMessage()).contains("Invalid result set")) {
                    return open(open, sql, binds, false);
                }
                throw e;
            }
        });
    }

    private Cursor open(DuckDBConnection open, String sql, List<@Nullable Object> binds, boolean streamed)
            throws SQLException {
        stream(open, streamed);
        PreparedStatement statement = open.prepareStatement(sql);
        running = statement;
        try {
            bind(statement, binds);
            return new Cursor(this, statement, statement.executeQuery());
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private void stream(DuckDBConnection open, boolean on) throws SQLException {
        if (streaming != on) {
            try (Statement statement = open.createStatement()) {
                statement.execute("SET jdbc_stream_results = " + on);
            }
            streaming = on;
        }
    }

    /// Tells the statement that runs now to stop; it then fails as canceled. Does nothing when none
    /// runs.
    public void cancel() throws SQLException {
        Statement statement = running;
        if (statement != null && !statement.isClosed()) {
            statement.cancel();
        }
    }

    static void bind(PreparedStatement statement, List<@Nullable Object> binds, @Nullable Object... more)
            throws SQLException {
        int i = 1;
        for (Object bind : binds) {
            Binds.set(statement, i++, bind);
        }
        for (Object bind : more) {
            Binds.set(statement, i++, bind);
        }
    }

    @Override
    public void close() throws SQLException {
        onClose.accept(this);
        one.lock();
        try {
            call(this::close);
        } catch (SnowflakeException e) { // from the pool, which is full: left open, it would keep its transaction
            alone(this::close);
        } finally {
            one.unlock();
        }
    }

    private @Nullable Object close(DuckDBConnection open) throws SQLException {
        try {
            open.close();
        } finally {
            sight.ended();
        }
        return null;
    }

    private <T extends @Nullable Object> T onPool(Callable<T> work) throws SQLException {
        try {
            return pool.call(work);
        } catch (SQLException e) {
            if (DuckDbErrors.isFatal(e)) {
                onFatal.accept(e);
            }
            throw e;
        } catch (RejectedExecutionException e) {
            throw SnowflakeError.RESOURCE.with("The warehouse has too many statements waiting", e);
        } catch (RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupt Error: the waiting thread was told to stop", e);
        } catch (Exception e) {
            throw new SQLException("Internal Error: " + e.getMessage(), e);
        }
    }
}
