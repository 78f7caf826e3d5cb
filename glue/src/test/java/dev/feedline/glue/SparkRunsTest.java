package dev.feedline.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Scripts run as driver processes, of which nothing is left however they, or Feedline, end. The driver is
/// [FakeDriver]; the genuine one has proofs in `app`.
@Timeout(60)
class SparkRunsTest {
    @TempDir
    Path folder;

    private ScriptRuns runs;

    @BeforeEach
    void open() throws IOException {
        runs = new ScriptRuns(folder);
    }

    @AfterEach
    void close() {
        runs.close();
    }

    @Test
    void aRunThatReportsItsSuccessHasSucceededWithWhatItCounted() throws Exception {
        runs.create(
                "Succeed", Map.of("--conf", "spark.master=spark://there:7077 --conf spark.sql.shuffle.partitions=3"));

        String id = runs.start(Map.of("--day", "2026-11-22"));

        JobRun run = runs.await(id, JobRunState.SUCCEEDED);
        assertThat(run.errorMessage()).isNull();
        assertThat(run.stateDetail()).isEqualTo("chunks 3, rows 12");
        assertThat(runs.glue().metrics(id)).isEqualTo(Map.of("chunks", 3L, "rows", 12L));
        String log = runs.log(id);
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
        runs.glue()
                .createJob(create -> create.name("spark")
                        .role("any")
                        .command(command -> command.name("glueetl").scriptLocation("s3://code/job.scala"))
                        .defaultArguments(Map.of(
                                "--job-language", "scala",
                                "--class", "Succeed",
                                "--extra-jars", "s3://code/lib/a.jar,s3://code/other/a.jar",
                                "--extra-files", "s3://code/rates.csv")));

        String id = runs.start(Map.of());

        runs.await(id, JobRunState.SUCCEEDED);
        String log = runs.log(id);
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
        runs.create("Fail", Map.of());
        String id = runs.start(Map.of());
        assertThat(runs.await(id, JobRunState.FAILED).errorMessage())
                .isEqualTo("java.lang.IllegalStateException: the lake is dry");
        assertThat(runs.log(id)).contains("The run failed: java.lang.IllegalStateException: the lake is dry");
    }

    @Test
    void nothingButAReportMakesARunSucceed() throws Exception {
        runs.create("ExitInSilence", Map.of());
        assertThat(runs.await(runs.start(Map.of()), JobRunState.FAILED).errorMessage())
                .contains("ended with exit code 7 before it reported an end; the last it printed:")
                .endsWith("warmed up");
        String badly = runs.start(Map.of("--class", "SucceedAndExitBadly"));
        assertThat(runs.await(badly, JobRunState.FAILED).errorMessage()).contains("exit code 4");
        String missing = runs.start(Map.of("--extra-jars", "s3://code/none.jar"));
        assertThat(runs.await(missing, JobRunState.FAILED).errorMessage())
                .startsWith("s3://code/none.jar could not be fetched");
    }

    @Test
    void aDriverThatIsKilledFailsItsRun() throws Exception {
        runs.create("Wait", Map.of());
        String id = runs.start(Map.of());
        runs.awaitDriver(id).destroyForcibly();
        assertThat(runs.await(id, JobRunState.FAILED).errorMessage()).contains("signal 9", "SIGKILL");
    }

    @Test
    void aStoppedRunHasStoppedAndOneOverItsTimeoutHasTimedOut() throws Exception {
        runs.create("Wait", Map.of());
        String stopped = runs.start(Map.of());
        runs.awaitDriver(stopped);
        runs.glue().batchStopJobRun(stop -> stop.jobName("spark").jobRunIds(stopped));
        assertThat(runs.await(stopped, JobRunState.STOPPED).errorMessage()).isNull();

        String late = runs.glue()
                .startJobRun(start -> start.jobName("spark").timeout(1))
                .jobRunId();
        runs.awaitDriver(late);
        runs.clock().advance(Duration.ofMinutes(1));
        assertThat(runs.await(late, JobRunState.TIMEOUT).errorMessage()).contains("1 minutes");
    }

    @Test
    void aDriverThatOutlivesItsFeedlineIsEndedBeforeItsRunIsSettled() throws Exception {
        runs.create("Outlive", Map.of());
        String id = runs.start(Map.of());
        ProcessHandle driver = runs.awaitDriver(id);
        EmbeddedGlue crashed = runs.glue();

        runs.open(Duration.ZERO);

        assertThat(driver.isAlive()).isFalse();
        assertThat(runs.run(id).jobRunState()).isEqualTo(JobRunState.FAILED);
        crashed.close();
    }

    @Test
    void closingEndsDriversAndTheSpare() throws Exception {
        runs.close();
        runs.open(Duration.ofMinutes(10));
        runs.create("Succeed", Map.of());
        runs.await(runs.start(Map.of()), JobRunState.SUCCEEDED);
        while (ScriptRuns.drivers().isEmpty()) { // the spare comes by itself
            TimeUnit.MILLISECONDS.sleep(5);
        }
        runs.glue().close();
        assertThat(ScriptRuns.drivers()).isEmpty();
    }

    @Test
    void closingWhileTheSpareIsStartingLeavesNone() throws Exception {
        runs.close();
        var starts = new AtomicInteger();
        var spareStarts = new CountDownLatch(1);
        var goesOn = new CountDownLatch(1);
        runs.open(Duration.ofMinutes(10), () -> {
            if (starts.incrementAndGet() == 2) { // the first is the run's own
                spareStarts.countDown();
                awaitInSupplier(goesOn);
            }
            return ScriptRuns.ENVIRONMENT;
        });
        try {
            runs.create("Succeed", Map.of());
            runs.await(runs.start(Map.of()), JobRunState.SUCCEEDED);
            spareStarts.await();
            Thread closing = Thread.ofPlatform().start(runs.glue()::close);
            assertThat(closing.join(Duration.ofMillis(500))).isFalse();
            goesOn.countDown();
            closing.join();
            assertThat(ScriptRuns.drivers()).isEmpty();
        } finally {
            goesOn.countDown();
        }
    }

    @Test
    void aDriverThatCannotBeStartedLeavesNoFolder() throws Exception {
        runs.close();
        runs.open(Duration.ZERO, () -> {
            throw new IllegalStateException("no keys");
        });
        runs.create("Succeed", Map.of());
        assertThat(runs.await(runs.start(Map.of()), JobRunState.FAILED).errorMessage())
                .contains("no keys");
        try (Stream<Path> left = Files.list(folder.resolve("drivers"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aSecondRunTakesTheDriverThatWasStartedAhead() throws Exception {
        runs.close();
        runs.open(Duration.ofMinutes(10));
        runs.create("Succeed", Map.of());
        String first = runs.start(Map.of());
        runs.await(first, JobRunState.SUCCEEDED);
        assertThat(runs.log(first)).doesNotContain("started ahead");
        while (ScriptRuns.drivers().isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        String second = runs.start(Map.of());
        runs.await(second, JobRunState.SUCCEEDED);
        assertThat(runs.log(second)).contains("The driver was started ahead");
        String larger = runs.start(Map.of("--conf", "spark.driver.memory=300m"));
        runs.await(larger, JobRunState.SUCCEEDED);
        assertThat(runs.log(larger)).doesNotContain("started ahead");
    }

    @Test
    void aRunOnYarnHasAnotherSparkThanTheDriverThatWasStartedAhead() throws Exception {
        runs.close();
        runs.open(Duration.ofMinutes(10));
        runs.create("Succeed", Map.of());
        runs.await(runs.start(Map.of()), JobRunState.SUCCEEDED);
        while (ScriptRuns.drivers().isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        String id = runs.start(Map.of("--conf", "spark.master=yarn"));
        runs.await(id, JobRunState.SUCCEEDED);
        assertThat(runs.log(id)).doesNotContain("started ahead");
        assertThat(runs.masters()).containsExactly("local[*]", "local[*]", "yarn");
    }

    @Test
    void aSpareThatNobodyTakesEnds() throws Exception {
        runs.close();
        runs.open(Duration.ofMillis(300));
        runs.create("Succeed", Map.of());
        runs.await(runs.start(Map.of()), JobRunState.SUCCEEDED);
        boolean seen = false;
        while (!seen || !ScriptRuns.drivers().isEmpty()) {
            seen |= !ScriptRuns.drivers().isEmpty();
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Test
    void aLongLogKeepsItsEnd() throws Exception {
        runs.create("PrintMuch", Map.of());
        String id = runs.start(Map.of());
        runs.await(id, JobRunState.SUCCEEDED);
        String log = runs.log(id);
        assertThat(log).contains("the last line");
        assertThat(log.length()).isBetween(4 << 20, 8 << 20);
    }

    @Test
    void whatARunAsksForAndCannotHaveIsRefusedByName() {
        runs.create("Succeed", Map.of());
        refused(Map.of("--extra-py-files", "s3://code/a.zip"), "--extra-py-files", "no Python");
        refused(Map.of("--datalake-formats", "iceberg"), "--datalake-formats", "Iceberg");
        refused(Map.of("--enable-spark-ui", "true"), "--enable-spark-ui");
        refused(Map.of("--job-language", "python"), "--job-language python");
        refused(Map.of("--conf", "spark.jars.packages=a:b:1"), "spark.jars.packages", "--extra-jars");
        refused(
                Map.of("--conf", "spark.master=k8s://a"),
                "--conf spark.kubernetes.container.image must be given",
                "spark.master=k8s://a");
        refused(
                Map.of(
                        "--conf",
                        "spark.master=k8s://a --conf spark.kubernetes.container.image=i"
                                + " --conf spark.kubernetes.driver.label.team=x"),
                "--conf spark.kubernetes.driver.label.team is not supported",
                "the driver is no pod");
        refused(
                Map.of("--conf", "spark.master=yarn-cluster"),
                "spark.master=yarn-cluster",
                "use local[*]",
                "yarn or k8s://https://HOST:PORT");
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
        assertThat(runs.glue().getJob(get -> get.jobName("spark")).job().glueVersion())
                .isEqualTo("6.0");
    }

    private void refused(Map<String, String> arguments, String... words) {
        assertThatThrownBy(() -> runs.start(arguments))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .contains(words);
    }

    private void refusedJob(String command, String script, String version, String... words) {
        assertThatThrownBy(() -> runs.glue()
                        .createJob(create -> create.name("other")
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
}
