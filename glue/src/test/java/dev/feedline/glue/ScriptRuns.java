package dev.feedline.glue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.kernel.EmbeddedClient;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.sim.SimulatedClock;
import dev.feedline.testkit.InMemoryS3;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.s3.S3Client;

/// Runs of one job, `spark`, in a Glue whose driver is [FakeDriver]: what the tests of scripts' runs begin, await and
/// look at.
final class ScriptRuns implements AutoCloseable {
    /// The keys that drivers are given.
    static final Map<String, String> ENVIRONMENT = Map.of("AWS_ACCESS_KEY_ID", "AKTEST");

    private static final GlueSettings STANDARD = GlueSettings.of(Map.of());

    private final Path folder;
    private final SimulatedClock clock = new SimulatedClock(Instant.parse("2026-11-22T10:00:00Z"));
    private final Ground ground = TestGround.with(clock);
    private final S3Client s3 = EmbeddedClient.around(S3Client.class, new InMemoryS3(clock));

    /// The masters that a Spark was asked for, one after the other.
    private final List<String> masters = new CopyOnWriteArrayList<>();

    private EmbeddedGlue glue;

    ScriptRuns(Path folder) throws IOException {
        this.folder = folder;
        s3.createBucket(create -> create.bucket("code"));
        for (String key : List.of("job.scala", "job.jar", "lib/a.jar", "other/a.jar", "rates.csv")) {
            s3.putObject(put -> put.bucket("code").key(key), RequestBody.fromString(key));
        }
        glue = opened(Duration.ZERO, () -> ENVIRONMENT, STANDARD.closingGrace());
    }

    EmbeddedGlue glue() {
        return glue;
    }

    SimulatedClock clock() {
        return clock;
    }

    List<String> masters() {
        return masters;
    }

    /// Opens Glue in the same folder again; the one before has been closed, or stands for one that crashed.
    void open(Duration spareKept) throws IOException {
        open(spareKept, () -> ENVIRONMENT);
    }

    void open(Duration spareKept, Supplier<Map<String, String>> environment) throws IOException {
        glue = opened(spareKept, environment, STANDARD.closingGrace());
    }

    /// @param closingGrace how long closing waits for runs to end
    void openToEndWithin(Duration closingGrace) throws IOException {
        glue = opened(Duration.ZERO, () -> ENVIRONMENT, closingGrace);
    }

    private EmbeddedGlue opened(Duration spareKept, Supplier<Map<String, String>> environment, Duration closingGrace)
            throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<Path> classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        SparkSettings spark = new SparkSettings(
                (master, telling) -> {
                    masters.add(master);
                    return new SparkSettings.Installed(java, classPath, FakeDriver.class.getName(), Map.of());
                },
                s3,
                environment,
                Map.of(),
                spareKept,
                Duration.ofSeconds(2));
        GlueSettings settings = new GlueSettings(
                Map.of(),
                Optional.of(spark),
                STANDARD.noSpark(),
                Optional.empty(),
                STANDARD.maximumRuns(),
                STANDARD.maximumWaiting(),
                STANDARD.historyKept(),
                closingGrace);
        EmbeddedGlue opened = EmbeddedGlue.open(folder, ground, settings);
        opened.start();
        return opened;
    }

    /// Closes Glue, of whose drivers none is left then.
    @Override
    public void close() {
        glue.close();
        assertThat(drivers()).isEmpty();
    }

    void create(String does, Map<String, String> arguments) {
        Map<String, String> all = new HashMap<>(arguments);
        all.put("--class", does);
        glue.createJob(create -> create.name("spark")
                .role("any")
                .command(command -> command.name("glueetl").scriptLocation("s3://code/job.jar"))
                .defaultArguments(all));
    }

    String start(Map<String, String> arguments) {
        return glue.startJobRun(start -> start.jobName("spark").arguments(arguments))
                .jobRunId();
    }

    JobRun run(String id) {
        return glue.getJobRun(get -> get.jobName("spark").runId(id)).jobRun();
    }

    String log(String id) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RunLogs.in(folder).copy(id, RunLogs.Place.BEGIN, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    JobRun await(String id, JobRunState state) throws InterruptedException, IOException {
        JobRun run = run(id);
        while (run.jobRunState() != state) {
            assertThat(run.completedOn()).as("%s%n%s", run, log(id)).isNull();
            TimeUnit.MILLISECONDS.sleep(5);
            run = run(id);
        }
        return run;
    }

    void awaitLog(String id, String words) throws InterruptedException, IOException {
        while (!log(id).contains(words)) {
            assertThat(run(id).completedOn()).as(log(id)).isNull();
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    ProcessHandle awaitDriver(String id) throws InterruptedException, IOException {
        while (drivers().isEmpty() || !log(id).contains("warmed up")) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return drivers().getFirst();
    }

    /// Nobody else in this JVM starts a Java.
    static List<ProcessHandle> drivers() {
        return ProcessHandle.current()
                .children()
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .toList();
    }
}
