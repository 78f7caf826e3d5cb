package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.kernel.Account;
import dev.feedline.kernel.Bell;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Ids;
import dev.feedline.kernel.LocalBodies;
import dev.feedline.kernel.RealDisk;
import dev.feedline.kernel.Store;
import dev.feedline.snowflake.catalog.AccountStore;
import dev.feedline.snowflake.catalog.Databases;
import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.catalog.Tables;
import dev.feedline.snowflake.copy.CopySpec;
import dev.feedline.snowflake.copy.Fetcher;
import dev.feedline.snowflake.copy.FileOutcome;
import dev.feedline.snowflake.copy.LoadHistory;
import dev.feedline.snowflake.copy.Loads;
import dev.feedline.snowflake.copy.PipeReference;
import dev.feedline.snowflake.copy.StageUrl;
import dev.feedline.snowflake.copy.StagedFile;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.engine.DuckDb;
import dev.feedline.snowflake.sql.Command.MatchBy;
import dev.feedline.snowflake.sql.CommandParser;
import dev.feedline.snowflake.sql.FileFormat;
import dev.feedline.snowflake.sql.OnError;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a load still holds when it is done.
class LoadsTest {
    @TempDir
    Path folder;

    /// A pipe's batch has 32 files, and the texts of one file's bad rows may be 8 MiB.
    @ParameterizedTest
    @ValueSource(strings = {"CONTINUE", "SKIP_FILE"})
    void theTextsOfBadRowsAreRecordedAndNotKept(String onError) throws Exception {
        MemoryS3 s3 = prepared();
        s3.put("lake", "1", "1\nx\n");
        s3.put("lake", "2", "y\n2\n");
        Ground ground = new Ground(
                new RealDisk(e -> {}), InstantSource.system(), Ids.secure(), Account.LOCAL, new Bell(), e -> {});
        try (Store store = AccountStore.open(folder, ground);
                DuckDb duckDb = DuckDb.open(folder, e -> {});
                Duck duck = duckDb.connect()) {
            new Databases(folder, ground, store).attachAll(duck);
            Tables tables = new Tables(ground);
            Fetcher fetcher = new Fetcher(folder, ground, s3, LocalBodies.NONE);
            Loads loads = new Loads(ground, tables, fetcher, new LoadHistory(ground, tables));
            List<FileOutcome> outcomes = loads.load(duck, request(onError), Optional.empty());
            assertThat(outcomes)
                    .flatExtracting(FileOutcome::failures)
                    .hasSize(2)
                    .allSatisfy(failure -> assertThat(failure.record()).isNull());
            assertThat(duck.query(
                            "SELECT rejected_record FROM \"D\".main._load_errors ORDER BY file",
                            row -> row.getString(1)))
                    .containsExactly("x", "y");
        }
    }

    private MemoryS3 prepared() {
        try (TestWarehouse warehouse = TestWarehouse.withLake(folder)) {
            warehouse.run("create table t (a number)");
            return warehouse.s3;
        }
    }

    private static Loads.Request request(String onError) {
        StageUrl stage = new StageUrl("lake", "");
        CopySpec spec = new CopySpec(
                new Qualified("D", "PUBLIC", "T"),
                stage,
                stage,
                Optional.empty(),
                CommandParser.defaultFormat(FileFormat.Type.CSV),
                MatchBy.NONE,
                Map.of(),
                Optional.empty());
        Instant now = Instant.now();
        return new Loads.Request(
                spec,
                List.of(new StagedFile("lake", "1", 4, "a", now), new StagedFile("lake", "2", 4, "b", now)),
                onError.equals("CONTINUE") ? OnError.CONTINUE : OnError.SKIP_FILE,
                false,
                true,
                Optional.of(new PipeReference("p", new Qualified("D", "PUBLIC", "P"))),
                now);
    }
}
