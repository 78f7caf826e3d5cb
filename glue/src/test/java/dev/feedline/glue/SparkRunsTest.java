package dev.feedline.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.kernel.EmbeddedClient;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.sim.SimulatedClock;
import dev.feedline.testkit.InMemoryS3;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Scripts run as driver processes, of which nothing is left however they, or Feedline, end. The driver is
/// [FakeDriver]; the genuine one has proofs in `app`.
@Timeout(60)
class SparkRunsTest {
    private static final Instant BEGIN = Instant.parse("2026-11-22T10:00:00Z");
    private static final Map<String, String> ENVIRONMENT = Map.of("AWS_ACCESS_KEY_ID", "AKTEST");

    /// For which Spark was asked for, one after the other.
    private final List<String> masters = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    private final SimulatedClock clock = new SimulatedClock(BEGIN);
    private final Ground ground = TestGround.with(clock);
    private final S3Client s3 = EmbeddedClient.around(S3Client.class, new InMemoryS3(clock));
    private EmbeddedGlue glue;

    @BeforeEach
    void open() throws IOException {
        s3.createBucket(create -> create.bucket("code"));
        for (String key : List.of("job.scala", "job.jar", "lib/a.jar", "other/a.jar", "rates.csv")) {
            s3.putObject(put -> put.bucket("code").key(key), RequestBody.fromString(key));
        }
        glue = open(Duration.ZERO);
    }

    @AfterEach
    void close() {
        glue.close();
        assertThat(drivers()).isEmpty();
    }

    @Test
    void aRunThatReportsItsSuccessHasSucceededWithWhatItCounted() throws Exception {
        create("Succeed", Map.of("--conf", "spark.master=spark://there:7077 --conf spark.sql.shuffle.partitions=3"));

        String id = start(Map.of("--day", "2026-11-22"));

        JobRun run = await(id, JobRunState.SUCCEEDED);
        assertThat(run.errorMessage()).isNull();
        assertThat(run.stateDetail()).isEqualTo("chunks 3, rows 12");
        assertThat(glue.metrics(id)).isEqualTo(Map.of("chunks", 3L, "rows", 12L));
        String log = log(id);
        assertThat(log).contains("warmed up\n");
        JsonNode line = JsonMapper.shared()
                .readTree(log.lines()
                        .filter(printed -> printed.startsWith("{"))
                        .findFirst()
                        .orElseThrow());
        assertThat(line.path("runId").asString()).isEqualTo(id);
        assertThat(line.path("jobName").asString()).isEqualTo("spark");
        assertThat(line.path("script").isNull()).isTrue();
        assertThat(line.path("scripts").asString())
                .isEqualTo(folder.resolve("scripts").toString());
        assertThat(line.path("master").asString()).isEqualTo("spark://there:7077");
        assertThat(line.path("conf").toString()).isEqualTo("{\"spark.sql.shuffle.partitions\":\"3\"}");
        assertThat(line.path("arguments").path("--day").asString()).isEqualTo("2026-11-22");
        assertThat(line.path("arguments").path("--JOB_RUN_ID").asString()).isEqualTo(id);
        assertThat(line.path("bookmarks").toString()).isEqualTo("{\"option\":\"disable\",\"state\":{}}");
    }

    @Test
    void scriptsJarsAndFilesAreFetchedIntoTheRunsFolderWhichIsGoneAfterwards() throws Exception {
        glue.createJob(create -> create.name("spark")
                .role("any")
                .command(command -> command.name("glueetl").scriptLocation("s3://code/job.scala"))
                .defaultArguments(Map.of(
                        "--job-language", "scala",
                        "--class", "Succeed",
                        "--extra-jars", "s3://code/lib/a.jar,s3://code/other/a.jar",
                        "--extra-files", "s3://code/rates.csv")));

        String id = start(Map.of());

        await(id, JobRunState.SUCCEEDED);
        String log = log(id);
        assertThat(log).contains("files [jars/0/a.jar, jars/1/a.jar, rates.csv, script/job.scala]");
        assertThat(log).contains("key AKTEST home of Java null");
        Path own = Path.of(log.lines()
                .filter(line -> line.startsWith("folder "))
                .findFirst()
                .orElseThrow()
                .substring(7));
        assertThat(own).startsWithRaw(folder.resolve("drivers")).doesNotExist();
    }

    @Test
    void aRunThatFailsSaysWhatTheJobThrew() throws Exception {
        create("Fail", Map.of());
        String id = start(Map.of());
        assertThat(await(id, JobRunState.FAILED).errorMessage())
                .isEqualTo("java.lang.IllegalStateException: the lake is dry");
        assertThat(log(id)).contains("The run failed: java.lang.IllegalStateException: the lake is dry");
    }

    @Test
    void nothingButAReportMakesARunSucceed() throws Exception {
        create("ExitInSilence", Map.of());
        assertThat(await(start(Map.of()), JobRunState.FAILED).errorMessage())
                .contains("ended with exit code 7 before it reported an end; the last it printed:")
                .endsWith("warmed up");
        String badly = start(Map.of("--class", "SucceedAndExitBadly"));
        assertThat(await(badly, JobRunState.FAILED).errorMessage()).contains("exit code 4");
        String missing = start(Map.of("--extra-jars", "s3://code/none.jar"));
        assertThat(await(missing, JobRunState.FAILED).errorMessage())
                .startsWith("s3://code/none.jar could not be fetched");
    }

    @Test
    void aDriverThatIsKilledFailsItsRun() throws Exception {
        create("Wait", Map.of());
        String id = start(Map.of());
        awaitDriver(id).destroyForcibly();
        assertThat(await(id, JobRunState.FAILED).errorMessage()).contains("signal 9", "SIGKILL");
    }

    @Test
    void aStoppedRunHasStoppedAndOneOverItsTimeoutHasTimedOut() throws Exception {
        create("Wait", Map.of());
        String stopped = start(Map.of());
        awaitDriver(stopped);
        glue.batchStopJobRun(stop -> stop.jobName("spark").jobRunIds(stopped));
        assertThat(await(stopped, JobRunState.STOPPED).errorMessage()).isNull();

        String late =
                glue.startJobRun(start -> start.jobName("spark").timeout(1)).jobRunId();
        awaitDriver(late);
        clock.advance(Duration.ofMinutes(1));
        assertThat(await(late, JobRunState.TIMEOUT).errorMessage()).contains("1 minutes");
    }

    @Test
    void aDriverThatOutlivesItsFeedlineIsEndedBeforeItsRunIsSettled() throws Exception {
        create("Outlive", Map.of());
        String id = start(Map.of());
        ProcessHandle driver = awaitDriver(id);
        EmbeddedGlue crashed = glue;

        glue = open(Duration.ZERO);

        assertThat(driver.isAlive()).isFalse();
        assertThat(run(id).jobRunState()).isEqualTo(JobRunState.FAILED);
        crashed.close();
    }

    @Test
    void closingEndsDriversAndTheSpare() throws Exception {
        glue.close();
        glue = open(Duration.ofMinutes(10));
        create("Succeed", Map.of());
        await(start(Map.of()), JobRunState.SUCCEEDED);
        while (drivers().isEmpty()) { // the spare comes by itself
            TimeUnit.MILLISECONDS.sleep(5);
        }
        glue.close();
        assertThat(drivers()).isEmpty();
    }

    @Test
    void closingWhileTheSpareIsStartingLeavesNone() throws Exception {
        glue.close();
        var starts = new AtomicInteger();
        var spareStarts = new CountDownLatch(1);
        var goesOn = new CountDownLatch(1);
        glue = open(Duration.ofMinutes(10), () -> {
            if (starts.incrementAndGet() == 2) { // the first is the run's own
                spareStarts.countDown();
                awaitInSupplier(goesOn);
            }
            return ENVIRONMENT;
        });
        try {
            create("Succeed", Map.of());
            await(start(Map.of()), JobRunState.SUCCEEDED);
            spareStarts.await();
            Thread closing = Thread.ofPlatform().start(glue::close);
            assertThat(closing.join(Duration.ofMillis(500))).isFalse();
            goesOn.countDown();
            closing.join();
            assertThat(drivers()).isEmpty();
        } finally {
            goesOn.countDown();
        }
    }

    @Test
    void aDriverThatCannotBeStartedLeavesNoFolder() throws Exception {
        glue.close();
        glue = open(Duration.ZERO, () -> {
            throw new IllegalStateException("no keys");
        });
        create("Succeed", Map.of());
        assertThat(await(start(Map.of()), JobRunState.FAILED).errorMessage()).contains("no keys");
        try (Stream<Path> left = Files.list(folder.resolve("drivers"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aSecondRunTakesTheDriverThatWasStartedAhead() throws Exception {
        glue.close();
        glue = open(Duration.ofMinutes(10));
        create("Succeed", Map.of());
        String first = start(Map.of());
        await(first, JobRunState.SUCCEEDED);
        assertThat(log(first)).doesNotContain("started ahead");
        while (drivers().isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        String second = start(Map.of());
        await(second, JobRunState.SUCCEEDED);
        assertThat(log(second)).contains("The driver was started ahead");
        String larger = start(Map.of("--conf", "spark.driver.memory=300m"));
        await(larger, JobRunState.SUCCEEDED);
        assertThat(log(larger)).doesNotContain("started ahead");
    }

    @Test
    void aRunOnYarnHasAnotherSparkThanTheDriverThatWasStartedAhead() throws Exception {
        glue.close();
        glue = open(Duration.ofMinutes(10));
        create("Succeed", Map.of());
        await(start(Map.of()), JobRunState.SUCCEEDED);
        while (drivers().isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        String id = start(Map.of("--conf", "spark.master=yarn"));
        await(id, JobRunState.SUCCEEDED);
        assertThat(log(id)).doesNotContain("started ahead");
        assertThat(masters).containsExactly("local[*]", "local[*]", "yarn");
    }

    @Test
    void aSpareThatNobodyTakesEnds() throws Exception {
        glue.close();
        glue = open(Duration.ofMillis(300));
        create("Succeed", Map.of());
        await(start(Map.of()), JobRunState.SUCCEEDED);
        boolean seen = false;
        while (!seen || !drivers().isEmpty()) {
            seen |= !drivers().isEmpty();
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Test
    void aLongLogKeepsItsEnd() throws Exception {
        create("PrintMuch", Map.of());
        String id = start(Map.of());
        await(id, JobRunState.SUCCEEDED);
        String log = log(id);
        assertThat(log).contains("the last line");
        assertThat(log.length()).isBetween(4 << 20, 8 << 20);
    }

    @Test
    void whatARunCommittedTheNextOneIsTold() throws Exception {
        create("Succeed", Map.of("--job-bookmark-option", "job-bookmark-enable"));
        assertThatThrownBy(() -> glue.getJobBookmark(get -> get.jobName("spark")))
                .isInstanceOf(EntityNotFoundException.class);
        String first = start(Map.of());
        await(first, JobRunState.SUCCEEDED);
        String second = start(Map.of());
        await(second, JobRunState.SUCCEEDED);
        assertThat(log(second)).contains("\"bookmarks\":{\"option\":\"enable\",\"state\":{\"orders\":{\"seen\":1}}}");
        var entry = glue.getJobBookmark(get -> get.jobName("spark")).jobBookmarkEntry();
        assertThat(entry.jobBookmark()).isEqualTo("{\"orders\":{\"seen\":2}}");
        assertThat(entry.runId()).isEqualTo(second);
        assertThat(entry.previousRunId()).isEqualTo(first);
        assertThat(entry.version()).isEqualTo(2);

        // Paused: told, and nothing kept.
        String paused = start(Map.of("--job-bookmark-option", "job-bookmark-pause"));
        await(paused, JobRunState.SUCCEEDED);
        assertThat(log(paused)).contains("\"bookmarks\":{\"option\":\"pause\",\"state\":{\"orders\":{\"seen\":2}}}");
        String between = start(Map.of(
                "--job-bookmark-option", "job-bookmark-pause",
                "--job-bookmark-from", first,
                "--job-bookmark-to", second));
        await(between, JobRunState.SUCCEEDED);
        assertThat(log(between))
                .contains(
                        "{\"option\":\"pause\",\"state\":{\"orders\":{\"seen\":1}},\"until\":{\"orders\":{\"seen\":2}}}");
        assertThat(bookmark()).isEqualTo("{\"orders\":{\"seen\":2}}");

        // Set back to where the first run left it, then to the beginning.
        glue.resetJobBookmark(reset -> reset.jobName("spark").runId(first));
        assertThat(bookmark()).isEqualTo("{\"orders\":{\"seen\":1}}");
        glue.resetJobBookmark(reset -> reset.jobName("spark"));
        String again = start(Map.of());
        await(again, JobRunState.SUCCEEDED);
        assertThat(log(again)).contains("\"state\":{}");
    }

    @Test
    void aRangeOfBookmarksBeginsAndEndsWithStatesThatAreKept() throws Exception {
        create("Succeed", Map.of("--job-bookmark-option", "job-bookmark-disable"));
        String none = start(Map.of());
        await(none, JobRunState.SUCCEEDED);
        String forgotten = start(Map.of("--job-bookmark-option", "job-bookmark-enable"));
        await(forgotten, JobRunState.SUCCEEDED);
        glue.resetJobBookmark(reset -> reset.jobName("spark"));
        String first = start(Map.of());
        await(first, JobRunState.SUCCEEDED);

        for (String from : List.of(none, forgotten)) {
            String paused = start(Map.of(
                    "--job-bookmark-option", "job-bookmark-pause",
                    "--job-bookmark-from", from,
                    "--job-bookmark-to", first));
            await(paused, JobRunState.FAILED);
            assertThat(run(paused).errorMessage()).contains("No bookmark of job spark as of run " + from);
        }
        String all = start(Map.of(
                "--job-bookmark-option", "job-bookmark-pause",
                "--job-bookmark-from", first,
                "--job-bookmark-to", first));
        await(all, JobRunState.SUCCEEDED);
        assertThat(log(all)).contains("\"bookmarks\":{\"option\":\"pause\",\"state\":{},\"until\":{}}");
    }

    @Test
    void aCommitHoldsHoweverItsRunEndsAfterIt() throws Exception {
        create("CommitAndWait", Map.of("--job-bookmark-option", "job-bookmark-enable"));
        String stopped = start(Map.of());
        awaitLog(stopped, "committed\n");
        glue.batchStopJobRun(stop -> stop.jobName("spark").jobRunIds(stopped));
        await(stopped, JobRunState.STOPPED);
        assertThat(bookmark()).isEqualTo("{\"orders\":{\"seen\":1}}");

        String killed = start(Map.of());
        awaitLog(killed, "committed\n");
        awaitDriver(killed).destroyForcibly();
        await(killed, JobRunState.FAILED);
        assertThat(bookmark()).isEqualTo("{\"orders\":{\"seen\":2}}");

        String late =
                glue.startJobRun(start -> start.jobName("spark").timeout(1)).jobRunId();
        awaitLog(late, "committed\n");
        clock.advance(Duration.ofMinutes(1));
        await(late, JobRunState.TIMEOUT);
        assertThat(bookmark()).isEqualTo("{\"orders\":{\"seen\":3}}");
        try (Stream<Path> left = Files.list(folder.resolve("commits"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aCommitHoldsWhenFeedlineIsClosedBeforeItsRunHasEnded() throws Exception {
        create("CommitAndWait", Map.of("--job-bookmark-option", "job-bookmark-enable"));
        String id = start(Map.of());
        awaitLog(id, "committed\n");
        glue.close();

        glue = open(Duration.ZERO);

        assertThat(run(id).jobRunState()).isEqualTo(JobRunState.FAILED);
        assertThat(bookmark()).isEqualTo("{\"orders\":{\"seen\":1}}");
        assertThat(folder.resolve("commits")).doesNotExist();
    }

    @Test
    void aCommitThatCannotBeReadFailsItsRunAndNotTheStart() throws Exception {
        create("CommitAndWait", Map.of("--job-bookmark-option", "job-bookmark-enable"));
        String id = start(Map.of());
        awaitLog(id, "committed\n");
        glue.close();
        Files.writeString(folder.resolve("commits").resolve(id + ".json"), "{");

        glue = open(Duration.ZERO);

        assertThat(run(id).jobRunState()).isEqualTo(JobRunState.FAILED);
        assertThat(run(id).errorMessage())
                .startsWith("What run " + id + " has committed is no JSON: ")
                .endsWith("what it did may be done again");
        assertThatThrownBy(this::bookmark).isInstanceOf(EntityNotFoundException.class);
        assertThat(folder.resolve("commits")).doesNotExist();
    }

    @Test
    void whatARunAsksForAndCannotHaveIsRefusedByName() {
        create("Succeed", Map.of());
        refused(Map.of("--extra-py-files", "s3://code/a.zip"), "--extra-py-files", "no Python");
        refused(Map.of("--datalake-formats", "iceberg"), "--datalake-formats", "Iceberg");
        refused(Map.of("--enable-spark-ui", "true"), "--enable-spark-ui");
        refused(Map.of("--job-language", "python"), "--job-language python");
        refused(Map.of("--conf", "spark.jars.packages=a:b:1"), "spark.jars.packages", "--extra-jars");
        refused(
                Map.of("--conf", "spark.master=k8s://a"),
                "spark.master=k8s://a",
                "on Kubernetes, run a standalone Spark");
        refused(Map.of("--conf", "spark.master=yarn-cluster"), "spark.master=yarn-cluster", "use local[*]", "or yarn");
        refused(Map.of("--enable-glue-datacatalog", "true"), "--enable-glue-datacatalog");
        refused(Map.of("--conf", "spark.driver.memory"), "--conf must be name=value");
        refused(Map.of("--extra-jars", "/home/me/a.jar"), "--extra-jars must be s3://bucket/key");
        refused(Map.of("--job-bookmark-from", "jr_1"), "--job-bookmark-from", "go together");
        refused(Map.of("--job-bookmark-option", "on"), "job-bookmark-enable");
        refused(Map.of("--class", ""), "--class");
        refusedJob("pythonshell", "s3://code/job.py", "5.1", "pythonshell", "no Python");
        refusedJob("gluestreaming", "s3://code/job.jar", "6.0", "gluestreaming");
        refusedJob("glueray", "s3://code/job.py", "6.0", "Ray");
        refusedJob("glueetl", "s3://code/job.py", "6.0", "no Python");
        refusedJob("glueetl", "s3://code/job.jar", "5.0", "GlueVersion 5.0", "Scala 2.12", "6.0");
        assertThat(glue.getJob(get -> get.jobName("spark")).job().glueVersion()).isEqualTo("6.0");
    }

    private void refused(Map<String, String> arguments, String... words) {
        assertThatThrownBy(() -> start(arguments))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .contains(words);
    }

    private void refusedJob(String command, String script, String version, String... words) {
        assertThatThrownBy(() -> glue.createJob(create -> create.name("other")
                        .role("any")
                        .glueVersion(version)
                        .command(of -> of.name(command).scriptLocation(script))))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .contains(words);
    }

    private static void awaitInSupplier(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private EmbeddedGlue open(Duration spareKept) throws IOException {
        return open(spareKept, () -> ENVIRONMENT);
    }

    private EmbeddedGlue open(Duration spareKept, Supplier<Map<String, String>> environment) throws IOException {
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
        EmbeddedGlue opened =
                EmbeddedGlue.open(folder, ground, GlueSettings.of(Map.of()).with(spark));
        opened.start();
        return opened;
    }

    private void create(String does, Map<String, String> arguments) {
        Map<String, String> all = new HashMap<>(arguments);
        all.put("--class", does);
        glue.createJob(create -> create.name("spark")
                .role("any")
                .command(command -> command.name("glueetl").scriptLocation("s3://code/job.jar"))
                .defaultArguments(all));
    }

    private String start(Map<String, String> arguments) {
        return glue.startJobRun(start -> start.jobName("spark").arguments(arguments))
                .jobRunId();
    }

    private String bookmark() {
        return glue.getJobBookmark(get -> get.jobName("spark"))
                .jobBookmarkEntry()
                .jobBookmark();
    }

    private String log(String id) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RunLogs.in(folder).copy(id, RunLogs.Place.BEGIN, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /// Nobody else in this JVM starts a Java.
    private static List<ProcessHandle> drivers() {
        return ProcessHandle.current()
                .children()
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .toList();
    }

    private void awaitLog(String id, String words) throws InterruptedException, IOException {
        while (!log(id).contains(words)) {
            assertThat(run(id).completedOn()).as(log(id)).isNull();
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private ProcessHandle awaitDriver(String id) throws InterruptedException, IOException {
        while (drivers().isEmpty() || !log(id).contains("warmed up")) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return drivers().getFirst();
    }

    private JobRun run(String id) {
        return glue.getJobRun(get -> get.jobName("spark").runId(id)).jobRun();
    }

    private JobRun await(String id, JobRunState state) throws InterruptedException, IOException {
        JobRun run = run(id);
        while (run.jobRunState() != state) {
            assertThat(run.completedOn()).as("%s%n%s", run, log(id)).isNull();
            TimeUnit.MILLISECONDS.sleep(5);
            run = run(id);
        }
        return run;
    }
}
