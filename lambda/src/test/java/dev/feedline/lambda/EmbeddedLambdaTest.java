package dev.feedline.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.feedline.kernel.EmbeddedClient;
import dev.feedline.kernel.Ground;
import dev.feedline.testkit.InMemoryS3;
import dev.feedline.testkit.lambda.InMemoryQueues;
import dev.feedline.testkit.lambda.LambdaContractSuite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;
import software.amazon.awssdk.services.sqs.SqsClient;

class EmbeddedLambdaTest extends LambdaContractSuite {
    @TempDir
    Path folder;

    private final Ground ground = TestGround.with(InstantSource.system());
    private final InMemoryQueues queues = new InMemoryQueues();
    private final InMemoryS3 s3 = new InMemoryS3(InstantSource.system());
    private EmbeddedLambda lambda;

    @BeforeEach
    void open() throws IOException {
        lambda = opened();
        lambda.start();
    }

    @AfterEach
    void close() {
        lambda.close();
    }

    @Override
    protected LambdaClient client() {
        return EmbeddedClient.around(LambdaClient.class, lambda);
    }

    @Override
    protected SqsClient queues() {
        return queues;
    }

    private EmbeddedLambda opened() throws IOException {
        Map<String, RequestStreamHandler> handlers = Map.of(
                "contract-echo", (input, output, context) -> input.transferTo(output),
                "contract-fail",
                        (input, output, context) -> {
                            throw new IllegalStateException("no cheese left");
                        },
                "contract-log",
                        (input, output, context) -> {
                            context.getLogger().log("a line from inside");
                            String answer = "[\"" + context.getAwsRequestId() + "\",\""
                                    + context.getInvokedFunctionArn() + "\"]";
                            output.write(answer.getBytes(StandardCharsets.UTF_8));
                        });
        return EmbeddedLambda.open(folder, ground, s3, queues, LambdaSettings.of(handlers));
    }

    @Test
    void functionsAreThereAfterAStopWithoutClosing() throws Exception {
        create("echo", "contract-echo", function -> {});

        try (EmbeddedLambda again = opened()) {
            assertThat(again.invoke(invoke -> invoke.functionName("echo").payload(SdkBytes.fromUtf8String("7")))
                            .payload()
                            .asUtf8String())
                    .isEqualTo("7");
        }
    }

    @Test
    void codeFromABucketIsCopiedAndWhatIsNotThereIsRefused() throws Exception {
        byte[] zip = zip("a.txt", "b");
        s3.createBucket(bucket -> bucket.bucket("code"));
        s3.putObject(put -> put.bucket("code").key("f.zip"), RequestBody.fromBytes(zip));

        create(
                "echo",
                "contract-echo",
                function -> function.code(code -> code.s3Bucket("code").s3Key("f.zip")));

        assertThat(client().getFunctionConfiguration(get -> get.functionName("echo"))
                        .codeSize())
                .isEqualTo(zip.length);
        assertThatThrownBy(() -> create(
                        "other",
                        "contract-echo",
                        function -> function.code(code -> code.s3Bucket("code").s3Key("none.zip"))))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("GetObject");
    }

    @Test
    void noCodeIsLeftBehind() throws Exception {
        byte[] zip = zip("a.txt", "b");
        create("echo", "contract-echo", function -> function.code(code -> code.zipFile(SdkBytes.fromByteArray(zip))));
        client().updateFunctionCode(update -> update.functionName("echo").zipFile(SdkBytes.fromByteArray(zip)));
        assertThat(files()).isEqualTo(1);

        client().deleteFunction(delete -> delete.functionName("echo"));
        assertThat(files()).isZero();

        Files.writeString(folder.resolve("code/left-by-a-crash.zip.new"), "half");
        opened().close();
        assertThat(files()).isZero();
    }

    @Test
    void moreThanMayRunAtOnceIsRefused() throws Exception {
        var entered = new java.util.concurrent.CountDownLatch(1);
        var release = new java.util.concurrent.CountDownLatch(1);
        RequestStreamHandler waiting = (input, output, context) -> {
            entered.countDown();
            await(release);
        };
        var one = new LambdaSettings.Concurrency(1, 1, 1, java.time.Duration.ofSeconds(5));
        var settings = new LambdaSettings(
                Map.of("wait", waiting), one, LambdaSettings.AsyncRetries.AWS, LambdaSettings.Processes.none());
        try (EmbeddedLambda busy =
                EmbeddedLambda.open(folder.resolve("busy"), ground, s3, new InMemoryQueues(), settings)) {
            busy.createFunction(create ->
                    create.functionName("wait").handler("feedline:builtin/wait").code(code -> {}));
            Thread caller = Thread.ofVirtual().start(() -> busy.invoke(invoke -> invoke.functionName("wait")));
            entered.await();

            assertThatThrownBy(() -> busy.invoke(invoke -> invoke.functionName("wait")))
                    .isInstanceOf(TooManyRequestsException.class);

            release.countDown();
            caller.join();
            busy.invoke(invoke -> invoke.functionName("wait"));
        }
    }

    @Test
    void aFunctionThatTakesTooLongIsReportedAndKeepsItsSlotUntilItEnds() throws Exception {
        var release = new java.util.concurrent.CountDownLatch(1);
        var remaining = new java.util.concurrent.CompletableFuture<Integer>();
        RequestStreamHandler waiting = (input, output, context) -> {
            await(release);
            remaining.complete(context.getRemainingTimeInMillis());
        };
        var one = new LambdaSettings.Concurrency(1, 1, 1, java.time.Duration.ofSeconds(5));
        var settings = new LambdaSettings(
                Map.of("wait", waiting), one, LambdaSettings.AsyncRetries.AWS, LambdaSettings.Processes.none());
        try (EmbeddedLambda slow =
                EmbeddedLambda.open(folder.resolve("slow"), ground, s3, new InMemoryQueues(), settings)) {
            slow.createFunction(create -> create.functionName("wait")
                    .handler("feedline:builtin/wait")
                    .timeout(1)
                    .code(code -> {}));

            var answer = slow.invoke(invoke -> invoke.functionName("wait"));

            assertThat(answer.functionError()).isEqualTo("Unhandled");
            assertThat(answer.payload().asUtf8String()).contains("Task timed out after 1.00 seconds");
            assertThatThrownBy(() -> slow.invoke(invoke -> invoke.functionName("wait")))
                    .isInstanceOf(TooManyRequestsException.class);
            release.countDown();
            assertThat(remaining.get()).isZero();
        }
    }

    private static void await(java.util.concurrent.CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private long files() throws IOException {
        try (var files = Files.list(folder.resolve("code"))) {
            return files.count();
        }
    }
}
