package dev.feedline.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.kernel.Ground;
import dev.feedline.lambda.handler.TestHandler;
import dev.feedline.testkit.InMemoryS3;
import dev.feedline.testkit.lambda.InMemoryQueues;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.Runtime;

@Timeout(60)
class ChildrenTest {
    @TempDir
    Path folder;

    private final Ground ground = TestGround.with(InstantSource.system());
    private final AtomicReference<EmbeddedLambda> current = new AtomicReference<>();
    private RuntimeApiServer server;
    private EmbeddedLambda lambda;

    @BeforeEach
    void open() throws IOException {
        server = new RuntimeApiServer(() -> current.get().runtimeApi());
        lambda = started(Duration.ofMinutes(5));
    }

    @AfterEach
    void close() {
        lambda.close();
        server.close();
    }

    @Test
    void aJavaFunctionRunsAsAProcessAndIsUsedAgainWhileItIsWarm() throws Exception {
        createJava(function ->
                function.timeout(20).environment(environment -> environment.variables(Map.of("STAGE", "test"))));

        assertThat(invoke("{\"a\":[1,2]}").payload().asUtf8String()).isEqualTo("{\"a\":[1,2]}");
        String about = invoke("{\"do\":\"describe\"}").payload().asUtf8String();

        assertThat(about)
                .contains("\"arn\":\"arn:aws:lambda:us-east-1:000000000000:function:f\"")
                .contains("\"remaining\":true")
                .contains("\"invocations\":2")
                .contains("\"stage\":\"test\"")
                .contains("\"endpoint\":\"http://localhost:4566\"");

        var failed = invoke("{\"do\":\"fail\"}");
        assertThat(failed.functionError()).isEqualTo("Unhandled");
        assertThat(failed.payload().asUtf8String())
                .contains("no cheese left")
                .contains("java.lang.IllegalStateException");

        var printed = lambda.invoke(invoke -> invoke.functionName("f")
                .payload(SdkBytes.fromUtf8String("{\"do\":\"print\"}"))
                .logType(LogType.TAIL));
        assertThat(new String(Base64.getDecoder().decode(printed.logResult()), StandardCharsets.UTF_8))
                .contains("printed by the function");

        lambda.close();
        awaitEnd(pid(about));
    }

    @Test
    void aProcessThatEndsIsAFailureAndIsReplaced() throws Exception {
        createJava(function -> function.timeout(20));

        var ended = invoke("{\"do\":\"exit\"}");

        assertThat(ended.functionError()).isEqualTo("Unhandled");
        assertThat(ended.payload().asUtf8String()).contains("Runtime.ExitError").contains("exit status 3");
        assertThat(invoke("{\"do\":\"describe\"}").payload().asUtf8String()).contains("\"invocations\":1");
    }

    @Test
    void aProcessThatEndedWhileItWasIdleCostsNobodyAnInvocation() throws Exception {
        createJava(function -> function.timeout(20));
        long pid = pid(invoke("{\"do\":\"describe\"}").payload().asUtf8String());

        ProcessHandle function = ProcessHandle.of(pid).orElseThrow();
        ProcessHandle keeper = function.parent().orElseThrow();
        function.destroyForcibly();
        awaitEnd(keeper.pid());

        assertThat(invoke("{\"do\":\"describe\"}").payload().asUtf8String()).contains("\"invocations\":1");
    }

    @Test
    void aProcessThatDoesNotStartInTimeIsKilled() throws Exception {
        createProvided("while true; do sleep 0.05; done", function -> function.timeout(1));
        // It never asks for an event, so it is the time to start that runs out.
        lambda.close();
        lambda = opened(Duration.ofMinutes(5), Duration.ofMillis(300));

        var answer = lambda.invoke(invoke -> invoke.functionName("f"));

        assertThat(answer.payload().asUtf8String()).contains("Sandbox.Timedout").contains("Task timed out after");
    }

    @Test
    void aFunctionThatTakesTooLongIsKilled() throws Exception {
        createJava(function -> function.timeout(1));
        long pid = pid(invoke("{\"do\":\"describe\"}").payload().asUtf8String());

        var answer = invoke("{\"do\":\"sleep\"}");

        assertThat(answer.payload().asUtf8String()).contains("Task timed out after 1.00 seconds");
        awaitEnd(pid);
    }

    @Test
    @Tag("proof") // its script needs curl
    void anExecutableSpeaksTheRuntimeApiItself() throws Exception {
        createProvided("""
                while true; do
                  headers=$(mktemp)
                  event=$(curl -s -D "$headers" "http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation/next") || exit 1
                  id=$(grep -i '^lambda-runtime-aws-request-id:' "$headers" | tr -d '\\r' | cut -d' ' -f2)
                  rm "$headers"
                  curl -s -X POST "http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation/$id/response" \
                       -d "{\\"got\\":$event}"
                done
                """, function -> function.timeout(20));

        assertThat(invoke("{\"n\":1}").payload().asUtf8String()).isEqualTo("{\"got\":{\"n\":1}}");
        assertThat(invoke("{\"n\":2}").payload().asUtf8String()).isEqualTo("{\"got\":{\"n\":2}}");
    }

    @Test
    void anEventRunsInAProcessToo() throws Exception {
        Path seen = folder.resolve("seen");
        createJava(function ->
                function.environment(environment -> environment.variables(Map.of("SEEN", seen.toString()))));

        lambda.invoke(invoke -> invoke.functionName("f")
                .invocationType(InvocationType.EVENT)
                .payload(SdkBytes.fromUtf8String("{\"do\":\"leave a trace\"}")));

        while (!seen.toFile().exists()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Test
    void anIdleProcessIsEnded() throws Exception {
        lambda.close();
        lambda = started(Duration.ofMillis(1));
        createJava(function -> function.timeout(20));

        awaitEnd(pid(invoke("{\"do\":\"describe\"}").payload().asUtf8String()));
    }

    @Test
    void aChangedFunctionRunsInANewProcess() throws Exception {
        createJava(function -> function.timeout(20));
        long old = pid(invoke("{\"do\":\"describe\"}").payload().asUtf8String());

        lambda.updateFunctionConfiguration(update ->
                update.functionName("f").environment(environment -> environment.variables(Map.of("STAGE", "changed"))));

        assertThat(invoke("{\"do\":\"describe\"}").payload().asUtf8String()).contains("\"stage\":\"changed\"");
        awaitEnd(old);
    }

    @Test
    void aProcessDoesNotOutliveTheOneThatStartedIt() throws Exception {
        // The keeper is given a pipe whose other end this test holds, as Feedline would; closing it is
        // Feedline's end.
        Path pidFile = folder.resolve("pid");
        Process keeper = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        ChildProcess.KEEPER,
                        "sh",
                        "/bin/sh",
                        "-c",
                        "echo $$ > " + pidFile + ".new; mv " + pidFile + ".new " + pidFile + "; exec sleep 600")
                .start();
        while (!pidFile.toFile().exists()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        long pid = Long.parseLong(Files.readString(pidFile).strip());

        keeper.getOutputStream().close();

        awaitEnd(pid);
        assertThat(keeper.waitFor()).isEqualTo(137);
    }

    @Test
    void aRuntimeThatIsNotHereIsRefused() {
        assertThatThrownBy(() -> create(Runtime.DOTNET8, new byte[0], function -> {}))
                .isInstanceOf(LambdaException.class)
                .hasMessageContaining("dotnet8");
    }

    private EmbeddedLambda started(Duration idle) throws IOException {
        return opened(idle, Duration.ofSeconds(50));
    }

    private EmbeddedLambda opened(Duration idle, Duration initTimeout) throws IOException {
        var processes = new LambdaSettings.Processes(
                server::address,
                () -> Map.of("AWS_ENDPOINT_URL", "http://localhost:4566"),
                runtimeInterfaceClient(),
                2,
                idle,
                initTimeout);
        var settings = new LambdaSettings(
                Map.of(),
                new LambdaSettings.Concurrency(4, 4, 100, Duration.ofMillis(100)),
                LambdaSettings.AsyncRetries.AWS,
                processes);
        EmbeddedLambda opened = EmbeddedLambda.open(
                folder, ground, new InMemoryS3(InstantSource.system()), new InMemoryQueues(), settings);
        opened.start();
        current.set(opened);
        return opened;
    }

    private static List<Path> runtimeInterfaceClient() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(path -> path.contains("aws-lambda-java") || path.contains("utils-lite"))
                .map(Path::of)
                .toList();
    }

    private void createJava(Consumer<CreateFunctionRequest.Builder> more) throws IOException {
        String classFile = TestHandler.class.getName().replace('.', '/') + ".class";
        try (InputStream in = TestHandler.class.getResourceAsStream("/" + classFile)) {
            create(Runtime.JAVA25, zip(classFile, in.readAllBytes()), more);
        }
    }

    private void createProvided(String script, Consumer<CreateFunctionRequest.Builder> more) throws IOException {
        String bootstrap = "#!/bin/sh\n" + script;
        create(Runtime.PROVIDED_AL2023, zip("bootstrap", bootstrap.getBytes(StandardCharsets.UTF_8)), more);
    }

    private void create(Runtime runtime, byte[] zip, Consumer<CreateFunctionRequest.Builder> more) {
        lambda.createFunction(create -> {
            create.functionName("f")
                    .role("arn:aws:iam::000000000000:role/lambda")
                    .runtime(runtime)
                    .handler(TestHandler.class.getName() + "::handleRequest")
                    .code(code -> code.zipFile(SdkBytes.fromByteArray(zip)));
            more.accept(create);
        });
    }

    private InvokeResponse invoke(String payload) {
        return lambda.invoke(invoke -> invoke.functionName("f").payload(SdkBytes.fromUtf8String(payload)));
    }

    private static long pid(String about) {
        Matcher pid = Pattern.compile("\"pid\":(\\d+)").matcher(about);
        assertThat(pid.find()).as(about).isTrue();
        return Long.parseLong(pid.group(1));
    }

    private static void awaitEnd(long pid) throws InterruptedException {
        while (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }
}
