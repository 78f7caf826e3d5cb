package dev.feedline.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.feedline.testkit.InMemoryS3;
import dev.feedline.testkit.lambda.InMemoryQueues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Queues that feed functions: what a function is told, and what becomes of the messages.
@Timeout(30)
class EventSourceMappingTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:jobs";

    @TempDir
    Path folder;

    private final InMemoryQueues queues = new InMemoryQueues();
    private final BlockingQueue<JsonNode> seen = new LinkedBlockingQueue<>();

    @Test
    void aFunctionSeesTheMessagesAndTheyAreGoneWhenItReturns() throws Exception {
        try (EmbeddedLambda lambda = started((input, output, context) -> seen.add(JSON.readTree(input)))) {
            map(lambda, 10, false);
            send("{\"a\":1}");

            JsonNode record = seen.take().required("Records").required(0);

            assertThat(record.required("body").asString()).isEqualTo("{\"a\":1}");
            assertThat(record.required("eventSource").asString()).isEqualTo("aws:sqs");
            assertThat(record.required("eventSourceARN").asString()).isEqualTo(QUEUE);
            assertThat(record.required("awsRegion").asString()).isEqualTo("us-east-1");
            assertThat(record.required("attributes")
                            .required("ApproximateReceiveCount")
                            .asString())
                    .isEqualTo("1");
            assertThat(record.required("messageId").asString()).isNotEmpty();
            awaitSize(0);
        }
    }

    @Test
    void aFailedBatchShowsAgainAndIsTriedAgain() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        RequestStreamHandler failingOnce = (input, output, context) -> {
            seen.add(JSON.readTree(input));
            if (calls.getAndIncrement() == 0) {
                throw new IOException("no cheese left");
            }
        };
        try (EmbeddedLambda lambda = started(failingOnce)) {
            map(lambda, 10, false);
            send("1");

            seen.take();
            JsonNode again = seen.take().required("Records").required(0);

            assertThat(again.required("attributes")
                            .required("ApproximateReceiveCount")
                            .asString())
                    .isEqualTo("2");
            awaitSize(0);
        }
    }

    @Test
    void onlyTheMessagesThatTheFunctionNamesStay() throws Exception {
        CountDownLatch twoSeen = new CountDownLatch(2);
        RequestStreamHandler doingAllButTwo = (input, output, context) -> {
            List<String> failed = new ArrayList<>();
            for (JsonNode record : JSON.readTree(input).required("Records")) {
                if (record.required("body").asString().equals("2")) {
                    twoSeen.countDown();
                    failed.add("{\"itemIdentifier\":\""
                            + record.required("messageId").asString() + "\"}");
                }
            }
            output.write(
                    ("{\"batchItemFailures\":[" + String.join(",", failed) + "]}").getBytes(StandardCharsets.UTF_8));
        };
        try (EmbeddedLambda lambda = started(doingAllButTwo)) {
            send("1");
            send("2");
            send("3");
            map(lambda, 10, true);

            assertThat(twoSeen.await(20, TimeUnit.SECONDS))
                    .as("it is tried again")
                    .isTrue();
            awaitSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{\"itemIdentifier\":\"nobody\"}]", "[\"1\"]", "\"1\"", "{}"})
    void anAnswerThatNamesNoMessagesOfTheBatchAsItShouldKeepsTheWholeBatch(String failures) throws Exception {
        CountDownLatch calls = new CountDownLatch(2);
        RequestStreamHandler lost = (input, output, context) -> {
            calls.countDown();
            output.write(("{\"batchItemFailures\":" + failures + "}").getBytes(StandardCharsets.UTF_8));
        };
        try (EmbeddedLambda lambda = started(lost)) {
            map(lambda, 1, true);
            send("1");

            assertThat(calls.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(queues.size("jobs")).isOne();
        }
    }

    /// Else nobody would do in the next 90 minutes what a killed process had received.
    @Test
    void messagesAreReceivedForAMinuteWhateverTheQueueSays() throws Exception {
        RequestStreamHandler recording = (input, output, context) -> seen.add(JSON.readTree(input));
        try (EmbeddedLambda lambda = started(recording)) {
            map(lambda, 1, false);
            send("1");
            seen.take();
            awaitSize(0);
            assertThat(queues.hiddenFor()).containsOnly(60);
        }
    }

    @Test
    void aDisabledMappingReadsNothingUntilItIsEnabledAndReadsOnAfterARestart() throws Exception {
        RequestStreamHandler recording = (input, output, context) -> seen.add(JSON.readTree(input));
        try (EmbeddedLambda lambda = started(recording)) {
            String uuid = map(lambda, 1, false);
            lambda.updateEventSourceMapping(update -> update.uuid(uuid).enabled(false));
            send("1");
            assertThat(seen.poll(300, TimeUnit.MILLISECONDS)).isNull();
            lambda.updateEventSourceMapping(update -> update.uuid(uuid).enabled(true));
            seen.take();
            awaitSize(0);
        }
        send("2");
        try (EmbeddedLambda lambda = opened(recording)) {
            lambda.start();
            assertThat(seen.take()
                            .required("Records")
                            .required(0)
                            .required("body")
                            .asString())
                    .isEqualTo("2");
            awaitSize(0);
        }
    }

    @Test
    void manyMessagesAreEachDoneOnceHoweverManyRunAtOnce() throws Exception {
        RequestStreamHandler recording = (input, output, context) -> seen.add(JSON.readTree(input));
        try (EmbeddedLambda lambda = started(recording)) {
            for (int i = 0; i < 200; i++) {
                send(Integer.toString(i));
            }
            map(lambda, 3, true);
            awaitSize(0);
        }
        assertThat(seen.stream()
                        .flatMap(event -> event.required("Records").valueStream())
                        .map(record -> record.required("body").asString()))
                .hasSize(200)
                .doesNotHaveDuplicates();
        assertThat(seen).allMatch(event -> event.required("Records").size() <= 3);
    }

    private EmbeddedLambda started(RequestStreamHandler handler) throws IOException {
        queues.createQueue(create -> create.queueName("jobs"));
        EmbeddedLambda lambda = opened(handler);
        lambda.createFunction(create ->
                create.functionName("work").handler("feedline:builtin/work").code(code -> {}));
        lambda.start();
        return lambda;
    }

    private EmbeddedLambda opened(RequestStreamHandler handler) throws IOException {
        return EmbeddedLambda.open(
                folder,
                TestGround.with(InstantSource.system()),
                new InMemoryS3(InstantSource.system()),
                queues,
                LambdaSettings.of(Map.of("work", handler)));
    }

    private static String map(EmbeddedLambda lambda, int batch, boolean reports) {
        return lambda.createEventSourceMapping(create -> create.functionName("work")
                        .eventSourceArn(QUEUE)
                        .batchSize(batch)
                        .functionResponseTypes(
                                reports ? List.of(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES) : List.of()))
                .uuid();
    }

    private void send(String body) {
        String url = queues.getQueueUrl(get -> get.queueName("jobs")).queueUrl();
        queues.sendMessage(message -> message.queueUrl(url).messageBody(body));
    }

    private void awaitSize(int wanted) throws InterruptedException {
        while (queues.size("jobs") != wanted) {
            Thread.sleep(5);
        }
    }
}
