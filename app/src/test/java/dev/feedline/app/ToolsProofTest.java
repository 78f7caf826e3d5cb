package dev.feedline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The genuine AWS CLI and boto3 do their work against a running Feedline. A missing tool fails the test.
@Tag("proof")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ToolsProofTest {
    private static final Path SCRIPTS = Path.of("src", "test", "proof").toAbsolutePath();

    private TestingFeedline feedline;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        feedline = TestingFeedline.start(folder, "feeds:\n  orders: {}\n");
    }

    @AfterAll
    void stop() {
        feedline.close();
    }

    @Test
    void theAwsCliWorks() throws Exception {
        assertThat(run(List.of("bash", SCRIPTS.resolve("aws-cli.sh").toString())))
                .endsWith("aws-cli: all steps passed\n");
    }

    @Test
    void boto3Works() throws Exception {
        String orders = Path.of("..", "examples", "feeds", "orders.jsonl")
                .toAbsolutePath()
                .toString();
        assertThat(run(List.of("python3", SCRIPTS.resolve("boto3_walk.py").toString(), orders)))
                .endsWith("boto3: all steps passed\n");
    }

    @Test
    void theAwsCliWorksWithGlue() throws Exception {
        assertThat(run(List.of("bash", SCRIPTS.resolve("glue-cli.sh").toString())))
                .endsWith("glue-cli: all steps passed\n");
    }

    @Test
    void boto3WorksWithGlue() throws Exception {
        assertThat(run(List.of("python3", SCRIPTS.resolve("glue_boto3.py").toString())))
                .endsWith("glue-boto3: all steps passed\n");
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Reach.Server server = feedline.reach().server();
        builder.environment().put("AWS_ENDPOINT_URL", server.endpoint().toString());
        builder.environment().put("AWS_ACCESS_KEY_ID", server.keys().accessKeyId());
        builder.environment().put("AWS_SECRET_ACCESS_KEY", server.keys().secretAccessKey());
        builder.environment().put("AWS_REGION", server.region());
        builder.environment().put("AWS_DEFAULT_REGION", server.region());
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
