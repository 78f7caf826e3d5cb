package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the warehouse does with a database or a log that is not what it wrote: it refuses, or serves what is right.
class DamageTest {
    private static final int COMMITS = 6;
    private static final int TRIALS = 24;
    private static final int END_OF_COMMIT = 21;

    @TempDir
    Path folder;

    private int copies;

    /// Commits that stand in the log only, as a crash leaves them.
    private Path crashed() throws IOException {
        Path original = Files.createDirectory(folder.resolve("original"));
        try (TestWarehouse warehouse = new TestWarehouse(original)) {
            warehouse.run("create database d");
            warehouse.run("use schema d.public");
            warehouse.run("create table t (n number, text varchar)");
            warehouse.reopen();
            warehouse.run("use schema d.public");
            for (int i = 0; i < COMMITS; i++) {
                warehouse.run("insert into t select " + i + ", repeat('x', 300)");
            }
            return copy(original);
        }
    }

    @Test
    void aLogCutAnywhereGivesTheCommitsThatAreWhole() throws IOException {
        Path crashed = crashed();
        byte[] log = Files.readAllBytes(file(crashed, ".wal"));
        int before = 0;
        TreeSet<Integer> cuts = new TreeSet<>();
        for (int i = 0; i <= TRIALS; i++) {
            cuts.add(log.length - i * log.length / TRIALS);
        }
        for (int cut : cuts) {
            Path damaged = copy(crashed);
            Files.write(file(damaged, ".wal"), Arrays.copyOf(log, cut));
            List<String> rows = rows(damaged);
            assertThat(rows).as("cut to %d", cut).isEqualTo(expected(rows.size()));
            assertThat(rows.size()).as("cut to %d", cut).isGreaterThanOrEqualTo(before);
            before = rows.size();
        }
        assertThat(before).isEqualTo(COMMITS);
    }

    /// As a power cut leaves it: the log has its length, but some of its last commit never reached the disk.
    @Test
    void aLastCommitOfWhichPartsAreMissingIsCutOff() throws IOException {
        Path crashed = crashed();
        byte[] log = Files.readAllBytes(file(crashed, ".wal"));
        int last = endsOfCommits(log).get(COMMITS - 2);
        Random random = new Random(3);
        for (int trial = 0; trial < TRIALS; trial++) {
            int from = last + random.nextInt(log.length - last);
            int to = trial % 2 == 0 ? log.length : from + 1 + random.nextInt(log.length - from);
            byte[] torn = log.clone();
            Arrays.fill(torn, from, to, (byte) 0);
            Path damaged = copy(crashed);
            Files.write(file(damaged, ".wal"), torn);
            List<String> rows = rows(damaged);
            boolean same = Arrays.equals(torn, log);
            assertThat(rows).as("zeros from %d to %d", from, to).isEqualTo(expected(same ? COMMITS : COMMITS - 1));
            assertThat(rows(damaged)).as("opened again").isEqualTo(rows);
        }
    }

    @Test
    void aLogWhoseFirstCommitNeverReachedTheDiskIsEmpty() throws IOException {
        Path crashed = crashed();
        Files.write(file(crashed, ".wal"), new byte[500]);
        assertThat(rows(crashed)).isEmpty();
    }

    @Test
    void anEarlierCommitOfWhichPartsAreMissingIsRefused() throws IOException {
        Path crashed = crashed();
        byte[] log = Files.readAllBytes(file(crashed, ".wal"));
        List<Integer> ends = endsOfCommits(log);
        for (int commit = 0; commit < COMMITS - 1; commit++) {
            int end = ends.get(commit);
            byte[] torn = log.clone();
            Arrays.fill(torn, end - 50, end - 30, (byte) 0);
            Path damaged = copy(crashed);
            Files.write(file(damaged, ".wal"), torn);
            assertThatThrownBy(() -> rows(damaged))
                    .as("commit %d", commit)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("does not open")
                    .hasMessageContaining("commits that were acknowledged stand behind it");
            assertThat(file(damaged, ".wal")).hasBinaryContent(torn);
        }
    }

    /// DuckDB itself would take it for the log's end, and serve the commits before it.
    @Test
    void aDamagedLengthWithCommitsBehindItIsRefused() throws IOException {
        Path crashed = crashed();
        byte[] log = Files.readAllBytes(file(crashed, ".wal"));
        List<Integer> ends = endsOfCommits(log);
        for (int commit = 1; commit < COMMITS - 1; commit++) {
            byte[] damaged = log.clone();
            damaged[ends.get(commit - 1) + 3] ^= 1; // the fourth byte of its first entry's length
            Path copy = copy(crashed);
            Files.write(file(copy, ".wal"), damaged);
            assertThatThrownBy(() -> rows(copy))
                    .as("commit %d", commit)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("commits that were acknowledged stand behind it");
        }
    }

    /// DuckDB itself takes a log with another head for a stale one; what is served then is still a state that was
    /// committed. The last commit may be taken for one that a power cut tore.
    @Test
    void aFlippedBitInTheLogIsRefusedOrTakenForATornTail() throws IOException {
        Path crashed = crashed();
        byte[] log = Files.readAllBytes(file(crashed, ".wal"));
        Random random = new Random(1);
        int refused = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            int at = trial * log.length / TRIALS;
            byte[] flipped = log.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            Path damaged = copy(crashed);
            Files.write(file(damaged, ".wal"), flipped);
            try {
                List<String> rows = rows(damaged);
                assertThat(rows).as("byte %d of %d", at, log.length).isEqualTo(expected(rows.size()));
            } catch (UncheckedIOException e) {
                assertThat(e).hasMessageContaining("does not open").hasMessageContaining("restore");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(TRIALS * 3 / 4);
    }

    /// Where each commit of the test's rows ends: behind the entry that DuckDB writes last of it.
    private static List<Integer> endsOfCommits(byte[] log) {
        byte[] entry = Arrays.copyOfRange(log, log.length - END_OF_COMMIT, log.length);
        List<Integer> ends = new ArrayList<>();
        for (int end = END_OF_COMMIT; end <= log.length; end++) {
            if (Arrays.equals(log, end - END_OF_COMMIT, end, entry, 0, END_OF_COMMIT)) {
                ends.add(end);
            }
        }
        return ends.subList(ends.size() - COMMITS, ends.size());
    }

    @Test
    void aFlippedBitInTheDatabaseIsRefusedOrHarmless() throws IOException {
        Path original = Files.createDirectory(folder.resolve("original"));
        String sum = "select count(*), sum(n), count(distinct text) from t";
        try (TestWarehouse warehouse = new TestWarehouse(original)) {
            warehouse.run("create database d");
            warehouse.run("use schema d.public");
            warehouse.run(
                    "create table t as select seq4() n, 'row ' || n text from table(generator(rowcount => 50000))");
        }
        byte[] database = Files.readAllBytes(file(original, ".duckdb"));
        Random random = new Random(2);
        int refused = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            byte[] flipped = database.clone();
            flipped[random.nextInt(database.length)] ^= (byte) (1 << random.nextInt(8));
            Path damaged = copy(original);
            Files.write(file(damaged, ".duckdb"), flipped);
            try (TestWarehouse warehouse = new TestWarehouse(damaged)) {
                warehouse.run("use schema d.public");
                assertThat(warehouse.rows(sum)).containsExactly("50000|1249975000|50000");
            } catch (UncheckedIOException | SnowflakeException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private static List<String> rows(Path warehouseFolder) {
        try (TestWarehouse warehouse = new TestWarehouse(warehouseFolder)) {
            warehouse.run("use schema d.public");
            return warehouse.rows("select n from t order by n");
        }
    }

    private static List<String> expected(int commits) {
        return Stream.iterate(0, i -> i + 1).limit(commits).map(String::valueOf).toList();
    }

    private static Path file(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Path copy(Path from) throws IOException {
        Path to = Files.createDirectory(folder.resolve("copy-" + copies++));
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }
}
