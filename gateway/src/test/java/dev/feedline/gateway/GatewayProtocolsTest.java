package dev.feedline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sts.StsClient;

/// One genuine client of each protocol against the gateway: CBOR, AWS JSON, REST-JSON, Query.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayProtocolsTest {
    @TempDir
    Path folder;

    TestGateway gateway;
    KinesisClient kinesis;
    SqsClient sqs;
    LambdaClient lambda;

    @BeforeAll
    void start() throws IOException {
        gateway = new TestGateway(folder);
        kinesis = gateway.client(KinesisClient.builder(), TestGateway.KEY.secret());
        sqs = gateway.client(SqsClient.builder(), TestGateway.KEY.secret());
        lambda = gateway.client(LambdaClient.builder(), TestGateway.KEY.secret());
    }

    @AfterAll
    void stop() {
        kinesis.close();
        sqs.close();
        lambda.close();
        gateway.close();
    }

    @Test
    void kinesisRecordsGoThroughCborByteForByte() {
        byte[] bytes = {0, (byte) 0xff, 1, '"', (byte) 0xc3};
        kinesis.putRecords(
                b -> b.streamName("s").records(r -> r.partitionKey("ключ").data(SdkBytes.fromByteArray(bytes))));

        var got = kinesis.getRecords(b -> b.shardIterator("it")).records();
        assertThat(got).hasSize(1);
        assertThat(got.getFirst().data().asByteArray()).isEqualTo(bytes);
        assertThat(got.getFirst().partitionKey()).isEqualTo("ключ");
        assertThat(got.getFirst().approximateArrivalTimestamp()).isEqualTo(FakeKinesis.ARRIVAL);
    }

    @Test
    void aCborErrorIsTheModelledException() {
        assertThatThrownBy(() -> kinesis.describeStreamSummary(b -> b.streamName("none")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Stream none under account");
    }

    @Test
    void anUnknownOperationIsRefusedByItsName() {
        assertThatThrownBy(() -> kinesis.listStreams()).isInstanceOfSatisfying(AwsServiceException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("NotImplemented");
            assertThat(e.getMessage()).contains("ListStreams");
        });
    }

    @Test
    void aWrongSecretDoesNotMatch() {
        try (KinesisClient wrong = gateway.client(KinesisClient.builder(), "wrong")) {
            assertThatThrownBy(wrong::listStreams)
                    .isInstanceOfSatisfying(
                            AwsServiceException.class,
                            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("SignatureDoesNotMatch"));
        }
    }

    @Test
    void sqsSpeaksJson() {
        var sent = sqs.sendMessage(
                b -> b.queueUrl(gateway.endpoint() + "/000000000000/q").messageBody("hü \u0001 \"x\""));

        assertThat(sent.messageId()).isEqualTo("id of hü \u0001 \"x\"");
    }

    @Test
    void anSqsErrorIsTheModelledExceptionUnderItsOldCode() {
        assertThatThrownBy(() -> sqs.getQueueUrl(b -> b.queueName("none")))
                .isInstanceOfSatisfying(
                        QueueDoesNotExistException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode())
                                .isEqualTo("AWS.SimpleQueueService.NonExistentQueue"));
    }

    @Test
    void lambdaInvokesWithARawPayloadUnderTheCallersName() {
        String arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
        var answer = lambda.invoke(b ->
                b.functionName(arn).invocationType(InvocationType.EVENT).payload(SdkBytes.fromUtf8String("{\"a\":1}")));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.functionError()).isEqualTo("Unhandled");
        assertThat(answer.executedVersion()).isEqualTo("$LATEST");
        assertThat(answer.payload().asUtf8String())
                .isEqualTo(arn + " by " + TestGateway.KEY.accessKeyId() + ": {\"a\":1}");
    }

    @Test
    void lambdaTakesAFunctionsZip() {
        var made = lambda.createFunction(b -> b.functionName("f")
                .role("arn:aws:iam::000000000000:role/r")
                .code(c -> c.zipFile(SdkBytes.fromByteArray(new byte[3_000_000])))
                .environment(e -> e.variables(Map.of("A", "b"))));

        assertThat(made.codeSize()).isEqualTo(3_000_000L);
        assertThat(made.environment().variables()).containsEntry("A", "b");
        assertThat(made.sdkHttpResponse().statusCode()).isEqualTo(201);
    }

    @Test
    void aLambdaErrorIsTheModelledExceptionWithItsMembers() {
        assertThatThrownBy(() -> lambda.getFunction(b -> b.functionName("none")))
                .isInstanceOfSatisfying(
                        software.amazon.awssdk.services.lambda.model.ResourceNotFoundException.class, e -> {
                            assertThat(e.type()).isEqualTo("User");
                            assertThat(e.statusCode()).isEqualTo(404);
                        });
    }

    @Test
    void stsSaysWhoIsAsking() {
        try (StsClient sts = gateway.client(StsClient.builder(), TestGateway.KEY.secret())) {
            var identity = sts.getCallerIdentity();
            assertThat(identity.arn()).isEqualTo("arn:aws:iam::000000000000:root");
            assertThat(identity.account()).isEqualTo("000000000000");
            assertThat(identity.userId()).isEqualTo(TestGateway.KEY.accessKeyId());
        }
    }

    @Test
    void anUnknownKeyIsNamedByEachProtocol() {
        assertThat(codeWithUnknownKey("sts", "Action=GetCallerIdentity&Version=2011-06-15", ""))
                .contains("<Code>InvalidClientTokenId</Code>");
        assertThat(codeWithUnknownKey("kinesis", "{}", "X-Amz-Target: Kinesis_20131202.ListStreams\r\n"))
                .contains("\"__type\":\"UnrecognizedClientException\"");
        assertThat(codeWithUnknownKey("dynamodb", "{}", "X-Amz-Target: DynamoDB_20120810.ListTables\r\n"))
                .contains("dynamodb", "NotImplemented");
    }

    @Test
    void aLongPollThatClosingCutsOffIsNoFailureOfFeedline() {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            assertThatThrownBy(() -> sqs.receiveMessage(receive -> receive.queueUrl("http://h/000000000000/q")))
                    .isInstanceOfSatisfying(AwsServiceException.class, e -> {
                        assertThat(e.statusCode()).isEqualTo(503);
                        assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ServiceUnavailable");
                    });
        } finally {
            System.setErr(before);
        }
        assertThat(log.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private String codeWithUnknownKey(String service, String body, String header) {
        String date = java.time.format.DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .format(java.time.OffsetDateTime.now(java.time.ZoneOffset.UTC));
        try {
            return new RawHttp(gateway.gateway.port())
                    .send("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Amz-Date: " + date + "\r\n" + header
                            + "Authorization: AWS4-HMAC-SHA256 Credential=NOBODY/" + date.substring(0, 8)
                            + "/us-east-1/" + service + "/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target,"
                            + " Signature=00\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                    .body();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
