package dev.feedline.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.app.YarnCluster.Application;
import dev.feedline.app.spark.SparkHome;
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
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/// A feed converted by executors in containers of a genuine YARN, and runs there that are stopped.
@Tag("proof")
class YarnProofTest {
    private static final String FEED = "orders";
    private static final int FILES = 8;
    private static final int ROWS = 400;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final String WAIT = """
            import org.apache.spark.sql.SparkSession
            object Main {
              def main(args: Array[String]): Unit =
                SparkSession.builder().getOrCreate().sparkContext.parallelize(1 to 1, 1)
                  .foreach(_ => { println("a task waits"); Thread.sleep(600000) })
            }
            """;
    /// To the folder that takes the place of %s.
    private static final String WRITE = """
            import org.apache.spark.sql.SparkSession
            object Main {
              def main(args: Array[String]): Unit = {
                val spark = SparkSession.builder().getOrCreate()
                spark.range(0, 300, 1, 2).write.parquet("file://%1$s")
                require(spark.read.parquet("file://%1$s").count() == 300)
              }
            }
            """;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    private static YarnCluster yarn;
    private static ServerProcess feedline;
    private static Reach reach;
    private static RemotePipeline pipeline;

    @BeforeAll
    static void start() throws Exception {
        GlueRuns.useThisCheckout();
        yarn = YarnCluster.start(
                Files.createDirectory(folder.resolve("yarn")),
                SparkHome.standard().installed(said -> {}).java());
        feedline = ServerProcess.start(
                folder.resolve("data"),
                Files.writeString(folder.resolve("feedline.yaml"), definition()),
                Map.of(
                        "SPARK_HOME", yarn.spark().toString(),
                        "YARN_CONF_DIR", yarn.configuration().toString()),
                "-Dfeedline.home=" + home());
        reach = feedline.reach();
        pipeline = RemotePipeline.of(reach);
    }

    @AfterAll
    static void end() throws Exception {
        GlueRuns.leaveThisCheckout();
        if (reach != null) { // null when it could not be started, and so are the others
            reach.close();
        }
        if (feedline != null) {
            feedline.close();
        }
        if (yarn != null) {
            yarn.close();
        }
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void itsExecutorsConvertEveryChunkOnce() throws Exception {
        Map<String, String> versions = new TreeMap<>();
        for (int file = 0; file < FILES; file++) {
            String key = FEED + "/" + file + ".jsonl";
            byte[] rows = rows(file);
            versions.put(
                    key,
                    s3().putObject(put -> put.bucket(Buckets.EMBEDDED.source()).key(key), RequestBody.fromBytes(rows))
                            .versionId());
        }
        List<FileState> files = new ArrayList<>();
        for (Map.Entry<String, String> file : versions.entrySet()) {
            files.add(Journey.of(pipeline, FEED, file.getKey(), file.getValue())
                    .await(LONGEST, stages -> {})
                    .orElseThrow(() -> new AssertionError(file.getKey() + " is not settled")));
        }

        assertThat(files).allSatisfy(file -> {
            assertThat(file.state()).as(file.key()).isEqualTo(State.BALANCED);
            assertThat(List.of(file.received(), file.loaded(), file.quarantined()))
                    .as(file.key())
                    .isEqualTo(List.of(ROWS + 1L, (long) ROWS, 1L));
        });
        assertThat(lakeObjects())
                .containsExactlyInAnyOrderElementsOf(files.stream()
                        .map(file -> Keys.lake(FEED, new ChunkName(file.fileId(), 0)))
                        .toList());
        assertThat(lakeObjects())
                .allSatisfy(key -> assertThat(s3().headObject(head ->
                                        head.bucket(Buckets.EMBEDDED.lake()).key(key))
                                .metadata())
                        .isEqualTo(LakeEngine.SPARK.metadata()));
        assertThat(pipeline.warehouse()
                        .query("SELECT COUNT(*) AS N, COUNT(DISTINCT ID) AS D FROM FEEDLINE.RAW.ORDERS")
                        .getFirst())
                .containsEntry("N", Integer.toString(FILES * ROWS))
                .containsEntry("D", Integer.toString(FILES * ROWS));
        assertTheyWereYarns();
    }

    private static void assertTheyWereYarns() throws Exception {
        String job = DefinitionReader.parse("test.yaml", definition())
                .feeds()
                .get(FEED)
                .convert()
                .job();
        List<JobRun> runs = glue().getJobRuns(get -> get.jobName(job)).jobRuns();
        for (JobRun run : runs) {
            assertThat(ended(job, run.id()).jobRunState()).as(log(run.id())).isEqualTo(JobRunState.SUCCEEDED);
            Application application = application(run.id());
            awaitEnd(application);
            assertThat(application(run.id()).finalStatus()).isEqualTo("SUCCEEDED");
        }
        StringBuilder printed = new StringBuilder();
        for (JobRun run : runs) {
            printed.append(yarn.printed(application(run.id())));
        }
        assertThat(printed).contains("Finished task");
    }

    @Test
    void aScriptsFramesAreWrittenAndRead() throws Exception {
        create("writes", WRITE.formatted(folder.resolve("frames")), "256m");
        String run = start("writes");
        assertThat(ended("writes", run).jobRunState()).as(log(run)).isEqualTo(JobRunState.SUCCEEDED);
        awaitEnd(application(run));
        assertThat(folder.resolve("frames").resolve("_SUCCESS")).exists();
    }

    /// One that is at work, and one that YARN has not begun because the other leaves it no room.
    @Test
    void stoppedRunsLeaveNoApplication() throws Exception {
        create("waits", WAIT, "256m");
        create("finds-no-room", WAIT, "1g");
        String waiting = start("waits");
        Await.until(() -> printed(waiting).contains("a task waits"), "a task is at work in a container");
        String without = start("finds-no-room");
        Await.until(
                () -> yarn.applications().stream()
                        .anyMatch(one ->
                                one.tags().contains(without) && one.state().equals("ACCEPTED")),
                "YARN has accepted the other");

        stop("finds-no-room", without);
        assertThat(application(without).state()).as(log(without)).isEqualTo("KILLED");
        stop("waits", waiting);
        awaitEnd(application(waiting));
        Await.until(() -> yarn.containers().isEmpty(), "YARN's containers have ended");
        assertThat(yarn.applications()).noneMatch(Application::isLeft);
    }

    private static void stop(String job, String run) throws InterruptedException {
        glue().batchStopJobRun(stop -> stop.jobName(job).jobRunIds(run));
        assertThat(ended(job, run).jobRunState()).isEqualTo(JobRunState.STOPPED);
    }

    @Test
    void withoutYarnsSettingsFeedlineDoesNotStart() throws IOException {
        Path definition = folder.resolve("feedline.yaml");
        assertThatThrownBy(() -> ServerProcess.start(
                        folder.resolve("other"),
                        definition,
                        Map.of("SPARK_HOME", yarn.spark().toString(), "YARN_CONF_DIR", "", "HADOOP_CONF_DIR", ""),
                        "-Dfeedline.home=" + home()))
                .hasMessageContaining("Spark's master yarn needs YARN_CONF_DIR or HADOOP_CONF_DIR")
                .hasMessageContaining("Neither is set.");
    }

    private static void awaitEnd(Application application) throws InterruptedException {
        Await.until(
                () -> yarn.applications().stream()
                        .filter(one -> one.id().equals(application.id()))
                        .noneMatch(Application::isLeft),
                application + " has ended");
    }

    /// The one that a run has had.
    private static Application application(String run) {
        List<Application> of = yarn.applications().stream()
                .filter(one -> one.tags().contains(run))
                .toList();
        assertThat(of).as(run).hasSize(1);
        return of.getFirst();
    }

    private static String printed(String run) {
        try {
            StringBuilder all = new StringBuilder();
            for (Application one : yarn.applications()) {
                if (one.tags().contains(run)) {
                    all.append(yarn.printed(one));
                }
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void create(String name, String script, String memory) {
        s3().createBucket(create -> create.bucket(name));
        s3().putObject(put -> put.bucket(name).key("main.scala"), RequestBody.fromString(script));
        String conf = ((ConvertChoice.Spark) DefinitionReader.parse("test.yaml", definition())
                        .feeds()
                        .get(FEED)
                        .convert())
                .argument();
        glue().createJob(job -> job.name(name)
                .role("any")
                .command(command -> command.name("glueetl").scriptLocation("s3://" + name + "/main.scala"))
                .defaultArguments(Map.of(
                        "--job-language", "scala",
                        "--class", "Main",
                        "--conf", conf + " --conf spark.yarn.am.memory=" + memory)));
    }

    private static String start(String job) {
        return glue().startJobRun(start -> start.jobName(job)).jobRunId();
    }

    private static JobRun ended(String job, String run) throws InterruptedException {
        return GlueRuns.ended(glue(), job, run);
    }

    private static String log(String run) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RunLogs.in(feedline.folder().resolve("glue")).copy(run, RunLogs.Place.BEGIN, out);
        return out.toString(UTF_8);
    }

    private static List<String> lakeObjects() {
        return s3().listObjectsV2(list -> list.bucket(Buckets.EMBEDDED.lake())).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private static S3Client s3() {
        return pipeline.s3();
    }

    private static GlueClient glue() {
        return reach.glue();
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
                      master: yarn
                      conf:
                        spark.driver.host: 127.0.0.1
                        spark.driver.bindAddress: 127.0.0.1
                        spark.driver.memory: 512m
                        spark.yarn.am.memory: 256m
                        spark.yarn.am.memoryOverhead: 128m
                        spark.yarn.stagingDir: file://%s
                        spark.executor.instances: "2"
                        spark.executor.memory: 512m
                        spark.executor.memoryOverhead: 128m
                        spark.executorEnv.AWS_SHARED_CREDENTIALS_FILE: %s
                """.formatted(yarn.staging(), folder.resolve("data").resolve("keys"));
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
