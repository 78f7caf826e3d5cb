package dev.feedline.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.sim.SimulatedClock;
import dev.feedline.testkit.InMemoryS3;
import dev.feedline.testkit.lambda.InMemoryQueues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;
import software.amazon.awssdk.services.sqs.model.Message;

@Timeout(30)
class EventsTest {
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:lost";

    @TempDir
    Path folder;

    private final SimulatedClock clock = new SimulatedClock(Instant.parse("2026-11-22T10:00:00Z"));
    private final Ground ground = TestGround.with(clock);
    private final InMemoryQueues queues = new InMemoryQueues();
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    private final RequestStreamHandler recording =
            (input, output, context) -> seen.add(new String(input.readAllBytes(), StandardCharsets.UTF_8));

    private final RequestStreamHandler failing = (input, output, context) -> {
        recording.handleRequest(input, output, context);
        throw new IOException("no cheese left");
    };

    @Test
    void anEventIsRunOnce() throws Exception {
        try (EmbeddedLambda lambda = started(recording)) {
            create(lambda);
            send(lambda, "{\"n\":1}");

            assertThat(seen.take()).isEqualTo("{\"n\":1}");
            awaitEmptyQueue(lambda);
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void functionsThatComputeOnEveryCoreDoNotHoldUpTheRest() throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        AtomicBoolean enough = new AtomicBoolean();
        CountDownLatch computing = new CountDownLatch(cores);
        CountDownLatch other = new CountDownLatch(1);
        RequestStreamHandler busy = (input, output, context) -> {
            computing.countDown();
            while (!enough.get()) {
                Thread.onSpinWait();
            }
        };
        try (EmbeddedLambda lambda = started(busy)) {
            create(lambda);
            try {
                for (int i = 0; i < cores; i++) {
                    send(lambda, "{}");
                }
                assertThat(computing.await(10, TimeUnit.SECONDS)).isTrue();
                Thread.ofVirtual().start(other::countDown); // as every request is

                assertThat(other.await(10, TimeUnit.SECONDS)).isTrue();
            } finally {
                enough.set(true);
            }
        }
    }

    @Test
    void aFailedEventIsTriedAgainAfterOneMinuteAndThenAfterTwo() throws Exception {
        queues.createQueue(create -> create.queueName("lost"));
        try (EmbeddedLambda lambda = started(failing)) {
            create(lambda, function -> function.deadLetterConfig(dead -> dead.targetArn(QUEUE)));
            send(lambda, "1");
            seen.take();
            awaitFailures(lambda, 1);

            advance(Duration.ofSeconds(59));
            assertThat(seen.poll(50, TimeUnit.MILLISECONDS)).isNull();
            advance(Duration.ofSeconds(1));
            seen.take();
            awaitFailures(lambda, 2);

            advance(Duration.ofSeconds(119));
            assertThat(seen.poll(50, TimeUnit.MILLISECONDS)).isNull();
            advance(Duration.ofSeconds(1));
            seen.take();

            Message letter = awaitLetter();
            assertThat(letter.body()).isEqualTo("1");
            assertThat(letter.messageAttributes().get("ErrorMessage").stringValue())
                    .isEqualTo("no cheese left");
            assertThat(letter.messageAttributes().get("ErrorCode").stringValue())
                    .isEqualTo("200");
            assertThat(letter.messageAttributes().get("RequestID").stringValue())
                    .matches("[0-9a-f-]{36}");
            awaitEmptyQueue(lambda);
        }
    }

    @Test
    void theFailureDestinationGetsARecordOfWhatHappened() throws Exception {
        queues.createQueue(create -> create.queueName("lost"));
        try (EmbeddedLambda lambda = started(failing)) {
            create(lambda);
            lambda.putFunctionEventInvokeConfig(put -> put.functionName("f")
                    .maximumRetryAttempts(0)
                    .destinationConfig(to -> to.onFailure(failure -> failure.destination(QUEUE))));
            send(lambda, "{\"order\":7}");

            String record = awaitLetter().body();

            assertThat(record)
                    .startsWith(
                            "{\"version\":\"1.0\",\"timestamp\":\"2026-11-22T10:00:00Z\",\"requestContext\":{\"requestId\":\"")
                    .contains("\"functionArn\":\"arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST\","
                            + "\"condition\":\"RetriesExhausted\",\"approximateInvokeCount\":1},"
                            + "\"requestPayload\":{\"order\":7},"
                            + "\"responseContext\":{\"statusCode\":200,\"executedVersion\":\"$LATEST\","
                            + "\"functionError\":\"Unhandled\"},"
                            + "\"responsePayload\":{\"errorMessage\":\"no cheese left\","
                            + "\"errorType\":\"java.io.IOException\"");
        }
    }

    @Test
    void anEventThatIsTooOldIsGivenUp() throws Exception {
        queues.createQueue(create -> create.queueName("lost"));
        try (EmbeddedLambda lambda = started(failing)) {
            create(lambda);
            lambda.putFunctionEventInvokeConfig(put -> put.functionName("f")
                    .maximumEventAgeInSeconds(60)
                    .destinationConfig(to -> to.onFailure(failure -> failure.destination(QUEUE))));
            send(lambda, "1");
            seen.take();
            awaitFailures(lambda, 1);

            advance(Duration.ofSeconds(61));

            assertThat(awaitLetter().body())
                    .contains("\"condition\":\"EventAgeExceeded\",\"approximateInvokeCount\":1")
                    .doesNotContain("responsePayload");
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void aLetterWaitsUntilItsQueueIsThere() throws Exception {
        try (EmbeddedLambda lambda = started(failing)) {
            create(lambda, function -> function.deadLetterConfig(dead -> dead.targetArn(QUEUE)));
            lambda.putFunctionEventInvokeConfig(put -> put.functionName("f").maximumRetryAttempts(0));
            send(lambda, "1");
            awaitEmptyQueue(lambda);
        }
        queues.createQueue(create -> create.queueName("lost"));
        clock.advance(Duration.ofMinutes(5));
        try (EmbeddedLambda again = started(failing)) {
            assertThat(awaitLetter().body()).isEqualTo("1");
        }
    }

    @Test
    void anInvocationCutByACrashRunsAgainAtOnceAndSpendsNoRetry() throws Exception {
        var release = new CountDownLatch(1);
        EmbeddedLambda crashed = started((input, output, context) -> {
            recording.handleRequest(input, output, context);
            await(release);
        });
        create(crashed);
        send(crashed, "\"cut\"");
        seen.take();

        try (EmbeddedLambda again = started(recording)) {
            assertThat(seen.take()).isEqualTo("\"cut\"");
            awaitEmptyQueue(again);
        }
        release.countDown();
        crashed.close();
    }

    @Test
    void whatWasAcceptedBeforeTheStartRunsAfterIt() throws Exception {
        EmbeddedLambda neverStarted = opened(recording, LambdaSettings.Concurrency.DEFAULT);
        create(neverStarted);
        send(neverStarted, "1");
        neverStarted.close();

        try (EmbeddedLambda again = started(recording)) {
            assertThat(seen.take()).isEqualTo("1");
        }
    }

    @Test
    void noMoreThanTheLimitRunAtOnceAndNothingIsLost() throws Exception {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        RequestStreamHandler counting = (input, output, context) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            recording.handleRequest(input, output, context);
            running.decrementAndGet();
        };
        var concurrency = new LambdaSettings.Concurrency(4, 3, 1_000, Duration.ofSeconds(10));
        try (EmbeddedLambda lambda = opened(counting, concurrency)) {
            lambda.start();
            create(lambda);
            for (int i = 0; i < 200; i++) {
                send(lambda, Integer.toString(i));
            }
            awaitEmptyQueue(lambda);

            List<String> all = new ArrayList<>(seen);
            assertThat(all).hasSize(200);
            assertThat(new HashSet<>(all)).hasSize(200);
            assertThat(most.get()).isBetween(1, 3);
        }
    }

    @Test
    void aBusyFunctionDoesNotHoldUpAnother() throws Exception {
        var release = new CountDownLatch(1);
        var concurrency = new LambdaSettings.Concurrency(4, 1, 1_000, Duration.ofSeconds(10));
        var settings = new LambdaSettings(
                Map.of("busy", (input, output, context) -> await(release), "record", recording),
                concurrency,
                LambdaSettings.AsyncRetries.AWS,
                LambdaSettings.Processes.none());
        try (EmbeddedLambda lambda =
                EmbeddedLambda.open(folder, ground, new InMemoryS3(InstantSource.system()), queues, settings)) {
            lambda.start();
            for (String name : List.of("busy", "record")) {
                lambda.createFunction(create -> create.functionName(name)
                        .handler("feedline:builtin/" + name)
                        .code(code -> {}));
            }
            for (int i = 0; i < 5; i++) {
                lambda.invoke(invoke -> invoke.functionName("busy").invocationType(InvocationType.EVENT));
            }
            lambda.invoke(invoke -> invoke.functionName("record").invocationType(InvocationType.EVENT));

            assertThat(seen.take()).isEqualTo("{}");
            release.countDown();
        }
    }

    @Test
    void moreEventsThanMayWaitAreRefused() throws Exception {
        var one = new LambdaSettings.Concurrency(1, 1, 1, Duration.ofSeconds(10));
        try (EmbeddedLambda lambda = opened(recording, one)) {
            create(lambda);
            send(lambda, "1");

            assertThatThrownBy(() -> send(lambda, "2")).isInstanceOf(TooManyRequestsException.class);
            lambda.deleteFunction(delete -> delete.functionName("f"));
            create(lambda);
            send(lambda, "3");
        }
    }

    private EmbeddedLambda started(RequestStreamHandler handler) throws IOException {
        EmbeddedLambda lambda = opened(handler, LambdaSettings.Concurrency.DEFAULT);
        lambda.start();
        return lambda;
    }

    private EmbeddedLambda opened(RequestStreamHandler handler, LambdaSettings.Concurrency concurrency)
            throws IOException {
        var settings = new LambdaSettings(
                Map.of("f", handler), concurrency, LambdaSettings.AsyncRetries.AWS, LambdaSettings.Processes.none());
        return EmbeddedLambda.open(folder, ground, new InMemoryS3(InstantSource.system()), queues, settings);
    }

    private static void create(EmbeddedLambda lambda) {
        create(lambda, function -> {});
    }

    private static void create(EmbeddedLambda lambda, java.util.function.Consumer<CreateFunctionRequest.Builder> more) {
        lambda.createFunction(create -> {
            create.functionName("f").handler("feedline:builtin/f").code(code -> {});
            more.accept(create);
        });
    }

    private static void send(EmbeddedLambda lambda, String payload) {
        lambda.invoke(invoke -> invoke.functionName("f")
                .invocationType(InvocationType.EVENT)
                .payload(SdkBytes.fromUtf8String(payload)));
    }

    private void advance(Duration by) {
        clock.advance(by);
        ground.bell().ring(Events.bellName(ground));
    }

    private static void awaitFailures(EmbeddedLambda lambda, int failures) throws InterruptedException {
        while (lambda.queuedEvents().stream().noneMatch(event -> event.failures() == failures)) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private static void awaitEmptyQueue(EmbeddedLambda lambda) throws InterruptedException {
        while (!lambda.queuedEvents().isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private Message awaitLetter() throws InterruptedException {
        while (true) {
            var messages = queues.receiveMessage(receive -> receive.queueUrl("http://localhost/000000000000/lost"))
                    .messages();
            if (!messages.isEmpty()) {
                return messages.getFirst();
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
