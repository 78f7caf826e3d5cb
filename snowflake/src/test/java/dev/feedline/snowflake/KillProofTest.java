package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` at random moments of loading: rows and load history always agree, and at the end every
/// row is there once.
@Tag("proof")
class KillProofTest {
    private static final int FILES = 60;
    private static final int ROWS = 20_000;
    private static final int KILLS = 12;

    @Test
    void rowsAndHistoryAgreeAfterEveryKill(@TempDir Path folder, @TempDir Path files) throws Exception {
        for (int i = 0; i < FILES; i++) {
            Files.write(
                    files.resolve(i + ".parquet"),
                    ParquetFiles.of("SELECT i id, '" + i + "' file FROM range(" + ROWS + ") r(i)"));
        }
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = KilledLoader.start(folder, files);
            try (BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                assertThat(said.readLine()).isEqualTo("loading");
                process.waitFor(random.nextInt(700), TimeUnit.MILLISECONDS);
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
            }
        }
        try (TestWarehouse warehouse = new TestWarehouse(folder)) {
            warehouse.run("use schema d.public");
            KilledLoader.stage(warehouse, files);
            warehouse.snowflake.start();
            warehouse.await(
                    "select count(*), count(distinct file || '/' || id) from t", FILES * ROWS + "|" + FILES * ROWS);
        }
    }
}
