package dev.feedline.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.app.TestingFeedline;
import dev.feedline.app.warehouse.SnowflakeClient;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.Names;
import dev.feedline.feeds.definition.Definition;
import dev.feedline.feeds.definition.DefinitionReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;

/// The demo's files with every service behind HTTP and the functions as an ordinary zip, so that the form which runs on
/// AWS does not rot.
@Tag("proof")
class AsOnAwsProofTest {
    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();

    @Test
    void theDemoBalancesWithEqualValues(@TempDir Path folder) throws Exception {
        Definition definition = DefinitionReader.read(EXAMPLES.resolve("feedline.yaml"));
        try (TestingFeedline feedline = TestingFeedline.startOverHttp(folder.resolve("data"), definition)) {
            LambdaClient lambda = feedline.reach().lambda();
            deploy(lambda, Names.INGEST_FUNCTION, "dev.feedline.feeds.IngestFunction");
            deploy(lambda, Names.CONVERT_FUNCTION, "dev.feedline.feeds.ConvertFunction");
            Map<String, String> samples =
                    Map.of("orders.jsonl", "orders", "events.jsonl.gz", "events", "orders-dirty.jsonl", "orders");
            try (SnowflakeClient warehouse = feedline.reach().warehouse()) {
                Oracle oracle = new Oracle(
                        EXAMPLES.resolve("Oracle.java"), warehouse, Files.createDirectory(folder.resolve("oracle")));
                for (Map.Entry<String, String> sample : samples.entrySet()) {
                    FileState file = feedline.put(
                            sample.getValue() + "/" + sample.getKey(), TestingFeedline.example(sample.getKey()));
                    assertThat(file.state()).isEqualTo(FileState.State.BALANCED);
                    ByteArrayOutputStream said = new ByteArrayOutputStream();
                    boolean equal = oracle.agrees(
                            EXAMPLES.resolve("feeds").resolve(sample.getKey()),
                            file,
                            definition.feeds().get(sample.getValue()),
                            new PrintStream(said, true, StandardCharsets.UTF_8));
                    assertThat(equal).as(said.toString(StandardCharsets.UTF_8)).isTrue();
                }
            }
        }
    }

    private static void deploy(LambdaClient lambda, String name, String handler) throws Exception {
        SdkBytes zip = SdkBytes.fromByteArray(TestingFeedline.functionZip());
        lambda.updateFunctionCode(request -> request.functionName(name).zipFile(zip));
        assertThat(lambda.updateFunctionConfiguration(
                                request -> request.functionName(name).handler(handler))
                        .handler())
                .isEqualTo(handler);
    }
}
