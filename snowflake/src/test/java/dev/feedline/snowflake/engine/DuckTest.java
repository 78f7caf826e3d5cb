package dev.feedline.snowflake.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.kernel.NativePool;
import dev.feedline.snowflake.SnowflakeException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A connection whose pool is busy: what it believes of its transaction is what became of it.
class DuckTest {
    private final DefinitionChanges changes = new DefinitionChanges();
    private final NativePool pool = new NativePool("test", 1, 1);
    private final List<CountDownLatch> latches = new ArrayList<>();
    private DuckDBConnection root;
    private Duck duck;

    @BeforeEach
    void open() throws SQLException {
        root = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
        duck = new Duck(root.duplicate(), pool, changes, closed -> {}, fatal -> {});
    }

    @AfterEach
    void close() throws SQLException {
        latches.forEach(CountDownLatch::countDown);
        pool.close();
        root.close();
    }

    @Test
    void aCommitThatThePoolRefusesEndsNothing() throws Exception {
        duck.execute("BEGIN TRANSACTION");
        duck.execute("CREATE TABLE t (a INTEGER)");
        List<FutureTask<Object>> busy = fill();
        assertThatThrownBy(() -> duck.execute("COMMIT"))
                .isInstanceOf(SnowflakeException.class)
                .hasMessageContaining("too many statements waiting");
        assertThat(changes.settled()).as("its change is under way").isEmpty();
        free(busy);
        duck.execute("COMMIT");
        assertThat(changes.settled()).isPresent();
        assertThat(tables()).isEqualTo(1);
    }

    @Test
    void aCommitGoesOnWhenItsWaiterIsToldToStop() throws Exception {
        duck.execute("BEGIN TRANSACTION");
        duck.execute("CREATE TABLE t (a INTEGER)");
        CountDownLatch started = new CountDownLatch(1);
        FutureTask<Object> busy = occupy(started);
        started.await();
        FutureTask<Object> commit = new FutureTask<>(() -> duck.execute("COMMIT"));
        Thread waiter = Thread.ofPlatform().start(commit);
        waiter.interrupt();
        waiter.join();
        assertThatThrownBy(commit::get).hasRootCauseInstanceOf(InterruptedException.class);
        assertThat(changes.settled()).as("the COMMIT has not run").isEmpty();
        free(List.of(busy));
        pool.call(() -> true); // behind it
        assertThat(changes.settled()).isPresent();
        assertThat(tables()).isEqualTo(1);
    }

    @Test
    void aConnectionThatIsClosedWhileThePoolIsFullTakesItsTransactionBack() throws Exception {
        duck.execute("BEGIN TRANSACTION");
        duck.execute("CREATE TABLE t (a INTEGER)");
        assertThat(changes.settled()).isEmpty();
        List<FutureTask<Object>> busy = fill();
        duck.close();
        assertThat(changes.settled()).isPresent();
        free(busy);
        assertThat(tables()).isZero();
    }

    private int tables() throws SQLException {
        try (var statement = root.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM duckdb_tables()")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /// The pool's thread is busy, and so is the place to wait for it.
    ///
    /// @return what keeps them so
    private List<FutureTask<Object>> fill() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        FutureTask<Object> running = occupy(started);
        started.await();
        FutureTask<Object> one = occupy(new CountDownLatch(1));
        FutureTask<Object> other = occupy(new CountDownLatch(1));
        while (!one.isDone() && !other.isDone()) { // there is room for one of them
            Thread.onSpinWait();
        }
        return List.of(running, one.isDone() ? other : one);
    }

    private FutureTask<Object> occupy(CountDownLatch started) {
        CountDownLatch ends = new CountDownLatch(1);
        latches.add(ends);
        FutureTask<Object> task = new FutureTask<>(() -> pool.call(() -> {
            started.countDown();
            ends.await();
            return true;
        }));
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    private void free(List<FutureTask<Object>> busy) throws Exception {
        latches.forEach(CountDownLatch::countDown);
        for (FutureTask<Object> task : busy) {
            task.get();
        }
    }
}
