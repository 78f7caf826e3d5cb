package dev.feedline.bench;

import dev.feedline.app.Reach;
import dev.feedline.app.RemotePipeline;
import dev.feedline.app.Upload;
import dev.feedline.app.spark.SparkHome;
import dev.feedline.convert.Keys;
import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.FeedCatalog;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.Names;
import dev.feedline.glue.RunLogs;
import dev.feedline.testkit.OrdersFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/// `bench/run glue`: what a Glue job costs, the pipeline's inside Feedline and on Spark, and a user's that does the
/// same with Spark's own reader and writer.
///
/// All of them read the same landing objects in the same server, and each kind begins in a server that has just
/// started: its first run is the cold one.
@Command(
        name = "glue",
        description =
                "The pipeline's job on the same landed rows, native and on Spark, beside Spark's own read.json and"
                        + " write.parquet as a user's job: cold and warm, time, processor time, memory.")
final class GlueMeasurement extends Measurement {
    private static final String NATIVE_FEED = "orders_native";
    private static final String SPARK_FEED = "orders_spark";
    private static final String DEFINITION =
            "feeds: { " + NATIVE_FEED + ": {}, " + SPARK_FEED + ": { convert: { engine: spark } } }\n";
    private static final String SPARK_JOB = "feedline-json-to-parquet-spark";
    private static final String OWN_JOB = "read-json-write-parquet";
    private static final String SCRIPT_JOB = "first-line";
    private static final String BUCKET = "bench-glue";
    private static final String SCRIPT = """
            object FirstLine {
              def main(args: Array[String]): Unit = println("first line at " + System.currentTimeMillis())
            }
            """;
    private static final long SEED = 20261127;
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final double MB = 1e6;
    private static final Pattern FIRST_LINE = Pattern.compile("first line at (\\d+)");
    private static final Pattern ROWS = Pattern.compile("rows written: (\\d+)");
    /// Where landed objects are while the job looks and finds none.
    private static final String HELD = "held/";

    @Option(names = "--mb", paramLabel = "N", defaultValue = "200", description = "Size of the file (default: 200).")
    private long megabytes = 200;

    @Option(names = "--runs", paramLabel = "N", defaultValue = "3", description = "Warm runs of each (default: 3).")
    private int runs = 3;

    /// How many lake objects each feed had when its file was balanced.
    private final Map<String, Long> objects = new HashMap<>();

    /// What is done to a server before a run or after it.
    @FunctionalInterface
    private interface Deed {
        Deed NONE = server -> {};

        void run(Server server) throws Exception;
    }

    /// A job that is run again and again.
    ///
    /// @param cold what is done before the first run of a server
    /// @param warm what is done before each that follows
    /// @param check what is done after each
    private record Subject(String job, Map<String, String> arguments, Deed cold, Deed warm, Deed check) {
        /// One that needs nothing done.
        Subject(String job, Map<String, String> arguments) {
            this(job, arguments, Deed.NONE, Deed.NONE, Deed.NONE);
        }
    }

    @Override
    protected String name() {
        return "glue";
    }

    @Override
    protected void measure(Path folder, Report report) throws Exception {
        Path home = Path.of(System.getProperty("feedline.home", "."));
        SparkHome.standard().installed(report::progress);
        Path definition = Files.writeString(folder.resolve("feedline.yaml"), DEFINITION);
        Path file = folder.resolve("orders.jsonl");
        OrdersFile.Sum sum = generate(file);
        report.note("file: " + sum.bytes() + " bytes, " + sum.rows() + " rows, seed " + SEED);
        String columns;
        try (Server server = Server.start(home, folder, definition)) {
            columns = fill(server, file, sum, folder, report);
        }
        try (Server server = Server.start(home, folder, definition)) {
            // So that no run begins by itself when rows land anew.
            server.s3.putBucketNotificationConfiguration(
                    request -> request.bucket(Buckets.EMBEDDED.landing()).notificationConfiguration(none -> {}));
            Subject job = new Subject(
                    Names.JOB,
                    Map.of(),
                    at -> forgetConversion(at, NATIVE_FEED),
                    at -> landAnew(at, NATIVE_FEED),
                    at -> requireLake(at, NATIVE_FEED));
            measure("native", server, job, report);
            report.figure("peak resident memory of Feedline, native", peak(server));
        }
        try (Server server = Server.start(home, folder, definition)) {
            Deed forget = at -> forgetConversion(at, SPARK_FEED);
            Subject job = new Subject(SPARK_JOB, Map.of(), forget, forget, at -> requireLake(at, SPARK_FEED));
            measure("Spark", server, job, report);
            report.figure("peak resident memory of Feedline, Spark", peak(server));
        }
        try (Server server = Server.start(home, folder, definition)) {
            measure("Spark's own", server, new Subject(OWN_JOB, Map.of("--columns", "inferred")), report);
            report.figure("peak resident memory of Feedline, Spark's own", peak(server));
            Map<String, String> given = Map.of("--columns", columns);
            warm("Spark's own, columns given", server, new Subject(OWN_JOB, given), report);
            requireRows(server, sum, given);
        }
        try (Server server = Server.start(home, folder, definition)) {
            measure("a Scala script", server, new Subject(SCRIPT_JOB, Map.of()), report);
        }
        ratios(report);
    }

    private static void ratios(Report report) {
        for (String how : List.of("cold", "warm")) {
            for (String of : List.of("", ", processor time")) {
                report.ratio("Spark ÷ native, " + how + of, "Spark, " + how + of, "native, " + how + of);
                report.ratio("Spark's own ÷ Spark, " + how + of, "Spark's own, " + how + of, "Spark, " + how + of);
                report.ratio("Spark's own ÷ native, " + how + of, "Spark's own, " + how + of, "native, " + how + of);
            }
        }
        for (String of : List.of("", ", processor time")) {
            String given = "Spark's own, columns given, warm" + of;
            report.ratio("Spark's own with columns given ÷ Spark, warm" + of, given, "Spark, warm" + of);
        }
    }

    private static Runs peak(Server server) throws IOException {
        return Runs.of("MB", server.process.peakResidentBytes() / MB);
    }

    private OrdersFile.Sum generate(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            return OrdersFile.write(SEED, megabytes * 1_000_000, out);
        }
    }

    /// A server on the measurement's one data folder.
    private record Server(FeedlineProcess process, Reach reach, S3Client s3, GlueClient glue) implements AutoCloseable {
        static Server start(Path home, Path folder, Path definition) throws IOException {
            FeedlineProcess up = FeedlineProcess.up(
                    home,
                    folder.resolve("data"),
                    Map.of("FEEDLINE_JAVA_OPTIONS", "-Xmx512m"),
                    "-f",
                    definition.toString());
            Reach reach = up.reach();
            return new Server(up, reach, reach.s3(), reach.glue());
        }

        @Override
        public void close() throws IOException, InterruptedException {
            reach.close();
            process.close();
        }
    }

    /// Brings the file through the pipeline for each feed, so that its rows have landed, and makes the user's jobs.
    ///
    /// @return the columns of what has landed, as DDL
    private String fill(Server server, Path file, OrdersFile.Sum sum, Path folder, Report report) throws Exception {
        for (String feed : List.of(NATIVE_FEED, SPARK_FEED)) {
            String key = feed + "/orders.jsonl";
            String version = new Upload(server.reach.s3(), Buckets.EMBEDDED.source(), sent -> {}).put(file, key);
            FileState state = settled(server, key, version);
            if (state.state() != FileState.State.BALANCED || state.loaded() != sum.rows()) {
                throw new IllegalStateException(key + " is " + state);
            }
            report.progress(key + " is BALANCED");
            objects.put(feed, lakeObjects(server, feed));
        }
        server.s3.createBucket(request -> request.bucket(BUCKET));
        server.s3.putObject(
                request -> request.bucket(BUCKET).key("own.jar"),
                RequestBody.fromFile(UserJar.of("ReadJsonWriteParquet", folder)));
        server.s3.putObject(request -> request.bucket(BUCKET).key("first.scala"), RequestBody.fromString(SCRIPT));
        server.glue.createJob(job -> job.name(OWN_JOB)
                .role("any")
                .command(command -> command.name("glueetl").scriptLocation("s3://" + BUCKET + "/own.jar"))
                .defaultArguments(Map.of(
                        "--class",
                        "dev.feedline.bench.engine.ReadJsonWriteParquet",
                        "--from",
                        "s3a://" + Buckets.EMBEDDED.landing() + "/" + Keys.data(SPARK_FEED),
                        "--to",
                        "s3a://" + BUCKET + "/own/",
                        "--count",
                        "no")));
        server.glue.createJob(job -> job.name(SCRIPT_JOB)
                .role("any")
                .command(command -> command.name("glueetl").scriptLocation("s3://" + BUCKET + "/first.scala"))
                .defaultArguments(Map.of("--job-language", "scala", "--class", "FirstLine")));
        // Spark's names of types are the catalog's.
        return "`_FL` string, "
                + new FeedCatalog(server.glue)
                        .find(SPARK_FEED).orElseThrow().schema().columns().stream()
                                .map(column -> "`" + column.name() + "` "
                                        + column.type().glue())
                                .collect(Collectors.joining(", "));
    }

    private static FileState settled(Server server, String key, String version) throws Exception {
        RemotePipeline pipeline = RemotePipeline.of(server.reach);
        Instant end = Instant.now().plus(LONGEST);
        while (Instant.now().isBefore(end)) {
            Optional<FileState> state = pipeline.file(key, version);
            if (state.isPresent() && state.get().state().isSettled()) {
                return state.get();
            }
            Thread.sleep(1_000);
        }
        throw new IllegalStateException(key + " is not settled in time");
    }

    /// A run has converted all that there is: nothing was in the lake before it.
    private void requireLake(Server server, String feed) {
        long now = lakeObjects(server, feed);
        if (now == 0 || now != objects.getOrDefault(feed, 0L)) {
            throw new IllegalStateException("a run of " + feed + " has put " + now
                    + " objects into the lake, and the first one " + objects.get(feed));
        }
    }

    private static long lakeObjects(Server server, String feed) {
        return server
                .s3
                .listObjectsV2Paginator(
                        request -> request.bucket(Buckets.EMBEDDED.lake()).prefix(Keys.data(feed)))
                .contents()
                .stream()
                .count();
    }

    /// One cold run, then the warm ones.
    private void measure(String what, Server server, Subject subject, Report report) throws Exception {
        subject.cold.run(server);
        JobCost.report(what + ", cold", List.of(run(server, subject.job, subject.arguments)), report);
        subject.check.run(server);
        warm(what, server, subject, report);
    }

    private void warm(String what, Server server, Subject subject, Report report) throws Exception {
        List<JobCost> costs = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            if (!subject.job.equals(Names.JOB)) {
                DriverProcesses.awaitSpare(server.process.pid());
            }
            subject.warm.run(server);
            costs.add(run(server, subject.job, subject.arguments));
            subject.check.run(server);
        }
        JobCost.report(what + ", warm", costs, report);
    }

    private static JobCost run(Server server, String job, Map<String, String> arguments) throws Exception {
        long pid = server.process.pid();
        try (DriverProcesses drivers = DriverProcesses.watch(pid)) {
            Set<String> before = runIds(server, job);
            double cpu = CpuTime.of(pid);
            Instant asked = Instant.now();
            long begin = System.nanoTime();
            String id = server.glue
                    .startJobRun(run -> run.jobName(job).arguments(arguments))
                    .jobRunId();
            succeeded(server, job, id);
            double millis = (System.nanoTime() - begin) / 1e6;
            double serverMillis = CpuTime.of(pid) - cpu;
            Set<String> begun = runIds(server, job);
            begun.removeAll(before);
            if (!begun.equals(Set.of(id))) {
                throw new IllegalStateException("another run of " + job + " was at work beside " + id + ": " + begun);
            }
            String said = log(server, id);
            return new JobCost(
                    millis, serverMillis, drivers.endedMillis(), drivers.endedPeakBytes(), firstLine(said, asked));
        }
    }

    private static Set<String> runIds(Server server, String job) {
        return server.glue.getJobRunsPaginator(request -> request.jobName(job)).stream()
                .flatMap(page -> page.jobRuns().stream())
                .map(JobRun::id)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static void succeeded(Server server, String job, String id) throws Exception {
        Instant end = Instant.now().plus(LONGEST);
        while (Instant.now().isBefore(end)) {
            JobRun run = server.glue
                    .getJobRun(request -> request.jobName(job).runId(id))
                    .jobRun();
            if (run.jobRunState() == JobRunState.SUCCEEDED) {
                return;
            }
            if (run.completedOn() != null) {
                throw new IllegalStateException(
                        job + " is " + run.jobRunStateAsString() + ": " + run.errorMessage() + "\n" + log(server, id));
            }
            Thread.sleep(20);
        }
        throw new IllegalStateException(job + " has not ended in time");
    }

    private static String log(Server server, String id) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RunLogs.in(server.process.data().resolve("glue")).copy(id, RunLogs.Place.BEGIN, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static double firstLine(String log, Instant asked) {
        Matcher line = FIRST_LINE.matcher(log);
        return line.find() ? Long.parseLong(line.group(1)) - asked.toEpochMilli() : Double.NaN;
    }

    /// Has a feed's rows land once more: a job inside Feedline remembers what it has finished until it is gone.
    private static void landAnew(Server server, String feed) throws Exception {
        String landing = Buckets.EMBEDDED.landing();
        List<String> keys = server
                .s3
                .listObjectsV2Paginator(request -> request.bucket(landing).prefix(Keys.data(feed)))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
        for (String key : keys) {
            copy(server.s3, landing, key, BUCKET, HELD + key);
            server.s3.deleteObject(request -> request.bucket(landing).key(key));
        }
        run(server, Names.JOB, Map.of());
        for (String key : keys) {
            copy(server.s3, BUCKET, HELD + key, landing, key);
        }
        forgetConversion(server, feed);
    }

    private static void copy(S3Client s3, String from, String key, String to, String newKey) {
        s3.copyObject(request ->
                request.sourceBucket(from).sourceKey(key).destinationBucket(to).destinationKey(newKey));
    }

    /// Makes a feed's rows look as if they had landed just now: no index of them, nothing in the lake.
    private static void forgetConversion(Server server, String feed) {
        forget(server.s3, Buckets.EMBEDDED.lake(), Keys.data(feed));
        forget(server.s3, Buckets.EMBEDDED.landing(), Keys.indexes(feed));
    }

    private static void forget(S3Client s3, String bucket, String prefix) {
        s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix))
                .contents()
                .forEach(object ->
                        s3.deleteObject(request -> request.bucket(bucket).key(object.key())));
    }

    /// One more run, which is not measured, says how many rows the user's job has written.
    private static void requireRows(Server server, OrdersFile.Sum sum, Map<String, String> arguments) throws Exception {
        Map<String, String> counting = new TreeMap<>(arguments);
        counting.put("--count", "yes");
        String id = server.glue
                .startJobRun(run -> run.jobName(OWN_JOB).arguments(counting))
                .jobRunId();
        succeeded(server, OWN_JOB, id);
        Matcher rows = ROWS.matcher(log(server, id));
        if (!rows.find() || Long.parseLong(rows.group(1)) != sum.rows()) {
            throw new IllegalStateException(
                    "the user's job has not written " + sum.rows() + " rows:\n" + log(server, id));
        }
    }
}
