package dev.feedline.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.app.FeedlineSettings;
import dev.feedline.app.Reach;
import dev.feedline.app.RemotePipeline;
import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.Warehouse;
import dev.feedline.feeds.definition.Definition;
import dev.feedline.feeds.deployment.Rebuild;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `feedline rebuild`, cut wherever it can be.
@Tag("proof")
class RebuildProofTest {
    private static final int KILLED = 128 + 9;

    @TempDir
    private Path folder;

    private WarehouseCopy before;

    @BeforeEach
    void load() throws Exception {
        RebuildTest.fill(folder);
        before = WarehouseCopy.of(folder);
        assertThat(run("sql", "DELETE FROM FEEDLINE.RAW.ORDERS WHERE ID > 1").code())
                .isZero();
    }

    @Test
    void killedBetweenTwoTablesAndRunAgainItGivesTheSame() throws Exception {
        WarehouseCopy broken = WarehouseCopy.of(folder);
        for (String table : List.of("FEEDLINE.OPS.QUARANTINE", "FEEDLINE.RAW.ORDERS", "FEEDLINE.RAW.PRICES")) {
            kill(table);
            WarehouseCopy now = WarehouseCopy.of(folder);
            before.rows()
                    .forEach((name, rows) -> assertThat(now.rows().get(name))
                            .as(name)
                            .isIn(rows, broken.rows().get(name)));
            assertThat(now.rows()).as("what was begun lies beside").hasSizeGreaterThanOrEqualTo(7);
        }
        Ran ran = run("rebuild");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(WarehouseCopy.of(folder)).isEqualTo(before);
    }

    /// SIGKILL when the table is begun.
    private void kill(String table) throws IOException, InterruptedException {
        Process rebuild = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.feedline.app.Main",
                        "rebuild",
                        "--data",
                        folder.toString())
                .start();
        try (BufferedReader said = new BufferedReader(new InputStreamReader(rebuild.getErrorStream(), UTF_8))) {
            String line = said.readLine();
            while (line != null && !line.startsWith(table + ": 0 of")) {
                line = said.readLine();
            }
            assertThat(line).isNotNull();
            rebuild.destroyForcibly();
            assertThat(rebuild.waitFor()).isEqualTo(KILLED);
        }
    }

    @Test
    void cutAtAnyStatementEveryTableIsAsItWasOrAsItShouldBeAndTheNextRunDoesTheRest() throws Exception {
        FeedlineSettings settings = FeedlineSettings.of(folder, Definition.EMPTY, failure -> {
            throw new IllegalStateException(failure);
        });
        try (Reach reach = Reach.open(settings.readingOnly())) {
            RemotePipeline pipeline = RemotePipeline.of(reach);
            WarehouseCopy broken = WarehouseCopy.of(pipeline.warehouse());
            int cuts = 0;
            for (boolean done = false; !done; cuts++) {
                Cut cut = new Cut(pipeline.warehouse(), cuts);
                Rebuild rebuild = new Rebuild(pipeline.s3(), reach.glue(), cut, Buckets.EMBEDDED);
                try {
                    rebuild.run(step -> {});
                    done = true;
                } catch (IOException | IllegalStateException e) {
                    assertThat(cut.left).as(e.toString()).isNegative();
                }
                WarehouseCopy now = WarehouseCopy.of(pipeline.warehouse());
                before.rows()
                        .forEach((table, rows) -> assertThat(now.rows().get(table))
                                .as(table)
                                .isIn(rows, broken.rows().get(table)));
            }
            assertThat(cuts).isGreaterThan(40);
            assertThat(WarehouseCopy.of(pipeline.warehouse())).isEqualTo(before);
        }
    }

    private Ran run(String... words) {
        List<String> all = new java.util.ArrayList<>(List.of(words));
        all.addAll(List.of("--data", folder.toString()));
        return Ran.feedline(all.toArray(String[]::new));
    }

    /// A warehouse that is gone after so many statements.
    private static final class Cut implements Warehouse {
        private final Warehouse warehouse;
        private int left;

        Cut(Warehouse warehouse, int statements) {
            this.warehouse = warehouse;
            this.left = statements;
        }

        @Override
        public List<Map<String, Object>> query(String sql) {
            count();
            return warehouse.query(sql);
        }

        @Override
        public void execute(String sql) {
            count();
            warehouse.execute(sql);
        }

        private void count() {
            if (--left < 0) {
                throw new IllegalStateException("cut");
            }
        }
    }
}
