package dev.feedline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Spark writes and reads a bucket of Feedline through S3A and its magic committer: what comes back is what was
/// written, and nothing shows, and nobody hears of anything, before a job has committed.
@Tag("proof")
class S3aProofTest {
    private static final String BUCKET = "types";
    /// What the committer keeps its notes under until it has committed.
    private static final String MAGIC = "__magic_job-";

    /// An object and what made it.
    private record Told(String event, String key) {}

    @BeforeAll
    static void thisCheckoutIsHome() {
        GlueRuns.useThisCheckout();
    }

    @AfterAll
    static void leave() {
        GlueRuns.leaveThisCheckout();
    }

    @Test
    void everyTypeComesBackAndNothingShowsBeforeTheCommit(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws Exception {
        try (TestingFeedline feedline = TestingFeedline.start(folder, "feeds: {}")) {
            S3Client s3 = feedline.s3();
            GlueClient glue = feedline.reach().glue();
            s3.createBucket(request -> request.bucket("scripts"));
            s3.putObject(request -> request.bucket("scripts").key("types.scala"), script());
            glue.createJob(job -> job.name("types")
                    .role("any")
                    .command(command -> command.name("glueetl").scriptLocation("s3://scripts/types.scala"))
                    .defaultArguments(Map.of(
                            "--job-language", "scala", "--class", "EveryType", "--conf", "spark.master=local[2]")));
            Listener listener = Listener.on(feedline.reach().sqs(), s3);

            JobRun types = ended(glue, start(glue, "types", "s3://types/every/"));
            assertThat(types.jobRunState()).as(types.errorMessage()).isEqualTo(JobRunState.SUCCEEDED);
            assertToldOnce(listener.until(s3, "1"), keys(s3, "every/"));

            String slow = start(glue, "slow", "s3://types/a/slow/");
            Await.until(() -> uploads(s3) == 1, "the first task has written its part");
            assertThat(keys(s3, "a/")).isEmpty();
            assertToldOnce(listener.until(s3, "2"), List.of());
            s3.putObject(request -> request.bucket(BUCKET).key("a/go"), RequestBody.empty());
            assertThat(ended(glue, slow).jobRunState()).isEqualTo(JobRunState.SUCCEEDED);
            assertThat(uploads(s3)).isZero();
            assertThat(keys(s3, "a/slow/")).hasSize(3);
            assertToldOnce(listener.until(s3, "3"), keys(s3, "a/"));

            String failing = start(glue, "failing", "s3://types/b/failing/");
            Await.until(() -> uploads(s3) == 1, "the first task has written its part");
            s3.putObject(request -> request.bucket(BUCKET).key("b/go"), RequestBody.empty());
            assertThat(ended(glue, failing).jobRunState()).isEqualTo(JobRunState.FAILED);
            assertThat(uploads(s3)).isZero();
            assertThat(keys(s3, "b/")).containsExactly("b/go");
            assertToldOnce(listener.until(s3, "4"), List.of("b/go"));

            String stopped = start(glue, "slow", "s3://types/c/slow/");
            Await.until(() -> uploads(s3) == 1, "the first task has written its part");
            glue.batchStopJobRun(request -> request.jobName("types").jobRunIds(stopped));
            assertThat(ended(glue, stopped).jobRunState()).isEqualTo(JobRunState.STOPPED);
            assertThat(keys(s3, "c/")).isEmpty();
            assertThat(uploads(s3)).isZero();
            assertToldOnce(listener.until(s3, "5"), List.of());
        }
    }

    /// Each object's event comes once, and none for what is not yet, or never, an object of the job's.
    private static void assertToldOnce(List<Told> told, List<String> keys) {
        assertThat(told)
                .extracting(Told::key)
                .filteredOn(S3aProofTest::isOfJob)
                .containsExactlyInAnyOrderElementsOf(keys);
        assertThat(told)
                .filteredOn(one -> one.key().endsWith(".parquet"))
                .allMatch(one -> one.event().equals("ObjectCreated:CompleteMultipartUpload") && isOfJob(one.key()));
    }

    /// And neither a folder's empty mark nor one of the committer's notes.
    private static boolean isOfJob(String key) {
        return !key.endsWith("/") && !key.contains(MAGIC);
    }

    private static RequestBody script() throws IOException {
        return RequestBody.fromString(
                Files.readString(Path.of("src", "test", "resources", "spark", "EveryType.scala")));
    }

    private static List<String> keys(S3Client s3, String prefix) {
        return s3.listObjectsV2Paginator(request -> request.bucket(BUCKET).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .filter(S3aProofTest::isOfJob)
                .toList();
    }

    private static int uploads(S3Client s3) {
        return s3.listMultipartUploads(request -> request.bucket(BUCKET))
                .uploads()
                .size();
    }

    private static String start(GlueClient glue, String what, String to) {
        return glue.startJobRun(run -> run.jobName("types").arguments(Map.of("--WHAT", what, "--TO", to)))
                .jobRunId();
    }

    private static JobRun ended(GlueClient glue, String id) throws InterruptedException {
        return GlueRuns.ended(glue, "types", id);
    }

    private static JobRun run(GlueClient glue, String id) {
        return glue.getJobRun(request -> request.jobName("types").runId(id)).jobRun();
    }

    /// A queue that the bucket tells of every object.
    private record Listener(SqsClient sqs, String queue) {
        static Listener on(SqsClient sqs, S3Client s3) {
            String queue =
                    sqs.createQueue(request -> request.queueName("types")).queueUrl();
            String arn = sqs.getQueueAttributes(
                            request -> request.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
                    .attributes()
                    .get(QueueAttributeName.QUEUE_ARN);
            s3.createBucket(request -> request.bucket(BUCKET));
            s3.putBucketNotificationConfiguration(request -> request.bucket(BUCKET)
                    .notificationConfiguration(
                            configuration -> configuration.queueConfigurations(QueueConfiguration.builder()
                                    .queueArn(arn)
                                    .events(Event.S3_OBJECT_CREATED)
                                    .build())));
            return new Listener(sqs, queue);
        }

        /// What it was told since the last time, by an object that is put now and not among them.
        List<Told> until(S3Client s3, String mark) {
            String last = "marks/" + mark;
            s3.putObject(request -> request.bucket(BUCKET).key(last), RequestBody.empty());
            List<Told> all = new ArrayList<>();
            while (all.stream().noneMatch(told -> told.key().equals(last))) {
                List<Message> messages = sqs.receiveMessage(request ->
                                request.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(20))
                        .messages();
                assertThat(messages).as("told before " + last + ": " + all).isNotEmpty();
                for (Message message : messages) {
                    read(message, all);
                    sqs.deleteMessage(request -> request.queueUrl(queue).receiptHandle(message.receiptHandle()));
                }
            }
            all.removeIf(told -> told.key().equals(last));
            return all;
        }

        private static void read(Message message, List<Told> all) {
            for (JsonNode record : JsonMapper.shared().readTree(message.body()).path("Records")) {
                String key = record.at("/s3/object/key").asString();
                all.add(new Told(record.path("eventName").asString(), URLDecoder.decode(key, StandardCharsets.UTF_8)));
            }
        }
    }
}
