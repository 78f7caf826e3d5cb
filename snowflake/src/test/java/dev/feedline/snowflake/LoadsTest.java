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
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a load asks of DuckDB, and what it still holds when it is done.
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
        with(s3, (loads, duck) -> {
            OnError then = onError.equals("CONTINUE") ? OnError.CONTINUE : OnError.SKIP_FILE;
            List<FileOutcome> outcomes = loads.load(duck, request(FileFormat.Type.CSV, then, 2), Optional.empty());
            assertThat(outcomes)
                    .flatExtracting(FileOutcome::failures)
                    .hasSize(2)
                    .allSatisfy(failure -> assertThat(failure.record()).isNull());
            assertThat(duck.query(
                            "SELECT rejected_record FROM \"D\".main._load_errors ORDER BY file",
                            row -> row.getString(1)))
                    .containsExactly("x", "y");
        });
    }

    @Test
    void parquetFilesOfOneShapeAreLoadedByOneInsert() throws Exception {
        MemoryS3 s3 = prepared();
        for (int i = 1; i <= 5; i++) {
            s3.put("lake", String.valueOf(i), ParquetFiles.of("SELECT " + i + (i == 4 ? "::DOUBLE" : "") + " AS a"));
        }
        with(s3, (loads, duck) -> {
            loads.load(duck, request(FileFormat.Type.PARQUET, OnError.SKIP_FILE, 5), Optional.empty());
            assertThat(filesOfInserts(duck)).containsExactly(3, 1, 1);
        });
    }

    @Test
    void ofFilesOfWhichOneIsBadEachIsLoadedByItself() throws Exception {
        MemoryS3 s3 = prepared();
        for (int i = 1; i <= 3; i++) {
            s3.put("lake", String.valueOf(i), ParquetFiles.of("SELECT " + (i == 2 ? "0.5" : "1") + "::DOUBLE AS a"));
        }
        with(s3, (loads, duck) -> {
            loads.load(duck, request(FileFormat.Type.PARQUET, OnError.SKIP_FILE, 3), Optional.empty());
            assertThat(filesOfInserts(duck)).containsExactly(3, 1, 1, 1);
        });
    }

    /// How many files each INSERT so far has read; DuckDB tells of each twice, when it is prepared and when it runs.
    private static List<Integer> filesOfInserts(Duck duck) throws SQLException {
        return duck.query(
                "SELECT regexp_extract_all(message, '/incoming/').len() FROM duckdb_logs WHERE type = 'QueryLog' AND"
                        + " message LIKE 'INSERT INTO \"D\".\"PUBLIC\".\"T\"%' GROUP BY message ORDER BY min(timestamp)",
                row -> row.getInt(1));
    }

    private interface Body {
        void run(Loads loads, Duck duck) throws SQLException;
    }

    private void with(MemoryS3 s3, Body body) throws Exception {
        Ground ground = new Ground(
                new RealDisk(e -> {}), InstantSource.system(), Ids.secure(), Account.LOCAL, new Bell(), e -> {});
        try (Store store = AccountStore.open(folder, ground);
                DuckDb duckDb = DuckDb.open(folder, e -> {});
                Duck duck = duckDb.connect()) {
            new Databases(folder, ground, store).attachAll(duck);
            duck.execute("CALL enable_logging('QueryLog')");
            Tables tables = new Tables(ground);
            Fetcher fetcher = new Fetcher(folder, ground, s3, LocalBodies.NONE);
            body.run(new Loads(ground, tables, fetcher, new LoadHistory(ground, tables)), duck);
        }
    }

    private MemoryS3 prepared() {
        try (TestWarehouse warehouse = TestWarehouse.withLake(folder)) {
            warehouse.run("create table t (a number)");
            return warehouse.s3;
        }
    }

    /// Of the files `1`, `2` and so on.
    private static Loads.Request request(FileFormat.Type type, OnError onError, int files) {
        StageUrl stage = new StageUrl("lake", "");
        Instant now = Instant.now();
        CopySpec spec = new CopySpec(
                new Qualified("D", "PUBLIC", "T"),
                stage,
                stage,
                Optional.empty(),
                CommandParser.defaultFormat(type),
                type == FileFormat.Type.CSV ? MatchBy.NONE : MatchBy.CASE_INSENSITIVE,
                Map.of(),
                Optional.empty());
        return new Loads.Request(
                spec,
                IntStream.rangeClosed(1, files)
                        .mapToObj(i -> new StagedFile("lake", String.valueOf(i), 4, "etag" + i, now))
                        .toList(),
                onError,
                false,
                true,
                Optional.of(new PipeReference("p", new Qualified("D", "PUBLIC", "P"))),
                now);
    }
}
