package dev.feedline.bench;

import dev.feedline.app.Reach;
import dev.feedline.app.warehouse.RowSink;
import dev.feedline.app.warehouse.SnowflakeClient;
import dev.feedline.app.warehouse.SqlColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// `bench/run warehouse`: what the warehouse's door costs, beside DuckDB alone loading the same
/// Parquet files.
@Command(
        name = "warehouse",
        description =
                "COPY INTO of Parquet files beside DuckDB's own INSERT ... FROM read_parquet, many small files by a"
                        + " pipe, round trips, and rows fetched.")
final class WarehouseMeasurement extends Measurement {
    private static final String BUCKET = "bench-warehouse";
    private static final double MB = 1e6;
    private static final int SMALL_ROWS = 100;
    private static final int WARM_TRIPS = 200;
    private static final long LONGEST_NANOS = 600_000_000_000L;

    /// Rows that a table of orders has: flat, or with a struct and a list, which the warehouse
    /// keeps as VARIANT.
    private enum Shape {
        FLAT(
                "range AS id, TIMESTAMP '2026-11-26 10:00:00' + to_seconds(range % 86400) AS ordered_at,"
                        + " CAST(hash(range) % 10000000 AS DECIMAL(12,2)) / 100 AS amount, 'customer ' || range % 10007"
                        + " AS customer, ['EUR','USD','GBP'][1 + range % 3] AS currency, range % 5 = 0 AS paid,"
                        + " lower(hex(hash(range * 31))) AS note",
                "ID NUMBER(38,0), ORDERED_AT TIMESTAMP_NTZ, AMOUNT NUMBER(38,4), CUSTOMER VARCHAR, CURRENCY VARCHAR, PAID BOOLEAN,"
                        + " NOTE VARCHAR",
                new Peer(
                        "DuckDB",
                        "id BIGINT, ordered_at TIMESTAMP, amount DECIMAL(38,4), customer VARCHAR, currency VARCHAR,"
                                + " paid BOOLEAN, note VARCHAR")),
        NESTED(
                "range AS id, {'name': 'customer ' || range % 10007, 'city': 'city ' || range % 97} AS customer,"
                        + " [{'sku': 'a-' || range % 1000, 'qty': range % 9}] AS items",
                "ID NUMBER(38,0), CUSTOMER VARIANT, ITEMS VARIANT",
                new Peer(
                        "DuckDB",
                        "id BIGINT, customer STRUCT(name VARCHAR, city VARCHAR), items STRUCT(sku VARCHAR, qty BIGINT)[]"),
                // what VARIANT is, too: any value, with the kind that it has in JSON
                new Peer("DuckDB with columns of JSON", "id BIGINT, customer JSON, items JSON"));

        private final String rows;
        private final String columns;
        private final List<Peer> peers;

        Shape(String rows, String columns, Peer... peers) {
            this.rows = rows;
            this.columns = columns;
            this.peers = List.of(peers);
        }
    }

    /// DuckDB alone, and the columns of the table that it loads into.
    private record Peer(String name, String columns) {}

    @Option(names = "--runs", paramLabel = "N", defaultValue = "5", description = "Loads of each kind (default: 5).")
    private int runs = 5;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "2000000",
            description = "Rows of a load, in four files (default: 2000000).")
    private int rows = 2_000_000;

    @Option(names = "--small", paramLabel = "N", defaultValue = "300", description = "Small files (default: 300).")
    private int small = 300;

    @Option(names = "--trips", paramLabel = "N", defaultValue = "2000", description = "Round trips (default: 2000).")
    private int trips = 2_000;

    @Override
    protected String name() {
        return "warehouse";
    }

    @Override
    protected void measure(Path folder, Report report) throws Exception {
        Path home = Path.of(System.getProperty("feedline.home", "."));
        try (FeedlineProcess up =
                        FeedlineProcess.up(home, folder.resolve("data"), Map.of("FEEDLINE_JAVA_OPTIONS", "-Xmx512m"));
                Reach reach = up.reach();
                SnowflakeClient warehouse = reach.warehouse()) {
            S3Client s3 = reach.s3();
            s3.createBucket(request -> request.bucket(BUCKET));
            for (String statement : List.of(
                    "CREATE DATABASE BENCH",
                    "CREATE SCHEMA BENCH.W",
                    "CREATE FILE FORMAT BENCH.W.P TYPE = PARQUET USE_LOGICAL_TYPE = TRUE",
                    "CREATE STAGE BENCH.W.S URL = 's3://" + BUCKET + "/'")) {
                warehouse.rows(statement);
            }
            for (Shape shape : Shape.values()) {
                load(shape, folder, s3, up, warehouse, report);
            }
            smallFiles(folder, s3, up, warehouse, report);
            roundTrips(warehouse, report);
            fetch(warehouse, report);
            report.figure("peak resident memory", Runs.of("MB", up.peakResidentBytes() / MB));
        }
    }

    private void load(
            Shape shape, Path folder, S3Client s3, FeedlineProcess up, SnowflakeClient warehouse, Report report)
            throws Exception {
        String name = shape.name();
        List<Path> files = parquet(shape, folder, 4, rows / 4);
        double megabytes = 0;
        for (Path file : files) {
            s3.putObject(
                    request -> request.bucket(BUCKET).key(name + "/" + file.getFileName()), RequestBody.fromFile(file));
            megabytes += Files.size(file) / MB;
        }
        List<Cost> peers = shape.peers.stream().map(peer -> new Cost()).toList();
        Cost ours = new Cost();
        for (int run = 0; run <= runs; run++) {
            boolean counted = run > 0; // the first one of each is compiled, and finds its files on the disk
            for (int i = 0; i < peers.size(); i++) {
                Spent spent = insert(shape.peers.get(i), folder, files);
                if (counted) {
                    peers.get(i).add(spent);
                }
            }
            Spent spent = copy(shape, "BENCH.W." + name + run, up, warehouse);
            if (counted) {
                ours.add(spent);
            }
        }
        report.note(name + ": " + rows + " rows in four files of Parquet, " + Runs.number(megabytes) + " MB together");
        String copy = name + ", COPY INTO";
        report.figure(copy, ours.rate(rows));
        report.figure(copy + ", Parquet", Runs.of("MB/s", ours.rate(rows).median() / rows * megabytes));
        // A busy machine changes processor time less than the time by the clock.
        report.figure(copy + ", processor time", ours.processorTime());
        report.figure(copy + ", of that threads in DuckDB", ours.processorTimeInDuckDb());
        for (int i = 0; i < peers.size(); i++) {
            String insert = name + ", INSERT ... FROM read_parquet by " + shape.peers.get(i).name;
            report.figure(insert, peers.get(i).rate(rows));
            report.figure(insert + ", processor time", peers.get(i).processorTime());
            report.ratio(name + ", Feedline beside " + shape.peers.get(i).name, copy, insert);
            report.ratio(
                    name + ", processor time, Feedline beside " + shape.peers.get(i).name,
                    copy + ", processor time",
                    insert + ", processor time");
        }
    }

    /// What one load took: by the clock, of a process's processor time, and of that on the threads that call DuckDB or
    /// are its own.
    private record Spent(double seconds, double millis, double duckMillis) {
        /// @param pid of a process that does nothing else
        static Spent of(long pid, Work work) throws SQLException, IOException {
            double duck = duckMillis(pid);
            double before = CpuTime.of(pid);
            long begin = System.nanoTime();
            work.run();
            double seconds = (System.nanoTime() - begin) / 1e9;
            return new Spent(seconds, CpuTime.of(pid) - before, duckMillis(pid) - duck);
        }

        private static double duckMillis(long pid) throws IOException {
            return StageShares.byThreads(pid).getOrDefault("DuckDB", 0.0) * 1000;
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws SQLException, IOException;
    }

    /// What several loads of a kind took.
    private static final class Cost {
        private final List<Spent> loads = new ArrayList<>();

        void add(Spent load) {
            loads.add(load);
        }

        Runs rate(int rows) {
            return new Runs(
                    "rows/s", loads.stream().map(load -> rows / load.seconds()).toList());
        }

        Runs processorTime() {
            return new Runs("ms", loads.stream().map(Spent::millis).toList());
        }

        Runs processorTimeInDuckDb() {
            return new Runs("ms", loads.stream().map(Spent::duckMillis).toList());
        }
    }

    /// What COPY INTO takes until it answers: its rows and its history are committed.
    private Spent copy(Shape shape, String table, FeedlineProcess up, SnowflakeClient warehouse)
            throws SQLException, IOException {
        warehouse.rows("CREATE TABLE " + table + " (" + shape.columns + ")");
        Spent spent = Spent.of(
                up.pid(),
                () -> warehouse.rows("COPY INTO " + table + " FROM @BENCH.W.S/" + shape.name()
                        + "/ FILE_FORMAT = (FORMAT_NAME = 'BENCH.W.P') MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE"));
        String loaded =
                Answer.of(warehouse, "SELECT COUNT(*) FROM " + table).getFirst().getFirst();
        if (!loaded.equals(Integer.toString(rows))) {
            throw new IllegalStateException(loaded + " rows are in " + table + ", not " + rows);
        }
        return spent;
    }

    /// The same files by DuckDB alone, with the threads and the memory that the embedded warehouse
    /// has.
    private static Spent insert(Peer peer, Path folder, List<Path> files) throws SQLException, IOException {
        Path database = folder.resolve("peer.duckdb");
        try (Connection duck = duck(folder, database);
                Statement statement = duck.createStatement()) {
            statement.execute("CREATE TABLE t (" + peer.columns + ")");
            return Spent.of(ProcessHandle.current().pid(), () -> {
                statement.execute("BEGIN");
                for (Path file : files) {
                    statement.execute("INSERT INTO t SELECT * FROM read_parquet('" + file + "')");
                }
                statement.execute("COMMIT");
            });
        } finally {
            Files.deleteIfExists(database);
            Files.deleteIfExists(folder.resolve("peer.duckdb.wal"));
        }
    }

    private void smallFiles(Path folder, S3Client s3, FeedlineProcess up, SnowflakeClient warehouse, Report report)
            throws Exception {
        List<Path> files = parquet(Shape.FLAT, folder, small, SMALL_ROWS);
        for (Path file : files) {
            s3.putObject(
                    request -> request.bucket(BUCKET).key("small/" + file.getFileName()), RequestBody.fromFile(file));
        }
        warehouse.rows("CREATE TABLE BENCH.W.SMALL (" + Shape.FLAT.columns + ")");
        warehouse.rows("CREATE PIPE BENCH.W.SMALL_PIPE AS COPY INTO BENCH.W.SMALL FROM @BENCH.W.S/small/"
                + " FILE_FORMAT = (FORMAT_NAME = 'BENCH.W.P') MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE");
        double cpuBefore = CpuTime.of(up.pid());
        long begin = System.nanoTime();
        warehouse.rows("ALTER PIPE BENCH.W.SMALL_PIPE REFRESH");
        String all = Integer.toString(small * SMALL_ROWS);
        while (!Answer.of(warehouse, "SELECT COUNT(*) FROM BENCH.W.SMALL")
                .getFirst()
                .getFirst()
                .equals(all)) {
            if (System.nanoTime() - begin > LONGEST_NANOS) {
                throw new IllegalStateException("the small files are not loaded after ten minutes");
            }
            Thread.sleep(20);
        }
        report.figure(
                "files of " + SMALL_ROWS + " rows by a pipe, REFRESH to the last row",
                Runs.of("files/s", small / ((System.nanoTime() - begin) / 1e9)));
        report.figure(
                "processor time of the server for each of them",
                Runs.of("ms", (CpuTime.of(up.pid()) - cpuBefore) / small));
    }

    private void roundTrips(SnowflakeClient warehouse, Report report) throws IOException {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < WARM_TRIPS + trips; i++) {
            long begin = System.nanoTime();
            warehouse.rows("SELECT " + i);
            if (i >= WARM_TRIPS) {
                millis.add((System.nanoTime() - begin) / 1e6);
            }
        }
        report.figure("round trip of SELECT n", new Runs("ms", millis));
    }

    private void fetch(SnowflakeClient warehouse, Report report) throws IOException {
        List<Double> each = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            long begin = System.nanoTime();
            Counting counting = new Counting();
            warehouse.query("SELECT * FROM BENCH.W.FLAT0", counting);
            if (counting.rows != rows) {
                throw new IllegalStateException(counting.rows + " rows were fetched, not " + rows);
            }
            each.add(rows / ((System.nanoTime() - begin) / 1e9));
        }
        report.figure("rows of seven columns fetched by feedline's own client", new Runs("rows/s", each));
    }

    private static final class Counting implements RowSink {
        private long rows;

        @Override
        public void columns(List<SqlColumn> columns) {}

        @Override
        public void row(List<@Nullable String> cells) {
            rows++;
        }
    }

    private static List<Path> parquet(Shape shape, Path folder, int files, int rowsEach) throws SQLException {
        List<Path> made = new ArrayList<>();
        try (Connection duck = duck(folder, Path.of(":memory:"));
                Statement statement = duck.createStatement()) {
            for (int file = 0; file < files; file++) {
                Path path = folder.resolve(shape.name() + "-" + rowsEach + "-" + file + ".parquet");
                long from = (long) file * rowsEach;
                statement.execute("COPY (SELECT " + shape.rows + " FROM range(" + from + ", " + (from + rowsEach)
                        + ")) TO '" + path + "' (FORMAT parquet)");
                made.add(path);
            }
        }
        return made;
    }

    private static Connection duck(Path folder, Path database) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("threads", "2");
        settings.setProperty("memory_limit", "512MB");
        settings.setProperty("temp_directory", folder.resolve("duckdb.tmp").toString());
        return DriverManager.getConnection("jdbc:duckdb:" + database, settings);
    }
}
