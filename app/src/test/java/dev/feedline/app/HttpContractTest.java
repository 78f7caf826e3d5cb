package dev.feedline.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.feedline.feeds.definition.Definition;
import dev.feedline.firehose.EmbeddedFirehose;
import dev.feedline.gateway.Mounted;
import dev.feedline.glue.EmbeddedGlue;
import dev.feedline.glue.GlueJob;
import dev.feedline.glue.GlueJobRun;
import dev.feedline.glue.GlueSettings;
import dev.feedline.kernel.EmbeddedClient;
import dev.feedline.kinesis.EmbeddedKinesis;
import dev.feedline.lambda.EmbeddedLambda;
import dev.feedline.lambda.LambdaSettings;
import dev.feedline.s3.EmbeddedS3;
import dev.feedline.sqs.EmbeddedSqs;
import dev.feedline.testkit.firehose.FirehoseContractSuite;
import dev.feedline.testkit.glue.CatalogContractSuite;
import dev.feedline.testkit.glue.CrawledTableContractSuite;
import dev.feedline.testkit.glue.CrawlerContractSuite;
import dev.feedline.testkit.glue.JobContractSuite;
import dev.feedline.testkit.glue.PartitionContractSuite;
import dev.feedline.testkit.glue.RecrawlContractSuite;
import dev.feedline.testkit.glue.TableSearchContractSuite;
import dev.feedline.testkit.iam.RoleContractSuite;
import dev.feedline.testkit.kinesis.KinesisContractSuite;
import dev.feedline.testkit.lambda.InMemoryQueues;
import dev.feedline.testkit.lambda.LambdaContractSuite;
import dev.feedline.testkit.s3.BucketContractSuite;
import dev.feedline.testkit.s3.CopyContractSuite;
import dev.feedline.testkit.s3.ListingContractSuite;
import dev.feedline.testkit.s3.MultipartContractSuite;
import dev.feedline.testkit.s3.ObjectContractSuite;
import dev.feedline.testkit.s3.VersioningContractSuite;
import dev.feedline.testkit.sqs.MessageContractSuite;
import dev.feedline.testkit.sqs.QueueContractSuite;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/// The services' contract suites once more, through the genuine SDK clients over HTTP.
class HttpContractTest {
    private static final CalledOperations CALLED = new CalledOperations();
    private static Feedline feedline;
    private static Reach reach;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        feedline = Feedline.start(FeedlineSettings.of(folder, Definition.EMPTY, failure -> {
                    throw new IllegalStateException(failure);
                })
                .readingOnly());
        reach = Reach.of(feedline);
    }

    @AfterAll
    static void stop() {
        reach.close();
        feedline.close();
    }

    /// An operation that a room overrides and that no test of its contract called is covered by nothing; the others are
    /// the page. A run of single tests says nothing about the rest.
    @AfterAll
    static void everyOperationIsCoveredAndListed() throws IOException {
        if (System.getProperty("test", "").contains("#")
                || System.getProperty("test", "").contains("$")) {
            return;
        }
        CoveragePage page = CoveragePage.of(CALLED);
        assertThat(page.uncovered()).isEmpty();
        page.compareWith(Path.of("..", "docs", "coverage.md"));
    }

    @Nested
    class Buckets extends BucketContractSuite {
        @Override
        protected S3Client client() {
            return CALLED.around(S3Client.class, reach.s3());
        }
    }

    @Nested
    class Objects extends ObjectContractSuite {
        @Override
        protected S3Client client() {
            return CALLED.around(S3Client.class, reach.s3());
        }
    }

    @Nested
    class Listings extends ListingContractSuite {
        @Override
        protected S3Client client() {
            return CALLED.around(S3Client.class, reach.s3());
        }
    }

    @Nested
    class Versions extends VersioningContractSuite {
        @Override
        protected S3Client client() {
            return CALLED.around(S3Client.class, reach.s3());
        }
    }

    @Nested
    class Multiparts extends MultipartContractSuite {
        @Override
        protected S3Client client() {
            return CALLED.around(S3Client.class, reach.s3());
        }
    }

    @Nested
    class Copies extends CopyContractSuite {
        @Override
        protected S3Client client() {
            return CALLED.around(S3Client.class, reach.s3());
        }
    }

    @Nested
    class Queues extends QueueContractSuite {
        @Override
        protected SqsClient client() {
            return CALLED.around(SqsClient.class, reach.sqs());
        }
    }

    @Nested
    class Messages extends MessageContractSuite {
        @Override
        protected SqsClient client() {
            return CALLED.around(SqsClient.class, reach.sqs());
        }
    }

    @Nested
    class Streams extends KinesisContractSuite {
        @Override
        protected KinesisClient client() {
            return CALLED.around(KinesisClient.class, reach.kinesis());
        }
    }

    /// The tests of the catalog use names of their own choice, each on an empty one.
    private static void emptyTheCatalog() {
        GlueClient glue = reach.glue();
        glue.getDatabasesPaginator(request -> {}).stream()
                .flatMap(page -> page.databaseList().stream())
                .forEach(database -> glue.deleteDatabase(request -> request.name(database.name())));
    }

    @Nested
    class Catalog extends CatalogContractSuite {
        @Override
        protected GlueClient client() {
            return CALLED.around(GlueClient.class, reach.glue());
        }

        @AfterEach
        void empty() {
            emptyTheCatalog();
        }
    }

    @Nested
    class Partitions extends PartitionContractSuite {
        @Override
        protected GlueClient client() {
            return CALLED.around(GlueClient.class, reach.glue());
        }

        @AfterEach
        void empty() {
            emptyTheCatalog();
        }
    }

    @Nested
    class Searches extends TableSearchContractSuite {
        @Override
        protected GlueClient client() {
            return CALLED.around(GlueClient.class, reach.glue());
        }

        @AfterEach
        void empty() {
            emptyTheCatalog();
        }
    }

    @Nested
    class Roles extends RoleContractSuite {
        @Override
        protected IamClient client() {
            return CALLED.around(IamClient.class, reach.iam());
        }

        @AfterEach
        void deleteAll() {
            IamClient iam = reach.iam();
            for (Role role : iam.listRoles().roles()) {
                String name = role.roleName();
                iam.listRolePolicies(list -> list.roleName(name))
                        .policyNames()
                        .forEach(policy -> iam.deleteRolePolicy(
                                delete -> delete.roleName(name).policyName(policy)));
                iam.listAttachedRolePolicies(list -> list.roleName(name))
                        .attachedPolicies()
                        .forEach(policy -> iam.detachRolePolicy(
                                detach -> detach.roleName(name).policyArn(policy.policyArn())));
                iam.deleteRole(delete -> delete.roleName(name));
            }
        }
    }

    @Nested
    class Notifications {
        @Test
        void aQueueHearsOfAnUpload() throws Exception {
            S3Client s3 = CALLED.around(S3Client.class, reach.s3());
            SqsClient sqs = CALLED.around(SqsClient.class, reach.sqs());
            String url = sqs.createQueue(request -> request.queueName("heard")).queueUrl();
            s3.createBucket(request -> request.bucket("notifying"));
            QueueConfiguration rule = QueueConfiguration.builder()
                    .id("all")
                    .queueArn("arn:aws:sqs:us-east-1:000000000000:heard")
                    .eventsWithStrings("s3:ObjectCreated:*")
                    .build();

            s3.putBucketNotificationConfiguration(request -> request.bucket("notifying")
                    .notificationConfiguration(configuration -> configuration.queueConfigurations(rule)));

            assertThat(s3.getBucketNotificationConfiguration(request -> request.bucket("notifying"))
                            .queueConfigurations())
                    .containsExactly(rule);
            String test = sqs.receiveMessage(request -> request.queueUrl(url))
                    .messages()
                    .getFirst()
                    .body();
            assertThat(test).contains("s3:TestEvent");
        }
    }

    @Nested
    class Identity {
        @Test
        void theKeyBelongsToTheRootOfTheAccount() {
            var identity = CALLED.around(StsClient.class, reach.sts()).getCallerIdentity();

            assertThat(identity.account()).isEqualTo("000000000000");
            assertThat(identity.arn()).isEqualTo("arn:aws:iam::000000000000:root");
        }
    }

    @Nested
    class Jobs extends JobContractSuite {
        @TempDir
        private Path folder;

        private ServedRoom served;
        private Reach reach;

        @AfterEach
        void stopServing() {
            served.close();
        }

        @BeforeEach
        void serve() throws IOException {
            served = new ServedRoom(folder);
            Map<String, GlueJob> jobs = Map.of(
                    "contract-succeed", run -> {},
                    "contract-fail",
                            run -> {
                                throw new IllegalStateException("the disk is made of cheese");
                            },
                    "contract-wait", HttpContractTest::waitUntilStopped);
            EmbeddedGlue glue =
                    served.add(EmbeddedGlue.open(served.at("glue"), served.ground(), GlueSettings.of(jobs)));
            glue.start();
            reach = served.serve(List.of(ServedRoom.mounted("glue", GlueClient.class, glue)));
        }

        @Override
        protected GlueClient client() {
            return CALLED.around(GlueClient.class, reach.glue());
        }
    }

    @Nested
    class Crawlers extends CrawlerContractSuite {
        @TempDir
        private Path folder;

        private final LateReach reach = new LateReach(() -> folder, HttpContractTest::serveCrawlers);

        @AfterEach
        void stopServing() {
            reach.close();
        }

        @Override
        protected GlueClient client() {
            return CALLED.around(GlueClient.class, reach.get().glue());
        }

        @Override
        protected S3Client s3() {
            return reach.get().s3();
        }
    }

    @Nested
    class CrawledTables extends CrawledTableContractSuite {
        @TempDir
        private Path folder;

        private final LateReach reach = new LateReach(() -> folder, HttpContractTest::serveCrawlers);

        @AfterEach
        void stopServing() {
            reach.close();
        }

        @Override
        protected GlueClient client() {
            return CALLED.around(GlueClient.class, reach.get().glue());
        }

        @Override
        protected S3Client s3() {
            return reach.get().s3();
        }
    }

    @Nested
    class Recrawls extends RecrawlContractSuite {
        @TempDir
        private Path folder;

        private final LateReach reach = new LateReach(() -> folder, HttpContractTest::serveCrawlers);

        @AfterEach
        void stopServing() {
            reach.close();
        }

        @Override
        protected GlueClient client() {
            return CALLED.around(GlueClient.class, reach.get().glue());
        }

        @Override
        protected S3Client s3() {
            return reach.get().s3();
        }
    }

    private static Reach serveCrawlers(ServedRoom served) throws IOException {
        S3Client s3 = EmbeddedClient.around(
                S3Client.class,
                served.add(EmbeddedS3.open(served.at("s3"), served.ground(), new NoFunctions(), new InMemoryQueues())));
        EmbeddedGlue glue = served.add(EmbeddedGlue.open(
                served.at("glue"), served.ground(), GlueSettings.of(Map.of()).crawling(SlowS3.around(s3))));
        glue.start();
        return served.serve(
                List.of(new Mounted("s3", S3Client.class, s3), ServedRoom.mounted("glue", GlueClient.class, glue)));
    }

    @Nested
    class Functions extends LambdaContractSuite {
        @TempDir
        private Path folder;

        private ServedRoom served;
        private Reach reach;
        private InMemoryQueues queues;

        @AfterEach
        void stopServing() {
            served.close();
        }

        @BeforeEach
        void serve() throws IOException {
            served = new ServedRoom(folder);
            Map<String, RequestStreamHandler> handlers = Map.of(
                    "contract-echo",
                    (input, output, context) -> input.transferTo(output),
                    "contract-fail",
                    (input, output, context) -> {
                        throw new IllegalStateException("no cheese left");
                    },
                    "contract-log",
                    (input, output, context) -> {
                        context.getLogger().log("a line from inside");
                        String answer =
                                "[\"" + context.getAwsRequestId() + "\",\"" + context.getInvokedFunctionArn() + "\"]";
                        output.write(answer.getBytes(StandardCharsets.UTF_8));
                    });
            queues = new InMemoryQueues();
            EmbeddedS3 s3 = served.add(EmbeddedS3.open(served.at("s3"), served.ground(), new NoFunctions(), queues));
            EmbeddedLambda lambda = served.add(
                    EmbeddedLambda.open(served.at("lambda"), served.ground(), s3, queues, LambdaSettings.of(handlers)));
            lambda.start();
            reach = served.serve(List.of(ServedRoom.mounted("lambda", LambdaClient.class, lambda)));
        }

        @Override
        protected LambdaClient client() {
            return CALLED.around(LambdaClient.class, reach.lambda());
        }

        @Override
        protected SqsClient queues() {
            return queues;
        }
    }

    @Nested
    class DeliveryStreams extends FirehoseContractSuite {
        @TempDir
        private Path folder;

        private final LateReach reach = new LateReach(() -> folder, this::serve);

        @AfterEach
        void stopServing() {
            reach.close();
        }

        private Reach serve(ServedRoom served) throws IOException {
            EmbeddedSqs sqs = served.add(
                    EmbeddedSqs.open(served.at("sqs"), served.ground(), () -> URI.create("http://127.0.0.1/")));
            EmbeddedS3 s3 = served.add(EmbeddedS3.open(served.at("s3"), served.ground(), new NoFunctions(), sqs));
            EmbeddedKinesis kinesis = served.add(EmbeddedKinesis.open(served.at("kinesis"), served.ground()));
            EmbeddedFirehose firehose =
                    served.add(EmbeddedFirehose.open(served.at("firehose"), served.ground(), kinesis, s3));
            firehose.start();
            return served.serve(List.of(
                    ServedRoom.mounted("s3", S3Client.class, s3),
                    ServedRoom.mounted("kinesis", KinesisClient.class, kinesis),
                    ServedRoom.mounted("firehose", FirehoseClient.class, firehose)));
        }

        @Override
        protected FirehoseClient client() {
            return CALLED.around(FirehoseClient.class, reach.get().firehose());
        }

        @Override
        protected KinesisClient kinesis() {
            return CALLED.around(KinesisClient.class, reach.get().kinesis());
        }

        @Override
        protected S3Client s3() {
            return CALLED.around(S3Client.class, reach.get().s3());
        }
    }

    /// Refuses every call by its default: no bucket of these tests has a notification.
    private static final class NoFunctions implements LambdaClient {
        @Override
        public String serviceName() {
            return "lambda";
        }

        @Override
        public void close() {}
    }

    private static void waitUntilStopped(GlueJobRun run) throws InterruptedException {
        while (true) {
            run.checkStopped();
            Thread.sleep(1);
        }
    }
}
