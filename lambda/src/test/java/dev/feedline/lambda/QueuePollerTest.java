package dev.feedline.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.feedline.testkit.InMemoryS3;
import dev.feedline.testkit.lambda.InMemoryQueues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a poller holds, and how it goes on when a queue does not do as it should.
@Timeout(30)
class QueuePollerTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int HIDDEN_SECONDS = 7;
    private static final LambdaSettings.Polling POLLING = new LambdaSettings.Polling(
            Duration.ofSeconds(1), false, Duration.ofSeconds(HIDDEN_SECONDS), Duration.ofMillis(20));

    @TempDir
    Path folder;

    private final BlockingQueue<JsonNode> seen = new LinkedBlockingQueue<>();
    private final RequestStreamHandler recording = (input, output, context) -> seen.add(JSON.readTree(input));

    @Test
    void largeMessagesThatMakeMoreBatchesThanThereIsRoomAreEachDoneOnceAndTheQueueIsReadOn() throws Exception {
        InMemoryQueues queues = new InMemoryQueues();
        sendTenLarge(queues);
        try (EmbeddedLambda lambda = started(queues, recording, 1)) {
            map(lambda, 10, 2);
            await(() -> queues.size("jobs") == 0);
            send(queues, "small");
            await(() -> queues.size("jobs") == 0);
        }
        assertThat(seen).hasSize(3);
        assertThat(records())
                .hasSize(11)
                .allMatch(record -> record.required("attributes")
                        .required("ApproximateReceiveCount")
                        .asString()
                        .equals("1"));
    }

    @Test
    void messagesStayHiddenWhileTheirFunctionWorksAndWhileTheyWaitForIt() throws Exception {
        Changes changes = new Changes();
        sendTenLarge(changes);
        CountDownLatch extended = new CountDownLatch(1);
        RequestStreamHandler waiting = (input, output, context) -> {
            seen.add(JSON.readTree(input));
            awaitInFunction(extended);
        };
        try (EmbeddedLambda lambda = started(changes, waiting, 1)) {
            map(lambda, 10, 2);
            await(() -> seen.size() == 1);
            await(() -> changes.asked().map(entry -> entry.id()).distinct().count() == 10);
            long before = changes.asked().count();
            await(() -> changes.asked().count() > before + 10);
            assertThat(seen).as("the first batch, while the second waits").hasSize(1);
            extended.countDown();
            await(() -> changes.size("jobs") == 0);
        }
        assertThat(changes.asked()).allMatch(entry -> entry.visibilityTimeout() == HIDDEN_SECONDS);
        assertThat(changes.hiddenFor()).containsOnly(HIDDEN_SECONDS);
    }

    @Test
    void aMappingHoldsNoMoreMessagesThanItsFunctionMayRun() throws Exception {
        AtomicInteger held = new AtomicInteger();
        AtomicInteger mostHeld = new AtomicInteger();
        InMemoryQueues counting = new InMemoryQueues() {
            @Override
            public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
                ReceiveMessageResponse received = super.receiveMessage(request);
                mostHeld.accumulateAndGet(held.addAndGet(received.messages().size()), Math::max);
                return received;
            }

            @Override
            public DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
                held.addAndGet(-request.entries().size());
                return super.deleteMessageBatch(request);
            }
        };
        for (int i = 0; i < 40; i++) {
            send(counting, Integer.toString(i));
        }
        try (EmbeddedLambda lambda = started(counting, recording, 3)) {
            map(lambda, 1, 1000);
            await(() -> counting.size("jobs") == 0);
        }
        assertThat(seen).hasSize(40);
        assertThat(mostHeld).hasValueLessThanOrEqualTo(3);
    }

    @Test
    void anExceptionThatNoQueueAnswersWithDoesNotEndThePoller() throws Exception {
        AtomicBoolean thrown = new AtomicBoolean();
        InMemoryQueues failingOnce = new InMemoryQueues() {
            @Override
            public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
                if (thrown.compareAndSet(false, true)) {
                    throw new IllegalStateException("no cheese left");
                }
                return super.receiveMessage(request);
            }
        };
        send(failingOnce, "1");
        try (EmbeddedLambda lambda = started(failingOnce, recording, 1)) {
            String log = logged(() -> {
                map(lambda, 1, 2);
                await(() -> failingOnce.size("jobs") == 0);
            });
            assertThat(log).contains("is not read and is asked again", "no cheese left");
        }
        assertThat(seen).hasSize(1);
    }

    @Test
    void aVisibilityThatTheQueueDoesNotChangeIsLogged() throws Exception {
        CountDownLatch refused = new CountDownLatch(1);
        InMemoryQueues refusing = new InMemoryQueues() {
            @Override
            public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
                    ChangeMessageVisibilityBatchRequest request) {
                refused.countDown();
                return ChangeMessageVisibilityBatchResponse.builder()
                        .failed(request.entries().stream()
                                .map(entry -> BatchResultErrorEntry.builder()
                                        .id(entry.id())
                                        .message("the receipt handle has expired")
                                        .build())
                                .toList())
                        .build();
            }
        };
        send(refusing, "1");
        try (EmbeddedLambda lambda = started(refusing, (input, output, context) -> awaitInFunction(refused), 1)) {
            String log = logged(() -> {
                map(lambda, 1, 2);
                await(() -> refusing.size("jobs") == 0);
            });
            assertThat(log).contains("is hidden could not be changed: the receipt handle has expired");
        }
    }

    /// Else what the keeper had just begun to say would hide a failed message again, for the keeper's time.
    @Test
    void nothingHidesAMessageAnyMoreWhenItIsToShowAgain() throws Exception {
        CountDownLatch extending = new CountDownLatch(1);
        CountDownLatch showingAgain = new CountDownLatch(1);
        Queue<Integer> changed = new ConcurrentLinkedQueue<>();
        InMemoryQueues slow = new InMemoryQueues() {
            @Override
            public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
                    ChangeMessageVisibilityBatchRequest request) {
                int seconds = request.entries().getFirst().visibilityTimeout();
                if (seconds == HIDDEN_SECONDS) {
                    extending.countDown();
                    awaitInFunction(showingAgain, Duration.ofMillis(500));
                }
                changed.add(seconds);
                if (seconds != HIDDEN_SECONDS) {
                    showingAgain.countDown();
                }
                return super.changeMessageVisibilityBatch(request);
            }
        };
        AtomicInteger calls = new AtomicInteger();
        RequestStreamHandler failingOnce = (input, output, context) -> {
            if (calls.getAndIncrement() == 0) {
                awaitInFunction(extending);
                throw new IOException("no cheese left");
            }
        };
        send(slow, "1");
        try (EmbeddedLambda lambda = started(slow, failingOnce, 1)) {
            map(lambda, 1, 2);
            await(() -> slow.size("jobs") == 0);
        }
        assertThat(changed).startsWith(HIDDEN_SECONDS, 1);
    }

    @Test
    void messagesThatWouldShowBetweenTwoExtensionsAreNoSetting() {
        assertThatThrownBy(() -> new LambdaSettings.Polling(
                        Duration.ofSeconds(1), false, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LambdaSettings.Polling(
                        Duration.ofSeconds(1), false, Duration.ofMillis(900), Duration.ofMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// Sixteen, one after the other, would take eight seconds.
    @Test
    void closingWaitsForAllPollersTogether() throws Exception {
        int mappings = 16;
        InMemoryQueues queues = new InMemoryQueues();
        CountDownLatch ended = new CountDownLatch(1);
        RequestStreamHandler working = (input, output, context) -> {
            seen.add(JSON.readTree(input));
            awaitInFunction(ended);
        };
        EmbeddedLambda lambda = started(queues, working, mappings, Duration.ofMillis(500));
        for (int i = 0; i < mappings; i++) {
            send(queues, "jobs" + i, "work");
            map(lambda, "jobs" + i, 1, 2);
        }
        await(() -> seen.size() == mappings);
        long began = System.nanoTime();
        lambda.close();
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        ended.countDown();
        assertThat(took).isBetween(Duration.ofMillis(500), Duration.ofSeconds(5));
    }

    /// Remembers what it was asked to hide.
    private static final class Changes extends InMemoryQueues {
        private final Queue<ChangeMessageVisibilityBatchRequestEntry> asked = new ConcurrentLinkedQueue<>();

        @Override
        public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
                ChangeMessageVisibilityBatchRequest request) {
            asked.addAll(request.entries());
            return super.changeMessageVisibilityBatch(request);
        }

        Stream<ChangeMessageVisibilityBatchRequestEntry> asked() {
            return asked.stream();
        }
    }

    /// SQS's largest; an invocation's event has place for five of them.
    private static void sendTenLarge(InMemoryQueues queues) {
        for (int i = 0; i < 10; i++) {
            send(queues, "x".repeat(1024 * 1024));
        }
    }

    private Stream<JsonNode> records() {
        return seen.stream().flatMap(event -> event.required("Records").valueStream());
    }

    private EmbeddedLambda started(InMemoryQueues queues, RequestStreamHandler handler, int atOnce) throws IOException {
        return started(queues, handler, atOnce, Duration.ofSeconds(10));
    }

    private EmbeddedLambda started(
            InMemoryQueues queues, RequestStreamHandler handler, int atOnce, Duration closingGrace) throws IOException {
        EmbeddedLambda lambda = EmbeddedLambda.open(
                folder,
                TestGround.with(InstantSource.system()),
                new InMemoryS3(InstantSource.system()),
                queues,
                new LambdaSettings(
                        Map.of("work", handler),
                        new LambdaSettings.Concurrency(32, atOnce, 100, closingGrace),
                        LambdaSettings.AsyncRetries.QUICK,
                        LambdaSettings.Processes.none(),
                        POLLING));
        lambda.createFunction(create -> create.functionName("work")
                .handler("feedline:builtin/work")
                .timeout(20)
                .code(code -> {}));
        lambda.start();
        return lambda;
    }

    private static void map(EmbeddedLambda lambda, int batch, int concurrency) {
        map(lambda, "jobs", batch, concurrency);
    }

    private static void map(EmbeddedLambda lambda, String queue, int batch, int concurrency) {
        lambda.createEventSourceMapping(create -> create.functionName("work")
                .eventSourceArn("arn:aws:sqs:us-east-1:000000000000:" + queue)
                .batchSize(batch)
                .scalingConfig(scaling -> scaling.maximumConcurrency(concurrency)));
    }

    private static void send(InMemoryQueues queues, String body) {
        send(queues, "jobs", body);
    }

    private static void send(InMemoryQueues queues, String queue, String body) {
        String url = queues.createQueue(create -> create.queueName(queue)).queueUrl();
        queues.sendMessage(message -> message.queueUrl(url).messageBody(body));
    }

    private interface Step {
        void run() throws Exception;
    }

    /// What is logged meanwhile.
    private static String logged(Step step) throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            step.run();
        } finally {
            System.setErr(before);
        }
        return log.toString(StandardCharsets.UTF_8);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }

    private static void awaitInFunction(CountDownLatch latch) {
        awaitInFunction(latch, Duration.ofSeconds(20));
    }

    private static void awaitInFunction(CountDownLatch latch, Duration longest) {
        try {
            latch.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
