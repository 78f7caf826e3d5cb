package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` at random moments of loading: rows and load history always agree, and at the end every
/// row is there once.
///
/// `-Dfeedline.kills=N` says how often; only kills while files still wait are counted.
@Tag("proof")
class KillProofTest {
    private static final int KILLS = Integer.getInteger("feedline.kills", 12);
    private static final int FIRST_FILES = 60;
    private static final int ROWS = 3_000;
    private static final int LONGEST_LIFE_MILLIS = 1000;
    private static final Duration LONGEST_END = Duration.ofMinutes(5);

    @Test
    void rowsAndHistoryAgreeAfterEveryKill(@TempDir Path folder, @TempDir Path files) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int within = 0;
        int tries = 0;
        int staged = 0;
        long loaded = 0;
        int waiting = FIRST_FILES;
        while (within < KILLS) {
            int kill = ++tries;
            assertThat(kill).as("kills, of which %d met a load", within).isLessThan(2 * KILLS);
            for (; staged < loaded + waiting; staged++) {
                Files.write(
                        files.resolve(staged + ".parquet"),
                        ParquetFiles.of("SELECT i id, '" + staged + "' file FROM range(" + ROWS + ") r(i)"));
            }
            Process process = KilledLoader.start(folder, files);
            try (BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                assertThat(said.readLine()).isEqualTo("loading");
                process.waitFor(random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS);
                process.destroyForcibly().waitFor();
            }
            try (TestWarehouse warehouse = new TestWarehouse(folder)) {
                warehouse.run("use schema d.public");
                assertThat(warehouse.rows("select (select count(*) from t) = " + ROWS
                                + " * (select count(*) from table(information_schema.copy_history(table_name => 'T',"
                                + " start_time => dateadd(hour, -1, current_timestamp()))))"))
                        .as("seed %d, kill %d", seed, kill)
                        .containsExactly("true");
                assertThat(warehouse.rows("select count(*) - count(distinct file || '/' || id) from t"))
                        .as("seed %d, kill %d", seed, kill)
                        .containsExactly("0");
                loaded = Long.parseLong(warehouse.rows("select count(*) from t").getFirst()) / ROWS;
            }
            if (loaded < staged) {
                within++;
            } else {
                waiting *= 2; // a fast machine loads them all before its kill
            }
        }
        System.out.println("kills while files waited: " + within + " of " + tries + ", seed " + seed);
        try (TestWarehouse warehouse = new TestWarehouse(folder)) {
            warehouse.run("use schema d.public");
            KilledLoader.stage(warehouse, files);
            warehouse.snowflake.start();
            long end = System.nanoTime() + LONGEST_END.toNanos();
            String all = String.valueOf((long) staged * ROWS);
            while (!warehouse.status("select count(*) from t").equals(all) && System.nanoTime() < end) {
                LockSupport.parkNanos(100_000_000);
            }
            assertThat(warehouse.rows("select count(*), count(distinct file || '/' || id) from t"))
                    .as("seed %d", seed)
                    .containsExactly(all + "|" + all);
        }
    }
}
