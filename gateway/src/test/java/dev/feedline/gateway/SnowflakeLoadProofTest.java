package dev.feedline.gateway;

import static dev.feedline.gateway.SnowflakeDriverTest.one;
import static dev.feedline.gateway.SnowflakeDriverTest.query;
import static dev.feedline.gateway.SnowflakeDriverTest.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Much at once through the genuine driver: five million rows in a small heap, twenty sessions while a table grows.
@Tag("proof")
class SnowflakeLoadProofTest {
    private static final int ROWS = 5_000_000;
    private static final int SESSIONS = 20;

    @Test
    void fiveMillionRowsPassThroughABoundedMemory(@TempDir Path folder) throws Exception {
        try (TestDoor door = new TestDoor(folder);
                Connection connection = door.connect(JdbcDriver.CURRENT)) {
            long began = System.nanoTime();
            try (ResultSet rows = query(
                    connection,
                    "select n, 'row ' || n, n * 1.5 from (select seq8() n from table(generator(rowcount => " + ROWS
                            + ")))")) {
                long count = 0;
                long sum = 0;
                while (rows.next()) {
                    count++;
                    sum += rows.getLong(1);
                }
                assertThat(count).isEqualTo(ROWS);
                assertThat(sum).isEqualTo((long) ROWS * (ROWS - 1) / 2);
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            System.out.println(ROWS + " rows in " + millis + " ms, largest heap "
                    + (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
        }
    }

    @Test
    void twentySessionsSeeWholeTransactionsOnly(@TempDir Path folder) throws Exception {
        try (TestDoor door = new TestDoor(folder);
                Connection writer = door.connect(JdbcDriver.CURRENT)) {
            run(writer, "create database busy");
            run(writer, "create table t (a int)");
            AtomicBoolean ended = new AtomicBoolean();
            try (ExecutorService threads = Executors.newFixedThreadPool(SESSIONS)) {
                List<Future<Integer>> readers = new ArrayList<>();
                for (int i = 0; i < SESSIONS; i++) {
                    readers.add(threads.submit(reader(door, ended)));
                }
                writer.setAutoCommit(false);
                for (int i = 0; i < 200; i++) {
                    run(writer, "insert into t values (1)");
                    run(writer, "insert into t values (2)");
                    writer.commit();
                }
                ended.set(true);
                for (Future<Integer> reader : readers) {
                    assertThat(reader.get(2, TimeUnit.MINUTES)).isPositive();
                }
            }
            assertThat(one(writer, "select count(*) from t")).isEqualTo("400");
        }
    }

    /// Reads until the writer has ended; returns how often.
    private static Callable<Integer> reader(TestDoor door, AtomicBoolean ended) {
        return () -> {
            try (Connection connection = door.connect(JdbcDriver.CURRENT, "db", "busy")) {
                int reads = 0;
                while (!ended.get() || reads == 0) {
                    String sum = one(connection, "select count_if(a = 1) - count_if(a = 2) from t");
                    assertThat(sum)
                            .as("a transaction is seen whole or not at all")
                            .isEqualTo("0");
                    reads++;
                }
                return reads;
            }
        };
    }
}
