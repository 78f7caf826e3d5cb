package dev.feedline.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a store does with a database or a log that is not what it wrote.
class StoreDamageTest {
    private static final List<String> SCHEMA = List.of("CREATE TABLE thing (id INTEGER PRIMARY KEY, body BLOB)");
    private static final int COMMITS = 4;
    private static final int DISK_PAGE = 4096;
    private static final int LOG_HEAD = 32;

    @TempDir
    Path folder;

    private byte[] database = {};
    private byte[] log = {};
    /// The log's size after each commit, from 0 commits on.
    private final List<Integer> sizes = new ArrayList<>();

    /// Four commits of two pages or more, as a crash leaves them: the log is not yet in the database.
    @BeforeEach
    void write() throws IOException, SQLException {
        Path file = folder.resolve("original.db");
        Path logFile = folder.resolve("original.db-wal");
        open(file).close();
        try (Connection connection = connect(file)) {
            for (int i = 0; i < COMMITS; i++) {
                sizes.add(Files.exists(logFile) ? (int) Files.size(logFile) : 0);
                insert(connection);
            }
            sizes.add((int) Files.size(logFile));
            database = Files.readAllBytes(file);
            log = Files.readAllBytes(logFile);
        }
    }

    private static Connection connect(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        execute(connection, "PRAGMA journal_mode = WAL");
        execute(connection, "PRAGMA wal_autocheckpoint = 0");
        execute(connection, "PRAGMA synchronous = OFF"); // what is forced and what is not is the tests' own
        return connection;
    }

    private static void insert(Connection connection) throws SQLException {
        execute(connection, "INSERT INTO thing (body) VALUES (randomblob(5000))");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Store open(Path file) throws IOException {
        return Store.open(file, new RealDisk(failure -> {}), SCHEMA, failure -> {});
    }

    private int rowsAfterOpening(byte[] damagedDatabase, byte[] damagedLog) throws IOException {
        Path copy = Files.createTempDirectory(folder, "copy");
        Files.write(copy.resolve("a.db"), damagedDatabase);
        Files.write(copy.resolve("a.db-wal"), damagedLog);
        try (Store store = open(copy.resolve("a.db"))) {
            return store.read(tx -> tx.query("SELECT body FROM thing ORDER BY id", row -> row.getBytes(1)))
                    .size();
        }
    }

    @Test
    void aLogCutAnywhereGivesEveryCommitThatIsWhole() throws IOException {
        int last = sizes.get(COMMITS - 2);
        for (int cut = last; cut <= log.length; cut += cut % 512 < 3 || cut > log.length - 8 ? 1 : 127) {
            int size = cut;
            long whole = sizes.stream().skip(1).filter(end -> end <= size).count();
            assertThat(rowsAfterOpening(database, Arrays.copyOf(log, cut)))
                    .as("cut to %d", cut)
                    .isEqualTo((int) whole);
        }
    }

    @Test
    void anyFlippedBitBeforeTheLastCommitIsFound() {
        Random random = new Random(3);
        int last = sizes.get(COMMITS - 1);
        assertThat(WriteAheadLog.damagedAt(ByteBuffer.wrap(log))).isEqualTo(-1);
        for (int at = 0; at < last; at++) {
            byte[] damaged = log.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            assertThat(WriteAheadLog.damagedAt(ByteBuffer.wrap(damaged)))
                    .as("byte %d", at)
                    .isBetween(0L, (long) at);
        }
    }

    @Test
    void aFlippedBitInTheLastCommitMayBeATornTail() throws IOException {
        Random random = new Random(4);
        for (int at = sizes.get(COMMITS - 1); at < log.length; at += 101) {
            byte[] damaged = log.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            if (WriteAheadLog.damagedAt(ByteBuffer.wrap(damaged)) < 0) {
                assertThat(rowsAfterOpening(database, damaged))
                        .as("byte %d", at)
                        .isEqualTo(COMMITS - 1);
            }
        }
    }

    @Test
    void aDamagedLogIsRefusedWithItsPlaceAndLeftAsItIs() throws IOException {
        byte[] damaged = log.clone();
        damaged[sizes.get(1) + 100] ^= 1;
        assertThatThrownBy(() -> rowsAfterOpening(database, damaged))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("-wal is damaged at byte")
                .hasMessageContaining("restore");
    }

    @Test
    void whatAnEarlierRoundOfTheLogLeftBehindIsNoDamage() throws IOException, SQLException {
        Path file = folder.resolve("rounds.db");
        byte[] rounds;
        open(file).close();
        try (Connection connection = connect(file)) {
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 10 - 3 * round; i++) {
                    insert(connection);
                }
                execute(connection, "PRAGMA wal_checkpoint(RESTART)");
            }
            insert(connection);
            rounds = Files.readAllBytes(folder.resolve("rounds.db-wal"));
        }
        assertThat(WriteAheadLog.damagedAt(ByteBuffer.wrap(rounds))).isEqualTo(-1);
    }

    /// A cut in the middle of a commit leaves some of the disk's pages, in no order; the next life writes over them.
    @Test
    void whatAPowerCutTearsIsNoDamage() throws IOException, SQLException {
        for (int seed = 0; seed < 120; seed++) {
            Random random = new Random(seed);
            Path file = Files.createTempDirectory(folder, "cuts").resolve("cuts.db");
            Path logFile = file.resolveSibling("cuts.db-wal");
            open(file).close();
            int forced = 0;
            for (int life = 0; life < 5; life++) {
                forced += tear(file, logFile, random);
                byte[] left = Files.readAllBytes(logFile);
                assertThat(WriteAheadLog.damagedAt(ByteBuffer.wrap(left)))
                        .as("seed %d, life %d", seed, life)
                        .isEqualTo(-1);
                int rows = rowsAfterOpening(Files.readAllBytes(file), left);
                assertThat(rows).as("seed %d, life %d", seed, life).isGreaterThanOrEqualTo(forced);
                forced = rows;
            }
        }
    }

    /// A life with some commits that are forced, and one of which each page of the disk may be there or not.
    ///
    /// @return how many commits were forced
    private static int tear(Path file, Path logFile, Random random) throws IOException, SQLException {
        int whole = random.nextInt(3);
        byte[] pages;
        byte[] before;
        byte[] after;
        try (Connection connection = connect(file)) {
            WriteAheadLog.startAnew(connection);
            int earlier = random.nextInt(4);
            for (int i = 0; i < earlier; i++) {
                execute(connection, "INSERT INTO thing (body) VALUES (randomblob(" + random.nextInt(15_000) + "))");
            }
            whole += earlier;
            if (random.nextBoolean()) {
                execute(connection, "PRAGMA wal_checkpoint(RESTART)");
            }
            for (int i = earlier; i < whole; i++) {
                execute(connection, "INSERT INTO thing (body) VALUES (randomblob(" + random.nextInt(15_000) + "))");
            }
            before = Files.exists(logFile) ? Files.readAllBytes(logFile) : new byte[0];
            execute(connection, "INSERT INTO thing (body) VALUES (randomblob(" + random.nextInt(15_000) + "))");
            pages = Files.readAllBytes(file);
            after = Files.readAllBytes(logFile);
        }
        byte[] left = Arrays.copyOf(before, random.nextBoolean() ? after.length : Math.max(LOG_HEAD, before.length));
        System.arraycopy(after, 0, left, 0, LOG_HEAD); // it is forced before what follows is written
        for (int page = 0; page < left.length; page += DISK_PAGE) {
            if (random.nextBoolean()) {
                System.arraycopy(after, page, left, page, Math.min(DISK_PAGE, left.length - page));
            }
        }
        Files.write(file, pages); // a killed process does not tidy up, as the connection's end has done
        Files.write(logFile, left);
        return whole;
    }

    @Test
    void aStoreThatOpensLeavesNothingOfTheLogBehind() throws IOException {
        Path file = folder.resolve("anew.db");
        Files.write(file, database);
        Files.write(folder.resolve("anew.db-wal"), log);
        try (Store store = open(file)) {
            assertThat(Files.size(folder.resolve("anew.db-wal"))).isZero();
            List<Integer> ids = store.read(tx -> tx.query("SELECT id FROM thing", row -> row.getInt(1)));
            assertThat(ids).hasSize(COMMITS);
        }
    }

    @Test
    void aDatabaseWithoutItsHeadIsRefused() {
        byte[] damaged = database.clone();
        Arrays.fill(damaged, 0, 16, (byte) 'x');
        assertThatThrownBy(() -> rowsAfterOpening(damaged, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a.db cannot be opened");
    }
}
