package dev.feedline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Lambda Runtime API, under a path that carries the process's token.
class RuntimeDoorTest {
    private static final String BASE = "/_feedline/runtime/token-1/2018-06-01/runtime/";
    private static final String HEAD = " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n";

    @TempDir
    Path folder;

    OneProcess process;
    TestGateway gateway;

    @BeforeEach
    void start() throws IOException {
        process = new OneProcess();
        gateway = new TestGateway(folder, new RuntimeDoor(process));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void theNextInvocationComesWithItsHeaders() throws IOException {
        process.invoke("r-1", "{\"a\":1}");

        RawHttp.Reply reply = send("GET " + BASE + "invocation/next" + HEAD + "\r\n");

        assertThat(reply.body()).isEqualTo("{\"a\":1}");
        assertThat(reply.text().toLowerCase(java.util.Locale.ROOT))
                .contains("lambda-runtime-aws-request-id: r-1")
                .contains("lambda-runtime-deadline-ms: 1795342272000")
                .contains("lambda-runtime-trace-id: root=1-0-0")
                .contains("lambda-runtime-invoked-function-arn: arn:aws:lambda:us-east-1:000000000000:function:f");
    }

    @Test
    void answersAndErrorsReachTheirInvocation() throws IOException {
        assertThat(post("invocation/r-1/response", "", "done").status()).isEqualTo(202);
        assertThat(post("invocation/r-1/error", "Lambda-Runtime-Function-Error-Type: My.Error\r\n", "{}")
                        .status())
                .isEqualTo(202);
        assertThat(post("init/error", "", "{}").status()).isEqualTo(202);

        assertThat(process.heard)
                .containsExactly(
                        "r-1 answered done", "r-1 failed with My.Error {}", "null failed with Runtime.Unknown {}");
    }

    @Test
    void anotherTokenIsNobodys() throws IOException {
        RawHttp.Reply reply = send("GET " + BASE.replace("token-1", "token-2") + "invocation/next" + HEAD + "\r\n");

        assertThat(reply.status()).isEqualTo(403);
    }

    @Test
    void otherPathsAreNotFound() throws IOException {
        assertThat(send("GET " + BASE + "invocation/previous" + HEAD + "\r\n").status())
                .isEqualTo(404);
        assertThat(send("GET /_feedline/runtime/" + HEAD + "\r\n").status()).isEqualTo(404);
    }

    @Test
    @Tag("proof")
    void theOfficialRuntimeInterfaceClientTakesThePathAndItsToken() throws Exception {
        process.invoke("r-1", "\"hello\"");
        process.invoke("r-2", "\"fail\"");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                ShoutingFunction.class.getName() + "::handleRequest"));
        builder.environment()
                .putAll(Map.of(
                        "AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + gateway.gateway.port() + "/_feedline/runtime/token-1",
                        "LAMBDA_TASK_ROOT", folder.toString(),
                        "AWS_LAMBDA_FUNCTION_NAME", "f",
                        "AWS_LAMBDA_FUNCTION_VERSION", "$LATEST",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128"));
        Process child = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("child.log").toFile())
                .start();
        try {
            assertThat(process.heard.poll(30, TimeUnit.SECONDS)).as(() -> log()).isEqualTo("r-1 answered \"HELLO\"");
            assertThat(process.heard.poll(30, TimeUnit.SECONDS))
                    .as(() -> log())
                    .startsWith("r-2 failed with ")
                    .contains("\"errorType\":\"java.lang.IllegalStateException\"");
        } finally {
            child.destroyForcibly();
            child.waitFor();
            process.invoke("r-3", "null"); // else the closing port waits for the request that it has left
        }
    }

    private String log() {
        try {
            return java.nio.file.Files.readString(folder.resolve("child.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private RawHttp.Reply post(String rest, String header, String body) throws IOException {
        return send("POST " + BASE + rest + HEAD + header + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private RawHttp.Reply send(String request) throws IOException {
        return new RawHttp(gateway.gateway.port()).send(request);
    }
}
