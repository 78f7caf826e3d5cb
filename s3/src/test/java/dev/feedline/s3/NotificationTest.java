package dev.feedline.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.kernel.sim.SimulatedClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class NotificationTest {
    private static final String INGEST = "arn:aws:lambda:us-east-1:000000000000:function:feedline-ingest";
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:lake";

    @TempDir
    Path folder;

    private final SimulatedClock clock = new SimulatedClock(Instant.parse("2026-11-22T10:20:30.456Z"));
    private Workbench workbench;
    private S3Client s3;

    @BeforeEach
    void open() throws IOException {
        workbench = new Workbench(folder, clock);
        s3 = workbench.client();
        s3.createBucket(request -> request.bucket("source"));
        workbench.service().start();
    }

    @AfterEach
    void close() {
        workbench.close();
    }

    @Test
    void aPutReachesTheFunctionAsS3WritesIt() throws Exception {
        s3.putBucketVersioning(request -> request.bucket("source")
                .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        configure(function("orders/", ".jsonl"));
        String version = put("orders/a b+ü.jsonl", "hello");

        RecordingTargets.Message message = workbench.targets.next();

        assertThat(message.target()).isEqualTo(INGEST);
        Map<String, String> event = leaves(message.text());
        assertThat(event)
                .containsEntry("eventVersion", "2.1")
                .containsEntry("eventSource", "aws:s3")
                .containsEntry("awsRegion", "us-east-1")
                .containsEntry("eventTime", "2026-11-22T10:20:30.456Z")
                .containsEntry("eventName", "ObjectCreated:Put")
                .containsEntry("s3SchemaVersion", "1.0")
                .containsEntry("configurationId", "to-ingest")
                .containsEntry("name", "source")
                .containsEntry("arn", "arn:aws:s3:::source")
                .containsEntry("key", "orders/a+b%2B%C3%BC.jsonl")
                .containsEntry("size", "5")
                .containsEntry("eTag", "5d41402abc4b2a76b9719d911017c592")
                .containsEntry("versionId", version);
        assertThat(event.get("sequencer")).matches("[0-9A-F]{18}");
    }

    @Test
    void laterEventsOfAKeyHaveLargerSequencersAndKeepTheirOrder() throws Exception {
        configure(function("", ""));
        for (int i = 0; i < 20; i++) {
            put("a", "content " + i);
        }
        String before = "";
        for (int i = 0; i < 20; i++) {
            String sequencer = leaves(workbench.targets.next().text()).get("sequencer");
            assertThat(sequencer).isGreaterThan(before);
            before = sequencer;
        }
    }

    @Test
    void onlyWhatTheFilterSelectsIsTold() throws Exception {
        configure(function("orders/", ".jsonl"));
        put("orders_eu/a.jsonl", "x");
        put("orders/a.csv", "x");
        assertThat(workbench.service().waitingNotifications()).isZero();
        put("orders/a.jsonl", "x");

        assertThat(leaves(workbench.targets.next().text())).containsEntry("key", "orders/a.jsonl");
    }

    @Test
    void aQueueIsSentATestEventWhenItBecomesATarget() throws Exception {
        configure(NotificationConfiguration.builder()
                .queueConfigurations(queue -> queue.queueArn(QUEUE).events(Event.S3_OBJECT_REMOVED))
                .build());
        RecordingTargets.Message test = workbench.targets.next();
        assertThat(test.target()).endsWith("/000000000000/lake");
        assertThat(leaves(test.text())).containsEntry("Event", "s3:TestEvent").containsEntry("Bucket", "source");

        put("a", "x");
        s3.deleteObject(request -> request.bucket("source").key("a"));
        assertThat(leaves(workbench.targets.next().text()))
                .containsEntry("eventName", "ObjectRemoved:Delete")
                .containsEntry("key", "a")
                .doesNotContainKey("size");
    }

    @Test
    void anEventWaitsForItsTargetOverARestart() throws Exception {
        configure(function("", ""));
        workbench.targets.missing.add(INGEST);
        put("a", "x");
        while (workbench.targets.refused.isEmpty()) {
            Thread.onSpinWait();
        }
        workbench.restart();
        workbench.targets.missing.clear();
        clock.advance(Duration.ofSeconds(5));
        workbench.service().start();

        assertThat(leaves(workbench.targets.next().text())).containsEntry("key", "a");
    }

    @Test
    void anEventNobodyTakesForADayIsDroppedAndCounted() throws Exception {
        configure(function("", ""));
        workbench.targets.missing.add(INGEST);
        put("a", "x");
        while (workbench.service().droppedNotifications() == 0) {
            clock.advance(Duration.ofHours(1));
            Thread.sleep(Duration.ofMillis(20));
        }
        assertThat(workbench.service().waitingNotifications()).isZero();
    }

    @Test
    void whatWasConfiguredIsShown() {
        configure(function("orders/", ".jsonl"));

        var shown = s3.getBucketNotificationConfiguration(request -> request.bucket("source"));

        assertThat(shown.queueConfigurations()).isEmpty();
        assertThat(shown.lambdaFunctionConfigurations()).singleElement().satisfies(one -> {
            assertThat(one.id()).isEqualTo("to-ingest");
            assertThat(one.lambdaFunctionArn()).isEqualTo(INGEST);
            assertThat(one.events()).containsExactly(Event.S3_OBJECT_CREATED);
            assertThat(one.filter().key().filterRules())
                    .extracting(rule -> rule.value())
                    .containsExactly("orders/", ".jsonl");
        });
    }

    @Test
    void aTargetThatIsNotThereIsRefused() {
        workbench.targets.missing.add(INGEST);
        assertRefused(function("", ""), "Unable to validate the following destination configurations");
        workbench.targets.missing.add("lake");
        assertRefused(
                NotificationConfiguration.builder()
                        .queueConfigurations(queue -> queue.queueArn(QUEUE).events(Event.S3_OBJECT_CREATED))
                        .build(),
                "Unable to validate the following destination configurations");
    }

    @Test
    void rulesThatOverlapAreRefused() {
        assertRefused(
                NotificationConfiguration.builder()
                        .lambdaFunctionConfigurations(
                                one -> one.lambdaFunctionArn(INGEST)
                                        .events(Event.S3_OBJECT_CREATED)
                                        .filter(filter -> filter.key(key -> key.filterRules(
                                                rule -> rule.name("prefix").value("orders/")))),
                                two -> two.lambdaFunctionArn(INGEST + "2")
                                        .events(Event.S3_OBJECT_CREATED_PUT)
                                        .filter(filter -> filter.key(key -> key.filterRules(
                                                rule -> rule.name("prefix").value("orders/2026/")))))
                        .build(),
                "overlapping");
    }

    @Test
    void whatFeedlineHasNotIsRefusedByItsName() {
        assertRefused(
                NotificationConfiguration.builder()
                        .topicConfigurations(topic -> topic.topicArn("arn:aws:sns:us-east-1:000000000000:t")
                                .events(Event.S3_OBJECT_CREATED))
                        .build(),
                "SNS");
        assertRefused(
                NotificationConfiguration.builder()
                        .eventBridgeConfiguration(bridge -> {})
                        .build(),
                "EventBridge");
    }

    private void assertRefused(NotificationConfiguration configuration, String message) {
        assertThatThrownBy(() -> configure(configuration))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining(message);
    }

    private void configure(NotificationConfiguration configuration) {
        s3.putBucketNotificationConfiguration(
                request -> request.bucket("source").notificationConfiguration(configuration));
    }

    private static NotificationConfiguration function(String prefix, String suffix) {
        return NotificationConfiguration.builder()
                .lambdaFunctionConfigurations(one -> one.id("to-ingest")
                        .lambdaFunctionArn(INGEST)
                        .events(Event.S3_OBJECT_CREATED)
                        .filter(filter -> filter.key(key -> key.filterRules(
                                rule -> rule.name("prefix").value(prefix),
                                rule -> rule.name("suffix").value(suffix)))))
                .build();
    }

    private String put(String key, String content) {
        return s3.putObject(request -> request.bucket("source").key(key), RequestBody.fromString(content))
                .versionId();
    }

    /// The scalar properties of a JSON text by their names alone.
    private static Map<String, String> leaves(String json) {
        Map<String, String> leaves = new HashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue() && parser.currentName() != null) {
                    leaves.put(parser.currentName(), parser.getString());
                }
            }
        }
        return leaves;
    }
}
