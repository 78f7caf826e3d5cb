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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
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

/// A feed converted by executors in pods, of which one is lost half way, and runs that are stopped or whose script,
/// driver or Feedline ends them: no pod is left.
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

    private static final String STRAY = """
            import org.apache.spark.sql.SparkSession
            object Main {
              def main(args: Array[String]): Unit =
                SparkSession.builder().config("spark.app.id", "mine").getOrCreate()
            }
            """;
    /// What a Feedline that is told to end gives its drivers, and then the removal of their pods.
    private static final Duration LONGEST_END = Duration.ofSeconds(20);

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

    /// While one ends, the next one begins: each has a pod at work then, and one for which there is no room.
    @Test
    void noPodIsLeftHoweverARunOrItsFeedlineEnds() throws Exception {
        kubernetes.node().hasRoomFor(0);
        ServerProcess feedline = ServerProcess.start(
                folder.resolve("data"),
                Files.writeString(folder.resolve("feedline.yaml"), "feeds: {}"),
                "-Dfeedline.home=" + home());
        try {
            Run orphan;
            Run frozen;
            try (Reach reach = feedline.reach()) {
                reach.s3().createBucket(create -> create.bucket("scripts"));
                create(reach, "waits", WAIT);
                create(reach, "strays", STRAY);
                Run stray = begin(feedline, reach, "strays");
                Run stopped = begin(feedline, reach, "waits");
                assertThat(ended(reach, stray, JobRunState.FAILED).errorMessage())
                        .contains("spark.app.id is mine and not " + stray.label());
                assertThat(notBeingDeleted("mine")).as(log(feedline, stray)).isEmpty();

                kubernetes.node().hasRoomFor(1);
                awaitOneAtWork(stopped);
                Await.until(() -> kubernetes.node().printed().contains("a task waits"), "a task is at work");
                Run killed = begin(feedline, reach, "waits");
                reach.glue().batchStopJobRun(stop -> stop.jobName("waits").jobRunIds(stopped.id()));
                ended(reach, stopped, JobRunState.STOPPED);
                assertThat(notBeingDeleted(stopped.label()))
                        .as(log(feedline, stopped))
                        .isEmpty();

                awaitOneAtWork(killed);
                orphan = begin(feedline, reach, "waits");
                killed.driver().destroyForcibly();
                assertThat(ended(reach, killed, JobRunState.FAILED).errorMessage())
                        .startsWith("The driver was ended by signal 9");
                assertThat(notBeingDeleted(killed.label()))
                        .as(log(feedline, killed))
                        .isEmpty();
                assertThat(log(feedline, killed)).contains("The driver has not seen the last of its run's pods go");

                awaitOneAtWork(orphan);
                frozen = begin(feedline, reach, "waits");
                Await.until(() -> phases(frozen).equals(List.of("Pending", "Pending")), "both wait for room");
            }
            freeze(frozen.driver());
            feedline.kill();
            Await.until(() -> pods(orphan.label()).isEmpty(), "the driver ends in order when Feedline is no more");
            frozen.driver().destroyForcibly();
            Await.until(() -> !frozen.driver().isAlive(), "the driver is no more");
            assertThat(notBeingDeleted(frozen.label())).hasSize(2);
            feedline.startAgain();
            assertNothingIsLeft();

            Run cut;
            try (Reach reach = feedline.reach()) {
                cut = begin(feedline, reach, "waits");
                awaitOneAtWork(cut);
            }
            long asked = System.nanoTime();
            feedline.close();
            boolean isCutShort = System.nanoTime() - asked >= LONGEST_END.toNanos();
            boolean isLeftToTheNextStart = isToBeLookedFor(feedline, cut);
            assertThat(isLeftToTheNextStart && !isCutShort).isFalse();
            if (isLeftToTheNextStart) {
                feedline.startAgain();
            } else {
                assertThat(notBeingDeleted(cut.label())).isEmpty();
            }
            assertNothingIsLeft();
        } finally {
            feedline.close();
        }
    }

    /// A run at work.
    private record Run(String job, String id, ProcessHandle driver) {
        /// What its pods bear.
        String label() {
            return "feedline-" + id.substring(3, 43);
        }
    }

    private static List<String> names() {
        return kubernetes.node().pods().stream().map(Pod::name).toList();
    }

    private static List<Pod> pods(String label) {
        return kubernetes.node().pods().stream()
                .filter(pod -> label.equals(pod.labels().get("spark-app-selector")))
                .toList();
    }

    private static List<Pod> notBeingDeleted(String label) {
        return pods(label).stream().filter(pod -> !pod.isBeingDeleted()).toList();
    }

    private static void assertNothingIsLeft() throws InterruptedException {
        Await.until(() -> kubernetes.node().pods().isEmpty(), "no pod is left");
        Await.until(() -> kubernetes.node().processes().isEmpty(), "no container is left");
        Await.until(() -> kubernetes.node().configMaps().isEmpty(), "no executors' settings are left");
    }

    private static void create(Reach reach, String job, String script) {
        reach.s3().putObject(put -> put.bucket("scripts").key(job + ".scala"), RequestBody.fromString(script));
        String conf = ((ConvertChoice.Spark) choice()).argument();
        reach.glue()
                .createJob(create -> create.name(job)
                        .role("any")
                        .executionProperty(runs -> runs.maxConcurrentRuns(2))
                        .command(command -> command.name("glueetl").scriptLocation("s3://scripts/" + job + ".scala"))
                        .defaultArguments(Map.of("--job-language", "scala", "--class", "Main", "--conf", conf)));
    }

    /// A run that has its driver.
    private static Run begin(ServerProcess feedline, Reach reach, String job) throws InterruptedException {
        List<ProcessHandle> others = drivers(feedline);
        String run = reach.glue().startJobRun(start -> start.jobName(job)).jobRunId();
        Await.until(() -> !others.containsAll(drivers(feedline)), "its driver is there");
        return drivers(feedline).stream()
                .filter(one -> !others.contains(one))
                .map(driver -> new Run(job, run, driver))
                .findFirst()
                .orElseThrow();
    }

    /// Those of runs: a process that removes what a run has left has a smaller heap.
    private static List<ProcessHandle> drivers(ServerProcess feedline) {
        return feedline.children()
                .filter(one -> one.info().commandLine().orElse("").contains(" -Xmx1024m "))
                .toList();
    }

    private static JobRun ended(Reach reach, Run run, JobRunState as) throws InterruptedException {
        JobRun ended = GlueRuns.ended(reach.glue(), run.job(), run.id());
        assertThat(ended.jobRunState()).as(ended.errorMessage()).isEqualTo(as);
        return ended;
    }

    private static void awaitOneAtWork(Run run) throws InterruptedException {
        Await.until(
                () -> phases(run).equals(List.of("Pending", "Running")), "one pod is at work, and one waits for room");
    }

    private static List<String> phases(Run run) {
        return pods(run.label()).stream().map(Pod::phase).sorted().toList();
    }

    /// Whether the next start would have to see to its pods.
    private static boolean isToBeLookedFor(ServerProcess feedline, Run run) throws SQLException {
        Path database = feedline.folder().resolve("glue").resolve("glue.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                PreparedStatement select = connection.prepareStatement("SELECT run FROM pods WHERE run = ?")) {
            select.setString(1, run.id());
            return select.executeQuery().next();
        }
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

    private static String log(ServerProcess feedline, Run run) throws IOException {
        return log(feedline.folder(), run.id());
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
