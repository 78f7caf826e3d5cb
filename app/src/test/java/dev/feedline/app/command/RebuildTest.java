package dev.feedline.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.app.TestingFeedline;
import dev.feedline.feeds.FileState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/// `feedline rebuild` gives the tables that were there, whatever became of them, and whenever it was cut.
class RebuildTest {
    static final String DEFINITION = """
            feeds:
              orders: { schema: { columns: { amount: "decimal(12,2)", tags: array<string> } } }
              prices: {}
              held: { quarantine: { max-rows: 0 } }
              nothing: {}
            """;

    private static Path filled;
    private static WarehouseCopy before;

    @TempDir
    private Path temp;

    private Path folder;

    @BeforeAll
    static void load(@TempDir Path shared) throws Exception {
        filled = shared.resolve("filled");
        fill(filled);
        before = WarehouseCopy.of(filled);
    }

    @BeforeEach
    void copy() throws IOException {
        folder = temp.resolve("data");
        copy(filled, folder);
    }

    /// A folder that nobody serves, with all its rights.
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : (Iterable<Path>) all::iterator) {
                Files.copy(one, to.resolve(from.relativize(one)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /// Files of every kind: two schemas of one feed, bad rows, an empty one, one that is held, one that came twice.
    static void fill(Path folder) throws Exception {
        try (TestingFeedline feedline = TestingFeedline.start(folder, DEFINITION)) {
            feedline.put(
                    "orders/1.jsonl",
                    "{\"id\":1,\"amount\":1.10,\"tags\":[\"a\",null]}\nnonsense\n{\"id\":2,\"amount\":\"x\"}\n{\"id\":3}\n"
                            .getBytes(UTF_8));
            feedline.put(
                    "orders/2.jsonl",
                    "{\"id\":4,\"who\":{\"n\":\"Zoë\",\"k\":[1,2.5]},\"at\":\"2026-01-02T03:04:05Z\"}\n"
                            .getBytes(UTF_8));
            feedline.put("orders/1.jsonl", "{\"id\":5}\n".getBytes(UTF_8));
            feedline.put("orders/1.jsonl", "{\"id\":5}\n".getBytes(UTF_8));
            feedline.put("prices/it's 100%.csv", "sku,price\n007,1.5\n008\n009,2\n".getBytes(UTF_8));
            feedline.put("held/1.jsonl", "{\"id\":1}\nnonsense\n".getBytes(UTF_8));
            feedline.put("nothing/1.jsonl", new byte[0]);
            feedline.sql("CREATE TABLE FEEDLINE.RAW.MINE (A INT, B VARCHAR(3))");
            feedline.sql("INSERT INTO FEEDLINE.RAW.MINE VALUES (1, 'own')");
        }
    }

    @Test
    void whatStatementsDidToTheTablesIsUndoneAndWhatIsNotOfAFeedStays() throws Exception {
        assertThat(before.rows()).hasSize(7);
        assertThat(before.rows().get("FEEDLINE.RAW.ORDERS")).hasSize(1 + 4);
        assertThat(before.rows().get("FEEDLINE.RAW.PRICES")).hasSize(1 + 2);
        assertThat(before.rows().get("FEEDLINE.OPS.QUARANTINE")).hasSize(1 + 3);
        for (String sql : List.of(
                "DELETE FROM FEEDLINE.RAW.ORDERS WHERE ID = 1",
                "UPDATE FEEDLINE.RAW.ORDERS SET AMOUNT = 7",
                "INSERT INTO FEEDLINE.RAW.PRICES SELECT * FROM FEEDLINE.RAW.PRICES",
                "TRUNCATE TABLE FEEDLINE.OPS.RECEIPTS",
                "DROP TABLE FEEDLINE.OPS.QUARANTINE")) {
            assertThat(run("sql", sql).code()).as(sql).isZero();
        }
        Ran ran = run("rebuild", "--json");
        assertThat(ran.err()).contains("FEEDLINE.RAW.ORDERS: 3 of 3 objects, 4 rows");
        assertThat(ran.code()).isZero();
        assertThat(ran.json().toString())
                .contains("{\"table\":\"FEEDLINE.RAW.ORDERS\",\"objects\":3,")
                .contains("\"rowsBefore\":3,\"rows\":4}");
        WarehouseCopy after = WarehouseCopy.of(folder);
        assertThat(after.rows()).isEqualTo(before.rows());
        // What was truncated or dropped keeps the history of its former loads beside that of the new one.
        for (String table : List.of("FEEDLINE.RAW.ORDERS", "FEEDLINE.RAW.PRICES", "FEEDLINE.RAW.HELD")) {
            assertThat(after.history().get(table)).isEqualTo(before.history().get(table));
        }
        itGoesOn();
    }

    @Test
    void aWarehouseWhoseFilesAreGoneIsMadeAnewFromTheLake() throws Exception {
        TemporaryFolder.delete(folder.resolve("snowflake"));
        Ran dry = run("rebuild", "--dry-run");
        assertThat(dry.out())
                .containsPattern("FEEDLINE.RAW.ORDERS +3 +[0-9,]+ +no table")
                .containsPattern("FEEDLINE.OPS.RECEIPTS +7 +[0-9,]+ +no table");
        Ran ran = run("rebuild");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .containsPattern("FEEDLINE.RAW.ORDERS +3 +[0-9,]+ +0 +4")
                .contains("· 0 unaccounted");
        assertThat(WarehouseCopy.of(folder)).isEqualTo(before.without("FEEDLINE.RAW.MINE"));
        itGoesOn();
    }

    /// Every file is as it was, nothing is loaded twice, and the next one arrives.
    private void itGoesOn() throws Exception {
        assertThat(run("sql", "CREATE TABLE FEEDLINE.RAW.PRICES$REBUILD (A INT)")
                        .code())
                .isZero();
        try (TestingFeedline feedline = TestingFeedline.start(folder, DEFINITION)) {
            assertThat(feedline.sql("SHOW TABLES LIKE '%$REBUILD' IN ACCOUNT"))
                    .as("what a rebuild that was cut left goes at the start")
                    .isEmpty();
            for (String pipe :
                    List.of("RAW.ORDERS_PIPE", "RAW.PRICES_PIPE", "OPS.RECEIPTS_PIPE", "OPS.QUARANTINE_PIPE")) {
                assertThat(feedline.sql("ALTER PIPE FEEDLINE." + pipe + " REFRESH"))
                        .isEmpty();
            }
            assertThat(feedline.put("orders/9.jsonl", "{\"id\":9}\n".getBytes(UTF_8))
                            .state())
                    .isEqualTo(FileState.State.BALANCED);
            assertThat(feedline.sql("SELECT COUNT(*) AS N FROM FEEDLINE.RAW.ORDERS")
                            .getFirst())
                    .containsEntry("N", "5");
        }
    }

    @Test
    void aDryRunChangesNothingAndARunningServerIsNotDisturbed() throws Exception {
        assertThat(run("sql", "DELETE FROM FEEDLINE.RAW.ORDERS").code()).isZero();
        WarehouseCopy emptied = WarehouseCopy.of(folder);
        Ran dry = run("rebuild", "--dry-run");
        assertThat(dry.code()).isZero();
        assertThat(dry.out()).containsPattern("FEEDLINE.RAW.ORDERS +3 +[0-9,]+ +0\n");
        assertThat(WarehouseCopy.of(folder)).isEqualTo(emptied);
        try (TestingFeedline feedline = TestingFeedline.start(folder, DEFINITION)) {
            Ran refused = run("rebuild");
            assertThat(refused.code()).isEqualTo(ExitCode.ERROR);
            assertThat(refused.err())
                    .contains("A Feedline serves the data folder " + folder + " at "
                            + feedline.reach().server().endpoint())
                    .contains("Stop it, rebuild, and start it again.");
        }
    }

    @Test
    void anObjectThatCannotBeLoadedIsNamedAndTheTableStays() throws Exception {
        try (TestingFeedline feedline = TestingFeedline.start(folder, DEFINITION)) {
            feedline.s3()
                    .putObject(
                            request -> request.bucket("feedline-lake").key("data/prices/zzz.parquet"),
                            RequestBody.fromString("no parquet"));
        }
        WarehouseCopy there = WarehouseCopy.of(folder);
        Ran ran = run("rebuild");
        assertThat(ran.code()).isEqualTo(ExitCode.ERROR);
        assertThat(ran.err())
                .contains("The rebuild stopped at FEEDLINE.RAW.PRICES, which is as it was")
                .contains("zzz.parquet")
                .contains("remove it from its bucket");
        assertThat(WarehouseCopy.of(folder).rows().get("FEEDLINE.RAW.PRICES"))
                .isEqualTo(there.rows().get("FEEDLINE.RAW.PRICES"));
    }

    private Ran run(String... words) {
        List<String> all = new java.util.ArrayList<>(List.of(words));
        all.addAll(List.of("--data", folder.toString()));
        return Ran.feedline(all.toArray(String[]::new));
    }
}
