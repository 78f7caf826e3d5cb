package dev.feedline.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.feeds.FileState;
import dev.feedline.feeds.definition.DefinitionReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// `services: { s3: aws, sqs: aws }`, where another Feedline plays AWS.
@Timeout(300)
class AwsStorageTest {
    private static final String AWS = "services: { s3: aws, sqs: aws }\n";
    private static final String ORDERS =
            AWS + "feeds:\n  orders: { buffer: { interval: 0s }, schema: { columns: { amount: 'decimal(12,2)' } } }\n";
    private static final String SOURCE = "feedline-000000000000-us-east-1-source";
    private static final String LANDING = "feedline-000000000000-us-east-1-landing";
    private static final String LAKE = "feedline-000000000000-us-east-1-lake";

    @TempDir
    private Path folder;

    private TestingFeedline aws;

    @BeforeEach
    void startAws() throws IOException {
        aws = TestingFeedline.start(folder.resolve("aws"), "feeds: {}");
    }

    @AfterEach
    void stopAws() {
        aws.close();
    }

    @Test
    void filesBalanceByEventsAloneAndWhatCameWhileItWasDownIsTakenUp() throws Exception {
        try (TestingFeedline feedline = TestingFeedline.start(settings("data", ORDERS))) {
            FileState clean = feedline.put("orders/orders.jsonl", TestingFeedline.example("orders.jsonl"));
            assertThat(clean.state()).isEqualTo(FileState.State.BALANCED);
            assertThat(clean.bucket()).isEqualTo(SOURCE);
            assertThat(feedline.sql("SELECT COUNT(*) AS N FROM FEEDLINE.RAW.ORDERS")
                            .getFirst())
                    .containsEntry("N", "12000");
            FileState dirty = feedline.put("orders/a dirty+file.jsonl", TestingFeedline.example("orders-dirty.jsonl"));
            assertThat(dirty.state()).isEqualTo(FileState.State.BALANCED);
            assertThat(feedline.sql("SELECT COUNT(*) AS N FROM FEEDLINE.OPS.QUARANTINE")
                            .getFirst())
                    .doesNotContainEntry("N", "0");
            assertThat(aws.s3().listObjectsV2(list -> list.bucket(LAKE)).contents())
                    .isNotEmpty();
            assertThat(folder.resolve("data").resolve("s3")).doesNotExist();
            assertThat(folder.resolve("data").resolve("sqs")).doesNotExist();
            assertQueues();
        }
        awsIsAwayForAMoment(); // else a request that the first one left waiting there takes the message, and hides it
        String version = aws.s3()
                .putObject(
                        put -> put.bucket(SOURCE).key("orders/meanwhile.jsonl"),
                        RequestBody.fromString("{\"order_id\":\"M-1\",\"amount\":1.5}\n"))
                .versionId();
        try (TestingFeedline again = TestingFeedline.start(settings("data", ORDERS))) {
            assertThat(again.settled("orders/meanwhile.jsonl", version).state()).isEqualTo(FileState.State.BALANCED);
            assertThat(again.pipeline().files()).hasSize(3).allMatch(file -> file.state() == FileState.State.BALANCED);
        }
    }

    /// What the deployment has made at AWS.
    private void assertQueues() {
        Map<String, String> targets = Map.of(SOURCE, "feedline-ingest", LAKE, "feedline-pipes");
        targets.forEach((bucket, queue) -> assertThat(aws.s3()
                        .getBucketNotificationConfiguration(get -> get.bucket(bucket))
                        .queueConfigurations())
                .singleElement()
                .satisfies(one -> assertThat(one.queueArn()).isEqualTo("arn:aws:sqs:us-east-1:000000000000:" + queue)));
        assertThat(aws.s3()
                        .getBucketNotificationConfiguration(get -> get.bucket(LANDING))
                        .queueConfigurations())
                .extracting(one -> one.queueArn().substring(one.queueArn().lastIndexOf(':') + 1))
                .containsExactlyInAnyOrder("feedline-convert", "feedline-pipes");
        Map<QueueAttributeName, String> ingest = attributes("feedline-ingest");
        assertThat(ingest.get(QueueAttributeName.POLICY))
                .contains("\"Service\":\"s3.amazonaws.com\"")
                .contains("\"aws:SourceArn\":[\"arn:aws:s3:::" + SOURCE + "\"]")
                .contains("\"aws:SourceAccount\":\"000000000000\"");
        assertThat(ingest.get(QueueAttributeName.VISIBILITY_TIMEOUT)).isEqualTo("5400");
        assertThat(ingest.get(QueueAttributeName.REDRIVE_POLICY))
                .contains("feedline-dead-letters")
                .contains("10");
        assertThat(attributes("feedline-pipes").get(QueueAttributeName.POLICY))
                .contains(LAKE)
                .contains(LANDING);
        assertThat(attributes("feedline-dead-letters").get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .as("the test events are taken without noise")
                .isEqualTo("0");
    }

    private Map<QueueAttributeName, String> attributes(String queue) {
        String url = aws.reach().sqs().getQueueUrl(get -> get.queueName(queue)).queueUrl();
        return aws.reach()
                .sqs()
                .getQueueAttributes(get -> get.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .attributes();
    }

    @Test
    void thePortSaysWhereS3IsAndWhatNeedsItThereIsRefusedByName() throws Exception {
        try (TestingFeedline feedline = TestingFeedline.start(settings("data", ORDERS));
                Reach port = Reach.at(feedline.feedline().server())) {
            assertThatThrownBy(() -> port.s3().listBuckets())
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(501))
                    .hasMessageContaining("The S3 of this Feedline is AWS's own")
                    .hasMessageContaining("without the endpoint override");
            assertThatThrownBy(() -> port.s3()
                            .putObject(
                                    put -> put.bucket("feedline-source").key("orders/a"), RequestBody.fromString("{}")))
                    .hasMessageContaining("The S3 of this Feedline is AWS's own");
            assertThatThrownBy(() -> port.sqs().listQueues())
                    .isInstanceOf(SqsException.class)
                    .hasMessageContaining("The SQS of this Feedline is AWS's own");
            assertThatThrownBy(() -> feedline.reach()
                            .glue()
                            .createJob(create -> create.name("mine")
                                    .role("arn:aws:iam::000000000000:role/r")
                                    .command(command ->
                                            command.name("glueetl").scriptLocation("s3://" + LAKE + "/a.scala"))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("its S3 is AWS's (services.s3)");
            aws.s3()
                    .putObject(
                            put -> put.bucket(SOURCE).key("code/function.zip"),
                            RequestBody.fromBytes(TestingFeedline.functionZip()));
            assertThat(feedline.reach()
                            .lambda()
                            .createFunction(create -> create.functionName("mine")
                                    .role("arn:aws:iam::000000000000:role/r")
                                    .runtime(Runtime.JAVA25)
                                    .handler("a.B::c")
                                    .code(code -> code.s3Bucket(SOURCE).s3Key("code/function.zip")))
                            .codeSize())
                    .as("the code comes from AWS's S3")
                    .isPositive();
        }
    }

    @Test
    void aFolderKeepsItsStorageAndTheBucketsTheirPipeline() throws Exception {
        try (TestingFeedline feedline = TestingFeedline.start(settings("data", ORDERS))) {
            assertThatThrownBy(() -> Reach.open(settings("data", "feeds: {}")))
                    .hasMessageContaining("has its files in AWS's S3 (account 000000000000, us-east-1)")
                    .hasMessageContaining("Name the server's definition with -f FILE.");
            try (Reach command = Reach.open(settings("data", ORDERS))) {
                assertThat(RemotePipeline.of(command).files()).isEmpty();
                assertThat(command.buckets().source()).isEqualTo(SOURCE);
            }
            assertThatThrownBy(() -> Feedline.start(settings("other", ORDERS)))
                    .hasMessageContaining("The buckets " + SOURCE + ", " + LANDING + " and " + LAKE
                            + " belong to the pipeline of the data folder " + folder.resolve("data"));
        }
        assertThatThrownBy(() -> Feedline.start(settings("data", "feeds: {}")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is of a pipeline whose files are in AWS's S3 (account 000000000000, us-east-1)");
        TestingFeedline.start(folder.resolve("own"), "feeds: {}").close();
        assertThatThrownBy(() -> Feedline.start(settings("own", ORDERS)))
                .hasMessageContaining("whose files are in Feedline's own S3, and the definition's S3 is AWS's");
    }

    @Test
    void aFolderThatIsRefusedHasTakenNoMessageOfTheOther() {
        aws.s3().createBucket(create -> create.bucket(LANDING));
        aws.s3()
                .putObject(
                        put -> put.bucket(LANDING).key("_feedline/pipeline.json"),
                        RequestBody.fromString("{\"id\":\"other\",\"place\":\"the other folder\"}"));
        String pipes = aws.reach()
                .sqs()
                .createQueue(create -> create.queueName("feedline-pipes"))
                .queueUrl();
        aws.reach().sqs().sendMessage(send -> send.queueUrl(pipes).messageBody("{}"));
        assertThatThrownBy(() -> Feedline.start(settings("data", ORDERS)))
                .hasMessageContaining(" belong to the pipeline of the other folder, which alone ");
        assertThat(attributes("feedline-pipes"))
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "1")
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "0");
    }

    @Test
    void aQueueOfSomebodyElsesIsLeftAlone() {
        String theirs =
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"theirs\",\"Effect\":\"Allow\",\"Principal\":\"*\","
                        + "\"Action\":\"sqs:SendMessage\",\"Resource\":\"arn:aws:sqs:us-east-1:000000000000:feedline-ingest\"}]}";
        aws.reach()
                .sqs()
                .createQueue(create ->
                        create.queueName("feedline-ingest").attributes(Map.of(QueueAttributeName.POLICY, theirs)));
        assertThatThrownBy(() -> Feedline.start(settings("data", ORDERS)))
                .hasMessageContaining("/feedline-ingest has a policy of somebody else's");
        assertThat(attributes("feedline-ingest"))
                .containsEntry(QueueAttributeName.POLICY, theirs)
                .doesNotContainKey(QueueAttributeName.REDRIVE_POLICY);
    }

    @Test
    void whatAwsRefusesIsOneSentence() {
        AwsAccess wrong = new AwsAccess(
                aws.reach().server().endpoint(),
                Region.US_EAST_1,
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAWRONG", "wrong")));
        assertThatThrownBy(() -> Feedline.start(settings("data", ORDERS).reaching(wrong)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("AWS does not take the credentials for the pipeline's S3 and SQS: ")
                .hasMessageContaining("InvalidClientTokenId");
        AwsAccess nowhere = new AwsAccess(URI.create("http://127.0.0.1:1"), Region.US_EAST_1, access().credentials());
        assertThatThrownBy(() -> Feedline.start(settings("data", ORDERS).reaching(nowhere)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("AWS does not answer (STS in us-east-1): ");
    }

    @Test
    void aMessageThatIsNoEventEndsInTheDeadLettersAndATestEventDoesNot() throws Exception {
        try (TestingFeedline feedline = TestingFeedline.start(settings("data", ORDERS))) {
            String url = aws.reach()
                    .sqs()
                    .getQueueUrl(get -> get.queueName("feedline-ingest"))
                    .queueUrl();
            aws.reach()
                    .sqs()
                    .setQueueAttributes(set -> set.queueUrl(url)
                            .attributes(Map.of(
                                    QueueAttributeName.REDRIVE_POLICY,
                                    "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:feedline-dead-letters\","
                                            + "\"maxReceiveCount\":2}")));
            aws.reach().sqs().sendMessage(send -> send.queueUrl(url).messageBody("no event"));
            Await.until(
                    () -> "1"
                            .equals(attributes("feedline-dead-letters")
                                    .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)),
                    "the message is a dead letter");
            assertThat(feedline.reach()
                            .lambda()
                            .invoke(invoke -> invoke.functionName("feedline-ingest")
                                    .payload(SdkBytes.fromString("{\"Event\":\"s3:TestEvent\"}", UTF_8)))
                            .functionError())
                    .isNull();
            assertThat(feedline.reach()
                            .lambda()
                            .listEventSourceMappings(list -> {})
                            .eventSourceMappings())
                    .extracting(mapping -> mapping.functionArn()
                            .substring(mapping.functionArn().lastIndexOf(':') + 1))
                    .containsExactlyInAnyOrderElementsOf(List.of("feedline-ingest", "feedline-convert"));
        }
    }

    @Test
    void itGoesOnWhenAwsHasBeenAwayForAWhile() throws Exception {
        try (TestingFeedline feedline = TestingFeedline.start(settings("data", ORDERS))) {
            int port = aws.reach().server().endpoint().getPort();
            aws.close();
            assertThatThrownBy(() -> feedline.pipeline().files()).isInstanceOf(SdkClientException.class);
            startAwsAgain(port);
            assertThat(feedline.put("orders/orders.jsonl", TestingFeedline.example("orders.jsonl"))
                            .state())
                    .isEqualTo(FileState.State.BALANCED);
        }
    }

    private void awsIsAwayForAMoment() throws IOException {
        int port = aws.reach().server().endpoint().getPort();
        aws.close();
        startAwsAgain(port);
    }

    private void startAwsAgain(int port) throws IOException {
        FeedlineSettings settings = FeedlineSettings.of(
                folder.resolve("aws"), DefinitionReader.parse("test.yaml", "feeds: {}"), failure -> {
                    throw new IllegalStateException(failure);
                });
        aws = TestingFeedline.start(settings.at("127.0.0.1", port));
    }

    private FeedlineSettings settings(String name, String definition) {
        return FeedlineSettings.of(folder.resolve(name), DefinitionReader.parse("test.yaml", definition), failure -> {
                    throw new IllegalStateException(failure);
                })
                .reaching(access());
    }

    private AwsAccess access() {
        Keys keys = aws.reach().server().keys();
        return new AwsAccess(
                aws.reach().server().endpoint(),
                Region.US_EAST_1,
                StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey())));
    }
}
