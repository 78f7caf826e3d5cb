package dev.feedline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.app.spark.SparkHome;
import dev.feedline.convert.LakeEngine;
import dev.feedline.feeds.FeedCatalog;
import dev.feedline.feeds.FeedTable;
import dev.feedline.feeds.FileState;
import dev.feedline.glue.RunLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.ConcurrentRunsExceededException;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Glue jobs on genuine Spark: the pipeline's own, a user's Scala script, and a user's jar.
@Tag("proof")
class SparkJobsProofTest {
    private static final String SCRIPT = """
            import com.amazonaws.services.glue.util.GlueArgParser
            import org.apache.spark.sql.SparkSession
            object Numbers {
              def main(args: Array[String]): Unit = {
                val n = GlueArgParser.getResolvedOptions(args, Array("JOB_NAME", "N"))("N").toInt
                val spark = SparkSession.builder().getOrCreate()
                import spark.implicits._
                if (n < 0) throw new IllegalStateException("there are no " + n + " numbers")
                if (n == 7) sys.exit(7)
                if (n == 0) { println("waiting"); Thread.sleep(600000) }
                spark.range(n).map(id => id * 2).write.parquet("s3://scripts/numbers/")
                val sum = spark.read.parquet("s3a://scripts/numbers/").as[Long].reduce(_ + _)
                if (sum != n.toLong * (n - 1)) throw new IllegalStateException("lost")
              }
            }
            """;
    private static final String PROGRAM = """
            package jobs;

            import java.util.List;
            import org.apache.hadoop.fs.Path;
            import org.apache.spark.api.java.JavaSparkContext;
            import org.apache.spark.sql.SparkSession;

            public final class Ends {
                public static void main(String[] words) throws Exception {
                    SparkSession spark = SparkSession.builder().getOrCreate();
                    switch (words[List.of(words).indexOf("--how") + 1]) {
                        case "at the second time" -> {
                            if (isNew(spark, "tried")) {
                                throw new IllegalStateException("the first time");
                            }
                        }
                        case "by a thread" -> new Thread(() -> {
                            try {
                                Thread.sleep(2000);
                                isNew(spark, "by-a-thread");
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        }).start();
                        case "halted" -> Runtime.getRuntime().halt(0);
                        case "in a task" -> JavaSparkContext.fromSparkContext(spark.sparkContext())
                                .parallelize(List.of(1, 2))
                                .foreach(number -> System.exit(0));
                        case "without memory" -> System.out.println(new long[Integer.MAX_VALUE - 8]);
                        case "after its context" -> {
                            spark.stop();
                            throw new IllegalStateException("there is nothing left");
                        }
                        case "never" -> {
                            System.out.println("driver " + ProcessHandle.current().pid() + " waits");
                            Thread.sleep(600_000);
                        }
                    }
                }

                private static boolean isNew(SparkSession spark, String name) throws java.io.IOException {
                    Path file = new Path("s3a://scripts/" + name);
                    return file.getFileSystem(spark.sparkContext().hadoopConfiguration()).createNewFile(file);
                }
            }
            """;
    private static final Pattern DRIVER = Pattern.compile("driver (\\d+) waits");

    @TempDir
    private static Path folder;

    /// What the machine's clock is ahead of the time.
    private static final AtomicReference<Duration> AHEAD = new AtomicReference<>(Duration.ZERO);

    private static TestingFeedline feedline;
    private static GlueClient glue;
    private static S3Client s3;

    /// One for all, so that all but its first run find a driver that was started ahead.
    @BeforeAll
    static void start() throws Exception {
        GlueRuns.useThisCheckout();
        feedline = TestingFeedline.startWithoutSweep(
                folder.resolve("data"), "feeds: { orders: { convert: { engine: spark } }, as_on_aws: {} }", new Rig() {
                    @Override
                    public InstantSource clock() {
                        return () -> Instant.now().plus(AHEAD.get());
                    }
                });
        glue = feedline.reach().glue();
        s3 = feedline.s3();
        s3.createBucket(request -> request.bucket("scripts"));
        s3.putObject(request -> request.bucket("scripts").key("numbers.scala"), RequestBody.fromString(SCRIPT));
        s3.putObject(request -> request.bucket("scripts").key("none.scala"), RequestBody.fromString("// in the jar\n"));
        s3.putObject(request -> request.bucket("scripts").key("ends.jar"), RequestBody.fromFile(jar()));
        glue.createJob(job -> job.name("ends")
                .role("any")
                .command(command -> command.name("glueetl").scriptLocation("s3://scripts/ends.jar"))
                .defaultArguments(Map.of("--class", "jobs.Ends")));
    }

    /// Feedline itself is this process, and starts no others here.
    @AfterAll
    static void nothingIsLeft() {
        feedline.close();
        GlueRuns.leaveThisCheckout();
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void thePipelineBalancesOnSpark() throws Exception {
        FileState state = feedline.put("orders/orders.jsonl", TestingFeedline.example("orders.jsonl"));

        assertThat(state.state()).isEqualTo(FileState.State.BALANCED);
        assertThat(feedline.sql("SELECT count(*) AS N FROM FEEDLINE.RAW.ORDERS"))
                .extracting(row -> row.get("N").toString())
                .containsExactly("12000");
        S3Object object = s3.listObjectsV2(request -> request.bucket("feedline-lake"))
                .contents()
                .getFirst();
        assertThat(s3.headObject(request -> request.bucket("feedline-lake").key(object.key()))
                        .metadata())
                .isEqualTo(LakeEngine.SPARK.metadata());
    }

    @Test
    void theScriptForAwsGlueConvertsTheFeedThatNamesItsJob() throws Exception {
        Path jars = Path.of("..", "spark", "target", "lib");
        List<String> places = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(jars, "*.jar")) {
            for (Path jar : all) {
                s3.putObject(request -> request.bucket("scripts").key("lib/" + jar.getFileName()), jar);
                places.add("s3://scripts/lib/" + jar.getFileName());
            }
        }
        Path script = Path.of("..", "spark", "glue", "FeedlineJsonToParquet.scala");
        s3.putObject(request -> request.bucket("scripts").key("convert.scala"), script);
        glue.createJob(job -> job.name("as-on-aws")
                .role("any")
                .glueVersion("6.0")
                .jobRunQueuingEnabled(true)
                .command(command -> command.name("glueetl").scriptLocation("s3://scripts/convert.scala"))
                .defaultArguments(Map.of(
                        "--job-language", "scala",
                        "--class", "FeedlineJsonToParquet",
                        "--extra-jars", String.join(",", places),
                        "--FEEDLINE_LANDING_BUCKET", "feedline-landing",
                        "--FEEDLINE_LAKE_BUCKET", "feedline-lake")));
        FeedTable table = new FeedCatalog(glue).find("as_on_aws").orElseThrow();
        glue.updateTable(update -> update.databaseName("feedline")
                .tableInput(FeedTable.withJob(table.input(), "as-on-aws"))
                .versionId(table.version()));

        FileState state = feedline.put("as_on_aws/orders.jsonl", TestingFeedline.example("orders.jsonl"));

        assertThat(state.state()).isEqualTo(FileState.State.BALANCED);
        assertThat(state.loaded()).isEqualTo(12_000);
        String first = glue.getJobRuns(request -> request.jobName("as-on-aws"))
                .jobRuns()
                .getLast()
                .id();
        assertThat(ended("as-on-aws", first).jobRunState()).isEqualTo(JobRunState.SUCCEEDED);
    }

    @Test
    void aScriptEndsAsItReallyDid() throws Exception {
        glue.createJob(job -> job.name("numbers")
                .role("any")
                .command(command -> command.name("glueetl").scriptLocation("s3://scripts/numbers.scala"))
                .defaultArguments(Map.of("--job-language", "scala", "--class", "Numbers")));

        assertThat(ended("numbers", numbers(1_000)).jobRunState()).isEqualTo(JobRunState.SUCCEEDED);
        assertThat(keys("numbers/")).contains("numbers/_SUCCESS");
        JobRun failed = ended("numbers", numbers(-1));
        assertThat(failed.jobRunState()).isEqualTo(JobRunState.FAILED);
        assertThat(failed.errorMessage()).isEqualTo("java.lang.IllegalStateException: there are no -1 numbers");
        JobRun left = ended("numbers", numbers(7));
        assertThat(left.jobRunState()).isEqualTo(JobRunState.FAILED);
        assertThat(left.errorMessage()).isEqualTo("the job ended the process with System.exit(7)");
        String waiting = numbers(0);
        await("numbers", waiting, run -> run.jobRunState() == JobRunState.RUNNING);
        glue.batchStopJobRun(request -> request.jobName("numbers").jobRunIds(waiting));
        assertThat(ended("numbers", waiting).jobRunState()).isEqualTo(JobRunState.STOPPED);
    }

    @Test
    void aJarsMainClassRunsAndIsTriedAgain() throws Exception {
        glue.createJob(job -> job.name("retried")
                .role("any")
                .maxRetries(1)
                .command(command -> command.name("glueetl").scriptLocation("s3://scripts/none.scala"))
                .defaultArguments(Map.of(
                        "--job-language", "scala",
                        "--class", "jobs.Ends",
                        "--extra-jars", "s3://scripts/ends.jar",
                        "--how", "at the second time")));

        String first = glue.startJobRun(run -> run.jobName("retried")).jobRunId();

        assertThat(ended("retried", first).errorMessage()).isEqualTo("java.lang.IllegalStateException: the first time");
        JobRun second = ended("retried", first + "_attempt_1");
        assertThat(second.jobRunState()).isEqualTo(JobRunState.SUCCEEDED);
        assertThat(second.previousRunId()).isEqualTo(first);
    }

    @Test
    void aRunOverItsTimeoutMakesRoomForTheOneThatWaits() throws Exception {
        glue.createJob(job -> job.name("queued")
                .role("any")
                .timeout(10)
                .jobRunQueuingEnabled(true)
                .executionProperty(property -> property.maxConcurrentRuns(1))
                .command(command -> command.name("glueetl").scriptLocation("s3://scripts/ends.jar"))
                .defaultArguments(Map.of("--class", "jobs.Ends")));
        String late = ends("queued", "never");
        awaitDriver(late);
        String queued = ends("queued", "by a thread");
        assertThat(state("queued", queued)).isEqualTo(JobRunState.WAITING);
        assertThatThrownBy(() -> glue.startJobRun(run -> run.jobName("queued").jobRunQueuingEnabled(false)))
                .isInstanceOf(ConcurrentRunsExceededException.class);

        AHEAD.set(Duration.ofMinutes(10)); // signatures bear 15

        JobRun ended = ended("queued", late);
        assertThat(ended.jobRunState()).isEqualTo(JobRunState.TIMEOUT);
        assertThat(ended.errorMessage()).contains("longer than its timeout of 10 minutes");
        assertThat(ended("queued", queued).jobRunState()).isEqualTo(JobRunState.SUCCEEDED);
        assertThat(keys("by-a-thread")).isNotEmpty(); // written after its main method had returned
    }

    @Test
    void nothingSucceedsThatDidNotFinish() throws Exception {
        assertThat(failure("halted")).isEqualTo("the job ended the process with Runtime.halt(0)");
        assertThat(failure("in a task")).isEqualTo("a task of the job ended the process with System.exit(0)");
        assertThat(failure("without memory"))
                .contains("ended with exit code 3 before it reported an end", "java.lang.OutOfMemoryError");
        assertThat(failure("after its context")).isEqualTo("java.lang.IllegalStateException: there is nothing left");
        String killed = ends("ends", "never");
        awaitDriver(killed).destroyForcibly();
        assertThat(ended("ends", killed).errorMessage()).contains("was ended by signal 9", "SIGKILL");
    }

    private static String failure(String how) throws Exception {
        JobRun run = ended("ends", ends("ends", how));
        assertThat(run.jobRunState()).as(how).isEqualTo(JobRunState.FAILED);
        return run.errorMessage();
    }

    private static String numbers(int n) {
        return glue.startJobRun(run -> run.jobName("numbers").arguments(Map.of("--N", Integer.toString(n))))
                .jobRunId();
    }

    private static String ends(String job, String how) {
        return glue.startJobRun(run -> run.jobName(job).arguments(Map.of("--how", how)))
                .jobRunId();
    }

    private static JobRun ended(String job, String id) throws Exception {
        return await(job, id, GlueRuns::hasEnded);
    }

    private static JobRunState state(String job, String id) {
        return glue.getJobRun(request -> request.jobName(job).runId(id))
                .jobRun()
                .jobRunState();
    }

    private static JobRun await(String job, String id, Predicate<JobRun> wanted) throws Exception {
        try {
            return GlueRuns.awaited(glue, job, id, wanted);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + log(id), e);
        }
    }

    /// The process of a run that waits.
    private static ProcessHandle awaitDriver(String id) throws Exception {
        Instant deadline = Instant.now().plus(GlueRuns.LONGEST);
        Matcher driver = DRIVER.matcher(log(id));
        while (!driver.find()) {
            assertThat(Instant.now()).as(log(id)).isBefore(deadline);
            Thread.sleep(GlueRuns.BETWEEN_LOOKS);
            driver = DRIVER.matcher(log(id));
        }
        return ProcessHandle.of(Long.parseLong(driver.group(1))).orElseThrow();
    }

    private static String log(String id) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RunLogs.in(folder.resolve("data").resolve("glue")).copy(id, RunLogs.Place.BEGIN, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<String> keys(String prefix) {
        return s3.listObjectsV2(request -> request.bucket("scripts").prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /// The program as a user builds it: for Java 17, against Spark.
    private static Path jar() throws IOException {
        Path source = Files.writeString(folder.resolve("Ends.java"), PROGRAM);
        Path classes = Files.createDirectory(folder.resolve("classes"));
        String classPath = SparkHome.standard().installed(said -> {}).classPath().stream()
                .map(Path::toString)
                .collect(Collectors.joining(java.io.File.pathSeparator));
        ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
        String[] options = {"-proc:none", "--release", "17", "-cp", classPath, "-d", classes.toString()};
        List<String> words = new ArrayList<>(List.of(options));
        words.add(source.toString());
        assertThat(javac.run(System.out, System.err, words.toArray(String[]::new)))
                .isZero();
        Path jar = folder.resolve("ends.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("jobs/Ends.class"));
            Files.copy(classes.resolve("jobs/Ends.class"), out);
        }
        return jar;
    }
}
