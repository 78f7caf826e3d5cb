package dev.feedline.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.app.HeldLake.Moment;
import dev.feedline.app.PodNode.Pod;
import dev.feedline.convert.ChunkName;
import dev.feedline.convert.Keys;
import dev.feedline.convert.LakeEngine;
import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.FileState.State;
import dev.feedline.feeds.definition.ConvertChoice;
import dev.feedline.feeds.definition.DefinitionReader;
import dev.feedline.glue.RunLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.s3.model.S3Object;

/// A feed converted by executors in pods, of which one is lost half way, and runs that are stopped or whose driver or
/// Feedline is killed: no pod is left.
@Tag("proof")
class KubernetesProofTest {
    private static final String FEED = "orders";
    private static final int FILES = 8;
    private static final int ROWS = 400;
    private static final int HALF = FILES / 2;
    private static final String WAIT = """
            import org.apache.spark.sql.SparkSession
            object Main {
              def main(args: Array[String]): Unit =
                SparkSession.builder().getOrCreate().sparkContext.parallelize(1 to 1, 1)
                  .foreach(_ => { println("a task waits"); Thread.sleep(600000) })
            }
            """;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path shared;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private static KubernetesCluster kubernetes;

    @BeforeAll
    static void startCluster() throws Exception {
        GlueRuns.useThisCheckout();
        kubernetes = KubernetesCluster.start(shared);
    }

    @AfterAll
    static void endCluster() throws Exception {
        GlueRuns.leaveThisCheckout();
        if (kubernetes != null) { // null when it could not be started
            kubernetes.close();
        }
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void aRunThatLosesAPodHalfWayEndsWithEveryChunkOnce() throws Exception {
        HeldLake lake = new HeldLake(Moment.BEFORE_ANSWER, HALF);
        kubernetes.node().hasRoomFor(2);
        try (TestingFeedline feedline = TestingFeedline.start(folder, definition(), lake)) {
            kubernetes.node().trust(folder.resolve("keys"));
            Map<String, String> files = upload(feedline, lake);
            lake.awaitHeld(2);
            List<String> before = names();
            assertThat(before).hasSize(2);
            kubernetes.node().loseContainer();
            Await.until(
                    () -> names().stream().anyMatch(name -> !before.contains(name)), "Spark has asked for another pod");
            lake.release();

            List<FileState> settled = settled(feedline, files);
            assertEveryRowIsThereOnce(feedline, settled);
            List<JobRun> runs = runs(feedline);
            assertThat(runs).extracting(JobRun::jobRunState).containsOnly(JobRunState.SUCCEEDED);
            StringBuilder logs = new StringBuilder();
            for (JobRun run : runs) {
                logs.append(log(folder, run.id()));
            }
            // The chunk whose put was not answered is found there by the task's next attempt.
            assertThat(logs).contains("alreadyThere=1,").doesNotContain("Deleting Pod", "last of its run's pods");
            assertThat(kubernetes.node().printed()).contains("Finished task");
            assertNothingIsLeft();
        } finally {
            lake.release();
        }
        assertThat(ProcessHandle.current().descendants().filter(one -> one.isAlive() && !kubernetes.has(one)))
                .isEmpty();
    }

    /// Each has a pod at work, and one for which there is no room.
    @Test
    void noPodIsLeftByARunThatIsStoppedOrWhoseDriverOrFeedlineIsKilled() throws Exception {
        kubernetes.node().hasRoomFor(1);
        ServerProcess feedline = ServerProcess.start(
                folder.resolve("data"),
                Files.writeString(folder.resolve("feedline.yaml"), "feeds: {}"),
                "-Dfeedline.home=" + home());
        try {
            String run;
            try (Reach reach = feedline.reach()) {
                create(reach);
                run = start(reach.glue());
                Await.until(() -> kubernetes.node().printed().contains("a task waits"), "a task is at work");
                reach.glue().batchStopJobRun(stop -> stop.jobName("waits").jobRunIds(run));
                JobRun stopped = GlueRuns.ended(reach.glue(), "waits", run);
                assertThat(stopped.jobRunState()).isEqualTo(JobRunState.STOPPED);
                assertThat(notBeingDeleted()).as(log(feedline.folder(), run)).isEmpty();
                assertNothingIsLeft();

                String other = start(reach.glue());
                driverOf(feedline).destroyForcibly();
                JobRun failed = GlueRuns.ended(reach.glue(), "waits", other);
                assertThat(failed.errorMessage()).startsWith("The driver was ended by signal 9");
                assertThat(notBeingDeleted()).as(log(feedline.folder(), other)).isEmpty();
                assertThat(log(feedline.folder(), other))
                        .contains("The driver has not seen the last of its run's pods go");
                assertNothingIsLeft();

                start(reach.glue());
            }
            feedline.kill();
            assertNothingIsLeft(); // the driver ends in order when Feedline is no more

            feedline.startAgain();
            ProcessHandle driver;
            try (Reach reach = feedline.reach()) {
                start(reach.glue());
                driver = driverOf(feedline);
            }
            freeze(driver);
            feedline.kill();
            driver.destroyForcibly();
            Await.until(() -> !driver.isAlive(), "the driver is no more");
            assertThat(notBeingDeleted()).isNotEmpty();
            feedline.startAgain();
            assertNothingIsLeft();
        } finally {
            feedline.close();
        }
    }

    private static List<String> names() {
        return kubernetes.node().pods().stream().map(Pod::name).toList();
    }

    private static List<Pod> notBeingDeleted() {
        return kubernetes.node().pods().stream()
                .filter(pod -> !pod.isBeingDeleted())
                .toList();
    }

    private static void assertNothingIsLeft() throws InterruptedException {
        Await.until(() -> kubernetes.node().pods().isEmpty(), "no pod is left");
        Await.until(() -> kubernetes.node().processes().isEmpty(), "no container is left");
        Await.until(() -> kubernetes.node().configMaps().isEmpty(), "no executors' settings are left");
    }

    private static void create(Reach reach) {
        reach.s3().createBucket(create -> create.bucket("scripts"));
        reach.s3().putObject(put -> put.bucket("scripts").key("main.scala"), RequestBody.fromString(WAIT));
        String conf = ((ConvertChoice.Spark) choice()).argument();
        reach.glue()
                .createJob(job -> job.name("waits")
                        .role("any")
                        .command(command -> command.name("glueetl").scriptLocation("s3://scripts/main.scala"))
                        .defaultArguments(Map.of("--job-language", "scala", "--class", "Main", "--conf", conf)));
    }

    /// A run of which one pod is at work, and one is pending.
    private static String start(GlueClient glue) throws Exception {
        String run = glue.startJobRun(start -> start.jobName("waits")).jobRunId();
        Await.until(() -> phases().equals(List.of("Pending", "Running")), "one pod is at work, and one waits for room");
        Pod pod = kubernetes.node().pods().getFirst();
        assertThat(pod.labels()).containsEntry("spark-app-selector", "feedline-" + run.substring(3, 43));
        return run;
    }

    private static List<String> phases() {
        return kubernetes.node().pods().stream().map(Pod::phase).sorted().toList();
    }

    /// The run's; a process that removes what an earlier one has left may be there for a while.
    private static ProcessHandle driverOf(ServerProcess feedline) throws InterruptedException {
        Await.until(() -> children(feedline).size() == 1, "its driver is the only process of Feedline's");
        return children(feedline).getFirst();
    }

    private static List<ProcessHandle> children(ServerProcess feedline) {
        return feedline.children().filter(ProcessHandle::isAlive).toList();
    }

    /// It does not notice what happens to Feedline.
    private static void freeze(ProcessHandle process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /// Uploads them all, and lets their rows land when all of them are on the stream.
    private static Map<String, String> upload(TestingFeedline feedline, HeldLake lake) throws Exception {
        Map<String, String> versions = new TreeMap<>();
        for (int file = 0; file < FILES; file++) {
            String key = FEED + "/" + file + ".jsonl";
            versions.put(key, feedline.upload(key, rows(file)));
        }
        Await.until(() -> inFlight(feedline) == FILES, "every file has its receipt");
        lake.deliver();
        return versions;
    }

    private static long inFlight(TestingFeedline feedline) {
        try {
            return feedline.pipeline().files().stream()
                    .filter(file -> file.state() == State.IN_FLIGHT)
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<FileState> settled(TestingFeedline feedline, Map<String, String> files) throws Exception {
        List<FileState> settled = new ArrayList<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            settled.add(feedline.settled(file.getKey(), file.getValue()));
        }
        return settled;
    }

    private static void assertEveryRowIsThereOnce(TestingFeedline feedline, List<FileState> files) {
        assertThat(files).allSatisfy(file -> {
            assertThat(file.state()).as(file.key()).isEqualTo(State.BALANCED);
            assertThat(List.of(file.received(), file.loaded(), file.quarantined()))
                    .as(file.key())
                    .isEqualTo(List.of(ROWS + 1L, (long) ROWS, 1L));
        });
        List<String> lake =
                feedline.s3().listObjectsV2(list -> list.bucket(Buckets.EMBEDDED.lake())).contents().stream()
                        .map(S3Object::key)
                        .toList();
        assertThat(lake)
                .containsExactlyInAnyOrderElementsOf(files.stream()
                        .map(file -> Keys.lake(FEED, new ChunkName(file.fileId(), 0)))
                        .toList());
        assertThat(lake)
                .allSatisfy(key -> assertThat(feedline.s3()
                                .headObject(head ->
                                        head.bucket(Buckets.EMBEDDED.lake()).key(key))
                                .metadata())
                        .isEqualTo(LakeEngine.SPARK.metadata()));
        assertThat(feedline.sql("SELECT COUNT(*) AS N, COUNT(DISTINCT ID) AS D FROM FEEDLINE.RAW.ORDERS")
                        .getFirst())
                .containsEntry("N", Integer.toString(FILES * ROWS))
                .containsEntry("D", Integer.toString(FILES * ROWS));
    }

    /// All runs of the feed's job, when none is left that has not ended.
    private static List<JobRun> runs(TestingFeedline feedline) throws InterruptedException {
        GlueClient glue = feedline.feedline().clients().glue();
        String job = choice().job();
        Await.until(
                () -> glue.getJobRuns(get -> get.jobName(job)).jobRuns().stream()
                        .allMatch(GlueRuns::hasEnded),
                "every run has ended");
        return glue.getJobRuns(get -> get.jobName(job)).jobRuns();
    }

    private static ConvertChoice choice() {
        return DefinitionReader.parse("test.yaml", definition())
                .feeds()
                .get(FEED)
                .convert();
    }

    private static String log(Path data, String run) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RunLogs.in(data.resolve("glue")).copy(run, RunLogs.Place.BEGIN, out);
        return out.toString(UTF_8);
    }

    private static String home() {
        return Path.of("..").toAbsolutePath().normalize().toString();
    }

    private static String definition() {
        return """
                feeds:
                  orders:
                    buffer: { size: 1 MiB }
                    convert:
                      engine: spark
                      master: %s
                      conf:
                        spark.kubernetes.container.image: spark:4.1.1
                        spark.driver.host: 127.0.0.1
                        spark.kubernetes.driver.requestTimeout: "60000"
                        spark.executor.instances: "2"
                        spark.executor.memory: 512m
                """.formatted(kubernetes.master());
    }

    /// The last row is none.
    private static byte[] rows(int file) {
        StringBuilder rows = new StringBuilder();
        for (int row = 0; row < ROWS; row++) {
            rows.append("{\"id\":")
                    .append(file * ROWS + row)
                    .append(",\"text\":\"")
                    .append("x".repeat(100));
            rows.append("\"}\n");
        }
        return rows.append("{\"id\":\n").toString().getBytes(UTF_8);
    }
}
