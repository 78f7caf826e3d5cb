package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.kernel.Account;
import dev.feedline.kernel.Bell;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Ids;
import dev.feedline.kernel.LocalBodies;
import dev.feedline.kernel.RealDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A warehouse over fakes of S3 and SQS, and one session of it.
final class TestWarehouse implements AutoCloseable {
    final Path folder;
    final MemoryS3 s3 = new MemoryS3();
    final Bell bell = new Bell();
    final MemorySqs sqs = new MemorySqs(bell);
    final List<Exception> failures = new CopyOnWriteArrayList<>();
    /// How far the clock is ahead of the system's.
    java.time.Duration ahead = java.time.Duration.ZERO;
    EmbeddedSnowflake snowflake;
    Session session;

    TestWarehouse(Path folder) {
        this.folder = folder;
        this.snowflake = open();
        this.session = snowflake.openSession();
    }

    /// One with a database D, and a stage S over the bucket `lake`.
    static TestWarehouse withLake(Path folder) {
        TestWarehouse warehouse = new TestWarehouse(folder);
        warehouse.run("create database d");
        warehouse.run("create stage s url = 's3://lake/'");
        return warehouse;
    }

    /// Puts an object on that stage.
    void put(String name, String text) {
        s3.put("lake", name, text);
    }

    /// Asserts that a statement fails so.
    void refuses(String sql, String state, String message) {
        assertThatThrownBy(() -> run(sql)).as(sql).isInstanceOfSatisfying(SnowflakeException.class, e -> {
            assertThat(e.getMessage()).as(sql).contains(message);
            assertThat(e.sqlState()).as(sql).isEqualTo(state);
        });
    }

    private EmbeddedSnowflake open() {
        Ground ground = new Ground(
                new RealDisk(failures::add),
                () -> java.time.Instant.now().plus(ahead),
                Ids.secure(),
                Account.LOCAL,
                bell,
                failures::add);
        try {
            return EmbeddedSnowflake.open(folder, ground, s3, sqs, LocalBodies.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the warehouse and opens its folder again.
    void reopen() {
        snowflake.close();
        snowflake = open();
        session = snowflake.openSession();
    }

    /// Without what earlier tests made, and with a session of its own; the users and the pipes' queue stay.
    void fresh() {
        session.close();
        session = snowflake.openSession();
        for (String kind : List.of("database", "integration")) {
            column("show " + kind + "s", "name").forEach(name -> run("drop " + kind + " \"" + name + "\""));
        }
        s3.clear();
        ahead = java.time.Duration.ZERO;
    }

    Result run(String sql, @Nullable Object... binds) {
        return session.execute(sql, java.util.Arrays.asList(binds));
    }

    /// The rows, each as its values' texts joined by `|`.
    List<String> rows(String sql, @Nullable Object... binds) {
        return run(sql, binds).all().stream().map(TestWarehouse::text).toList();
    }

    String status(String sql) {
        return rows(sql).getFirst();
    }

    List<String> names(String sql) {
        return run(sql).columns().stream().map(ResultColumn::name).toList();
    }

    List<String> types(String sql) {
        return run(sql).columns().stream().map(column -> column.type().sql()).toList();
    }

    /// Waits until a query answers these rows.
    void await(String sql, String... expected) {
        long end = System.nanoTime() + java.time.Duration.ofSeconds(60).toNanos();
        List<String> rows = rows(sql);
        while (!rows.equals(List.of(expected)) && System.nanoTime() < end) {
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
            rows = rows(sql);
        }
        assertThat(rows).containsExactly(expected);
    }

    /// One column of a result by its name.
    List<String> column(String sql, String name) {
        Result result = run(sql);
        int index = result.columns().stream().map(ResultColumn::name).toList().indexOf(name);
        return result.all().stream().map(row -> String.valueOf(row.get(index))).toList();
    }

    static String text(List<@Nullable Object> row) {
        return String.join("|", row.stream().map(TestWarehouse::text).toList());
    }

    private static String text(@Nullable Object value) {
        return value instanceof java.math.BigDecimal decimal ? decimal.toPlainString() : String.valueOf(value);
    }

    /// Of files that were fetched to be loaded.
    void nothingIsLeft() throws IOException {
        try (var left = java.nio.file.Files.list(folder.resolve("incoming"))) {
            assertThat(left).isEmpty();
        }
    }

    @Override
    public void close() {
        snowflake.close();
    }
}
