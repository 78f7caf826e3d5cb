package dev.feedline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.convert.LakeEngine;
import dev.feedline.feeds.FileState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Glue jobs on genuine Spark: the pipeline's own, and a user's Scala script.
@Tag("proof")
class SparkJobsProofTest {
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final Set<JobRunState> ENDS =
            Set.of(JobRunState.SUCCEEDED, JobRunState.FAILED, JobRunState.STOPPED, JobRunState.TIMEOUT);
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

    @TempDir
    private Path folder;

    @BeforeAll
    static void thisCheckoutIsHome() {
        System.setProperty("feedline.home", Path.of("..").toAbsolutePath().toString());
    }

    @AfterAll
    static void leave() {
        System.clearProperty("feedline.home");
    }

    @Test
    void thePipelineBalancesOnSpark() throws Exception {
        try (TestingFeedline feedline =
                TestingFeedline.start(folder, "feeds: { orders: { convert: { engine: spark } } }")) {
            FileState state = feedline.put("orders/orders.jsonl", TestingFeedline.example("orders.jsonl"));

            assertThat(state.state()).isEqualTo(FileState.State.BALANCED);
            assertThat(feedline.sql("SELECT count(*) AS N FROM FEEDLINE.RAW.ORDERS"))
                    .extracting(row -> row.get("N").toString())
                    .containsExactly("12000");
            S3Client s3 = feedline.s3();
            S3Object object = s3.listObjectsV2(request -> request.bucket("feedline-lake"))
                    .contents()
                    .getFirst();
            assertThat(s3.headObject(request -> request.bucket("feedline-lake").key(object.key()))
                            .metadata())
                    .isEqualTo(LakeEngine.SPARK.metadata());
        }
    }

    @Test
    void aScriptEndsAsItReallyDid() throws Exception {
        try (TestingFeedline feedline = TestingFeedline.start(folder, "feeds: {}")) {
            GlueClient glue = feedline.reach().glue();
            S3Client s3 = feedline.s3();
            s3.createBucket(request -> request.bucket("scripts"));
            s3.putObject(request -> request.bucket("scripts").key("numbers.scala"), RequestBody.fromString(SCRIPT));
            glue.createJob(job -> job.name("numbers")
                    .role("any")
                    .command(command -> command.name("glueetl").scriptLocation("s3://scripts/numbers.scala"))
                    .defaultArguments(Map.of("--job-language", "scala", "--class", "Numbers")));

            assertThat(ended(glue, start(glue, 1_000)).jobRunState()).isEqualTo(JobRunState.SUCCEEDED);
            assertThat(s3.listObjectsV2(request -> request.bucket("scripts").prefix("numbers/"))
                            .contents())
                    .extracting(S3Object::key)
                    .contains("numbers/_SUCCESS");
            JobRun failed = ended(glue, start(glue, -1));
            assertThat(failed.jobRunState()).isEqualTo(JobRunState.FAILED);
            assertThat(failed.errorMessage()).isEqualTo("java.lang.IllegalStateException: there are no -1 numbers");
            JobRun left = ended(glue, start(glue, 7));
            assertThat(left.jobRunState()).isEqualTo(JobRunState.FAILED);
            assertThat(left.errorMessage()).isEqualTo("the job ended its process with System.exit(7)");
            String waiting = start(glue, 0);
            await(glue, waiting, Set.of(JobRunState.RUNNING));
            assertThat(drivers()).isPositive();
            glue.batchStopJobRun(request -> request.jobName("numbers").jobRunIds(waiting));
            assertThat(ended(glue, waiting).jobRunState()).isEqualTo(JobRunState.STOPPED);
        }
        assertThat(drivers()).isZero();
    }

    /// Feedline itself is this process, and starts no others here.
    private static long drivers() {
        return ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .count();
    }

    private static String start(GlueClient glue, int numbers) {
        return glue.startJobRun(run -> run.jobName("numbers").arguments(Map.of("--N", Integer.toString(numbers))))
                .jobRunId();
    }

    private static JobRun ended(GlueClient glue, String id) throws InterruptedException {
        return await(glue, id, ENDS);
    }

    private static JobRun await(GlueClient glue, String id, Set<JobRunState> states) throws InterruptedException {
        Instant deadline = Instant.now().plus(LONGEST);
        while (true) {
            JobRun run = glue.getJobRun(request -> request.jobName("numbers").runId(id))
                    .jobRun();
            if (states.contains(run.jobRunState())) {
                return run;
            }
            assertThat(Instant.now())
                    .as("run %s is still %s", id, run.jobRunState())
                    .isBefore(deadline);
            Thread.sleep(200); // Glue tells nobody when a run ends
        }
    }
}
