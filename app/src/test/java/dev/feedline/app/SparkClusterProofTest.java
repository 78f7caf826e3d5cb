package dev.feedline.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.app.HeldLake.Moment;
import dev.feedline.convert.ChunkName;
import dev.feedline.convert.Keys;
import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.FileState.State;
import dev.feedline.feeds.definition.ConvertChoice;
import dev.feedline.feeds.definition.DefinitionReader;
import dev.feedline.glue.RunLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.s3.model.S3Object;

/// A feed of many small files converted on a standalone cluster, one master and two workers, of which a process is
/// killed when half of the chunks are there.
@Tag("proof")
class SparkClusterProofTest {
    private static final String FEED = "orders";
    private static final int FILES = 24;
    private static final int ROWS = 400;
    private static final int HALF = FILES / 2;
    private static final String SCRIPT = """
            import org.apache.spark.sql.SparkSession
            object Count {
              def main(args: Array[String]): Unit = {
                val spark = SparkSession.builder().getOrCreate()
                val sums = spark.read.parquet("s3a://feedline-lake/data/orders/").selectExpr("count(*)", "sum(id)").head()
                if (sums.getLong(0) != 400 || sums.getLong(1) != 239800) throw new IllegalStateException(sums.toString)
              }
            }
            """;

    private static SparkCluster cluster;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @BeforeAll
    static void startCluster(@TempDir Path shared) throws Exception {
        GlueRuns.useThisCheckout();
        cluster = SparkCluster.start(shared);
    }

    @AfterAll
    static void endCluster() throws Exception {
        GlueRuns.leaveThisCheckout();
        if (cluster != null) { // null when it could not be started
            cluster.close();
        }
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @BeforeEach
    void twoWorkers() throws Exception {
        cluster.fill();
    }

    @Test
    void aRunThatLosesAWorkerHalfWayGoesOnWithTheOther() throws Exception {
        HeldLake lake = new HeldLake(Moment.BEFORE_ANSWER, HALF);
        try (TestingFeedline feedline = start(lake)) {
            Map<String, String> files = upload(feedline, lake);
            lake.awaitHeld(2);
            assertThat(lakeObjects(feedline)).hasSize(HALF + 2);
            String run = atWork(feedline);
            cluster.loseWorker();
            lake.release();

            assertEveryRowIsThereOnce(feedline, settled(feedline, files));
            assertThat(ended(feedline).get(run).jobRunState()).isEqualTo(JobRunState.SUCCEEDED);
            assertThat(ended(feedline).values()).extracting(JobRun::jobRunState).containsOnly(JobRunState.SUCCEEDED);
            // The chunk whose put was not answered is found there by the task's next attempt.
            assertThat(log(run)).contains("Lost executor", "converted=" + (FILES - 1) + ",", "alreadyThere=1,");
            Await.until(() -> cluster.executors().isEmpty(), "the executors have ended with their run");
        } finally {
            lake.release();
        }
        assertThat(drivers()).isEmpty();
    }

    @Test
    void aRunThatLosesItsDriverHalfWayHasFailedAndTheNextOneEndsItsWork() throws Exception {
        HeldLake lake = new HeldLake(Moment.BEFORE_PUT, HALF);
        try (TestingFeedline feedline = start(lake)) {
            Map<String, String> files = upload(feedline, lake);
            lake.awaitHeld(2);
            assertThat(lakeObjects(feedline)).hasSize(HALF);
            String run = atWork(feedline);
            List<ProcessHandle> executors = cluster.executors();
            assertThat(executors).hasSize(2);
            ProcessHandle driver = drivers().getFirst(); // there is no spare one beside a Feedline's first
            driver.destroyForcibly();
            Await.until(
                    () -> executors.stream().noneMatch(ProcessHandle::isAlive), "the driver's executors have ended");
            lake.release();

            assertEveryRowIsThereOnce(feedline, settled(feedline, files));
            Map<String, JobRun> ended = ended(feedline);
            assertThat(ended.get(run).jobRunState()).isEqualTo(JobRunState.FAILED);
            assertThat(ended.get(run).errorMessage()).startsWith("The driver was ended by signal 9");
            ended.remove(run);
            assertThat(ended.values())
                    .isNotEmpty()
                    .extracting(JobRun::jobRunState)
                    .containsOnly(JobRunState.SUCCEEDED);
            Await.until(() -> cluster.executors().isEmpty(), "the executors have ended with their run");
        } finally {
            lake.release();
        }
        assertThat(drivers()).isEmpty();
    }

    /// The driver's keys are Feedline's, and stay with it.
    @Test
    void executorsAskWithKeysOfTheirOwn() throws Exception {
        String key = FEED + "/1.jsonl";
        String version;
        String strange = definition() + """
                        spark.executorEnv.AWS_ACCESS_KEY_ID: AKIAOFSOMEBODYELSES1
                        spark.executorEnv.AWS_SECRET_ACCESS_KEY: secret
                """;
        try (TestingFeedline feedline = TestingFeedline.start(folder, strange)) {
            cluster.trust(folder.resolve("keys"));
            version = feedline.upload(key, rows(1));
            Await.until(() -> !failures(feedline, strange).isEmpty(), "a run has failed");
            assertThat(failures(feedline, strange).getFirst())
                    .contains("The AWS Access Key Id you provided does not exist in our records", "Status Code: 403");
            assertThat(lakeObjects(feedline)).isEmpty();
        }
        try (TestingFeedline feedline = TestingFeedline.start(folder, definition())) { // with the workers' own
            assertThat(feedline.settled(key, version).state()).isEqualTo(State.BALANCED);
            assertThat(failures(feedline, definition())).isEmpty();
            JobRun script = runScript(feedline);
            assertThat(script.jobRunState()).as(script.errorMessage()).isEqualTo(JobRunState.SUCCEEDED);
        }
        assertThat(drivers()).isEmpty();
    }

    /// A user's script whose executors read by S3A.
    private static JobRun runScript(TestingFeedline feedline) throws InterruptedException {
        feedline.s3().createBucket(request -> request.bucket("scripts"));
        feedline.s3()
                .putObject(request -> request.bucket("scripts").key("count.scala"), RequestBody.fromString(SCRIPT));
        GlueClient glue = feedline.reach().glue();
        glue.createJob(job -> job.name("count")
                .role("any")
                .command(command -> command.name("glueetl").scriptLocation("s3://scripts/count.scala"))
                .defaultArguments(Map.of(
                        "--job-language", "scala",
                        "--class", "Count",
                        "--conf", ((ConvertChoice.Spark) choice(definition())).argument())));
        String id = glue.startJobRun(request -> request.jobName("count")).jobRunId();
        return GlueRuns.ended(glue, "count", id);
    }

    private TestingFeedline start(Rig rig) throws IOException {
        TestingFeedline feedline = TestingFeedline.start(folder, definition(), rig);
        cluster.trust(folder.resolve("keys"));
        return feedline;
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
                        spark.driver.host: 127.0.0.1
                        spark.driver.bindAddress: 127.0.0.1
                        spark.executor.memory: 512m
                        spark.executor.extraJavaOptions: -Djava.io.tmpdir=%s
                """.formatted(cluster.master(), cluster.temporary());
    }

    /// Uploads them all, and lets their rows land when all of them are on the stream.
    ///
    /// @return the versions by their keys
    private static Map<String, String> upload(TestingFeedline feedline, HeldLake lake) throws Exception {
        Map<String, String> versions = new TreeMap<>();
        for (int file = 0; file < FILES; file++) {
            String key = FEED + "/" + file + ".jsonl";
            versions.put(key, feedline.upload(key, rows(file)));
        }
        Await.until(() -> states(feedline, State.IN_FLIGHT) == FILES, "every file has its receipt");
        lake.deliver();
        return versions;
    }

    /// The last row is none.
    private static byte[] rows(int file) {
        StringBuilder rows = new StringBuilder();
        for (int row = 0; row < ROWS; row++) {
            rows.append("{\"id\":")
                    .append(file * ROWS + row)
                    .append(",\"at\":{\"file\":")
                    .append(file)
                    .append(",\"tags\":[\"a\",\"")
                    .append(row)
                    .append("\"]},\"text\":\"")
                    .append("x".repeat(100))
                    .append("\"}\n");
        }
        return rows.append("{\"id\":\n").toString().getBytes(UTF_8);
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
        assertThat(lakeObjects(feedline))
                .containsExactlyInAnyOrderElementsOf(files.stream()
                        .map(file -> Keys.lake(FEED, new ChunkName(file.fileId(), 0)))
                        .toList());
        assertThat(feedline.sql("SELECT COUNT(*) AS N, COUNT(DISTINCT ID) AS D, MAX(ID) AS M FROM FEEDLINE.RAW.ORDERS")
                        .getFirst())
                .containsEntry("N", Integer.toString(FILES * ROWS))
                .containsEntry("D", Integer.toString(FILES * ROWS))
                .containsEntry("M", Integer.toString(FILES * ROWS - 1));
    }

    private static List<String> lakeObjects(TestingFeedline feedline) {
        return feedline.s3().listObjectsV2(request -> request.bucket(Buckets.EMBEDDED.lake())).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private static long states(TestingFeedline feedline, State state) {
        try {
            return feedline.pipeline().files().stream()
                    .filter(file -> file.state() == state)
                    .count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// The one run that converts.
    private static String atWork(TestingFeedline feedline) {
        List<JobRun> running = runs(feedline).values().stream()
                .filter(run -> run.jobRunState() == JobRunState.RUNNING)
                .toList();
        assertThat(running).hasSize(1);
        return running.getFirst().id();
    }

    /// All runs, when none is left that has not ended.
    private static Map<String, JobRun> ended(TestingFeedline feedline) throws InterruptedException {
        Await.until(() -> runs(feedline).values().stream().allMatch(GlueRuns::hasEnded), "every run has ended");
        return runs(feedline);
    }

    private static List<String> failures(TestingFeedline feedline, String definition) {
        return runs(feedline, definition).values().stream()
                .filter(run -> run.jobRunState() == JobRunState.FAILED)
                .map(JobRun::errorMessage)
                .toList();
    }

    private static Map<String, JobRun> runs(TestingFeedline feedline) {
        return runs(feedline, definition());
    }

    private static Map<String, JobRun> runs(TestingFeedline feedline, String definition) {
        String job = choice(definition).job();
        Map<String, JobRun> runs = new TreeMap<>();
        feedline.feedline()
                .clients()
                .glue()
                .getJobRuns(request -> request.jobName(job).maxResults(200))
                .jobRuns()
                .forEach(run -> runs.put(run.id(), run));
        return runs;
    }

    private static ConvertChoice choice(String definition) {
        return DefinitionReader.parse("test.yaml", definition).feeds().get(FEED).convert();
    }

    private String log(String run) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RunLogs.in(folder.resolve("glue")).copy(run, RunLogs.Place.BEGIN, out);
        return out.toString(UTF_8);
    }

    /// Feedline itself is this process; what it has started, and is not the cluster's.
    private static List<ProcessHandle> drivers() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.isAlive() && !cluster.has(process))
                .toList();
    }
}
