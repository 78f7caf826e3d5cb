package dev.feedline.feeds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.feeds.S3Events.Notice;
import dev.feedline.feeds.S3Events.ObjectReference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// The events as AWS documents them: docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
/// and docs.aws.amazon.com/lambda/latest/dg/with-sqs.html.
class S3EventsTest {
    private static final String UPLOAD = """
            {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-central-1",
              "eventTime":"2026-11-27T10:00:00.123Z","eventName":"ObjectCreated:CompleteMultipartUpload",
              "userIdentity":{"principalId":"AWS:AIDAJDPLRKLG7UEXAMPLE"},
              "requestParameters":{"sourceIPAddress":"203.0.113.7"},
              "responseElements":{"x-amz-request-id":"C3D13FE58DE4C810","x-amz-id-2":"FMyUVURIY8/IgAtTv8xR"},
              "s3":{"s3SchemaVersion":"1.0","configurationId":"feedline",
                "bucket":{"name":"feedline-123456789012-eu-central-1-source",
                  "ownerIdentity":{"principalId":"A3NL1KOZZKExample"},
                  "arn":"arn:aws:s3:::feedline-123456789012-eu-central-1-source"},
                "object":{"key":"orders/a+file+%C3%BC%2B.jsonl","size":1024,"eTag":"d41d8cd98f00b204e9800998ecf8427e",
                  "versionId":"096fKKXTRTtl3on89fVO.nfljtsv6qko","sequencer":"0055AED6DCD90281E5"}}}]}
            """;
    private static final String TEST = """
            {"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-11-27T10:00:00.000Z",
             "Bucket":"feedline-123456789012-eu-central-1-source","RequestId":"5582815E1AEA5ADF","HostId":"8cLeGAmw098X5cv4"}
            """;
    private static final ObjectReference FILE = new ObjectReference(
            "feedline-123456789012-eu-central-1-source", "orders/a file ü+.jsonl", "096fKKXTRTtl3on89fVO.nfljtsv6qko");

    @Test
    void anEventOfS3IsOneNoticeWithoutAMessage() throws IOException {
        assertThat(read(UPLOAD)).containsExactly(new Notice(null, List.of(FILE), null));
    }

    @Test
    void eachMessageOfAQueueIsANoticeAndTheTestEventTellsOfNothing() throws IOException {
        assertThat(read(messages(UPLOAD, TEST, "no JSON", "{\"a\":1}")))
                .satisfiesExactly(
                        upload -> assertThat(upload).isEqualTo(new Notice("0", List.of(FILE), null)),
                        test -> assertThat(test).isEqualTo(new Notice("1", List.of(), null)),
                        text -> assertThat(text.fault()).startsWith("no S3 event: "),
                        other -> assertThat(other.fault()).isEqualTo("no S3 event: it has no Records"));
    }

    @Test
    void deletionsTellOfNothingAndAnUnversionedObjectHasNoVersion() throws IOException {
        assertThat(read(UPLOAD.replace("ObjectCreated:CompleteMultipartUpload", "ObjectRemoved:Delete")))
                .containsExactly(new Notice(null, List.of(), null));
        assertThat(read(UPLOAD.replace("\"versionId\":\"096fKKXTRTtl3on89fVO.nfljtsv6qko\",", ""))
                        .getFirst()
                        .objects())
                .containsExactly(new ObjectReference(FILE.bucket(), FILE.key(), null));
    }

    @Test
    void whatIsNoEventIsRefused() {
        assertThatThrownBy(() -> read("[1")).hasMessageStartingWith("no S3 event: ");
    }

    @Test
    void theAnswerNamesTheMessagesThatStay() {
        assertThat(new String(S3Events.failures(List.of("a", "b")), UTF_8))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"a\"},{\"itemIdentifier\":\"b\"}]}");
        assertThat(new String(S3Events.failures(List.of()), UTF_8)).isEqualTo("{\"batchItemFailures\":[]}");
    }

    /// The event of a queue, whose messages have the ids 0, 1, ….
    static String messages(String... bodies) {
        StringBuilder records = new StringBuilder();
        for (int i = 0; i < bodies.length; i++) {
            records.append(i == 0 ? "" : ",")
                    .append("""
                    {"messageId":"%d","receiptHandle":"AQEB","body":%s,"attributes":{"ApproximateReceiveCount":"1"},
                     "messageAttributes":{},"md5OfBody":"","eventSource":"aws:sqs",
                     "eventSourceARN":"arn:aws:sqs:eu-central-1:123456789012:feedline-ingest","awsRegion":"eu-central-1"}
                    """.formatted(i, JsonMapper.shared().writeValueAsString(bodies[i])));
        }
        return "{\"Records\":[" + records + "]}";
    }

    private static List<Notice> read(String event) throws IOException {
        return S3Events.read(new ByteArrayInputStream(event.getBytes(UTF_8)));
    }
}
