package dev.feedline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.app.command.OracleRuns;
import dev.feedline.app.warehouse.SnowflakeClient;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.definition.Definition;
import dev.feedline.feeds.definition.DefinitionReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;

/// A pipeline in a process of its own, killed in the middle, whose S3 and SQS are AWS's, and whose warehouse is
/// its own or an account's. Another Feedline plays AWS and the account; the process finds it by AWS's own variables.
@Tag("proof")
@Timeout(600)
class AwsStorageProofTest {
    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();
    private static final String SOURCE = "feedline-000000000000-us-east-1-source";
    private static final String LANDING = "feedline-000000000000-us-east-1-landing";
    private static final String LAKE = "feedline-000000000000-us-east-1-lake";

    @TempDir
    private Path folder;

    private TestingFeedline aws;

    @BeforeEach
    void startAws() throws IOException {
        aws = TestingFeedline.start(folder.resolve("aws"), "feeds: {}", new Rig() {
            @Override
            public boolean sweeps() {
                return false;
            }
        });
        aws.sql("DROP DATABASE FEEDLINE"); // the account is to be an empty one
    }

    @AfterEach
    void stopAws() {
        aws.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theDemosFilesBalanceThroughKills(boolean inAnAccount) throws Exception {
        String demo = Files.readString(EXAMPLES.resolve("feedline.yaml"))
                .replace("  orders:\n", "  orders:\n    buffer: { interval: 1s }\n") // at AWS it is a minute
                .replace("  events: {}", "  events: { buffer: { interval: 1s } }");
        assertThat(demo).containsPattern("(?s)interval: 1s.*interval: 1s");
        Path file = Files.writeString(
                folder.resolve("feedline.yaml"),
                "services: { s3: aws, sqs: aws }\n" + demo + (inAnAccount ? account() : ""));
        Definition definition = DefinitionReader.read(file);
        try (ServerProcess server = ServerProcess.start(folder.resolve("data"), file, environment(), "-Xmx512m")) {
            Map<String, String> versions = new LinkedHashMap<>();
            put(versions, "orders/orders.jsonl", "orders.jsonl");
            put(versions, "events/events.jsonl.gz", "events.jsonl.gz");
            Await.until(() -> hasAny(LANDING, "_feedline/"), "a file is begun");
            server.kill();
            put(versions, "orders/orders-dirty.jsonl", "orders-dirty.jsonl"); // nobody is there to hear of it
            server.startAgain();
            Await.until(() -> hasAny(LAKE, "data/"), "a chunk is converted");
            server.kill();
            server.startAgain();
            try (Reach reach = Reach.open(settings(definition));
                    SnowflakeClient warehouse = reach.warehouse()) {
                RemotePipeline pipeline = RemotePipeline.of(reach);
                OracleRuns oracle = new OracleRuns(warehouse, Files.createDirectory(folder.resolve("oracle")));
                for (Map.Entry<String, String> one : versions.entrySet()) {
                    String key = one.getKey();
                    String feed = key.substring(0, key.indexOf('/'));
                    FileState state = Journey.of(pipeline, feed, key, one.getValue())
                            .await(Duration.ofMinutes(5), stages -> {})
                            .orElseThrow();
                    assertThat(state.state()).as(key).isEqualTo(FileState.State.BALANCED);
                    String sample = key.substring(key.indexOf('/') + 1);
                    oracle.add(
                            EXAMPLES.resolve("feeds").resolve(sample),
                            state,
                            DefinitionReader.parse("demo.yaml", demo).feeds().get(feed));
                }
                assertThat(oracle.differences()).isEmpty();
                assertThat(pipeline.files()).hasSize(3);
            }
            assertThat(Files.readString(server.log())).doesNotContain("Exception");
        }
        assertThat(aws.sql("SHOW DATABASES LIKE 'FEEDLINE'")).hasSize(inAnAccount ? 1 : 0);
    }

    @Test
    void withoutARegionOrCredentialsTheStartEndsWithOneSentence() throws Exception {
        Path file = Files.writeString(
                folder.resolve("feedline.yaml"),
                "services: { s3: aws, sqs: aws }\nfeeds:\n  orders: { buffer: { interval: 0s } }\n");
        Map<String, String> noRegion = new LinkedHashMap<>(environment());
        noRegion.put("AWS_REGION", "");
        noRegion.put("AWS_CONFIG_FILE", folder.resolve("none").toString());
        noRegion.put("AWS_EC2_METADATA_DISABLED", "true");
        assertThat(says(file, noRegion))
                .contains("feedline: The definition's S3 is AWS's, and no region is set: set AWS_REGION");
        Map<String, String> noKeys = new LinkedHashMap<>(noRegion);
        noKeys.put("AWS_REGION", "us-east-1");
        noKeys.put("AWS_ACCESS_KEY_ID", "");
        noKeys.put("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("none").toString());
        assertThat(says(file, noKeys))
                .contains("feedline: The definition's S3 is AWS's, and there are no credentials for it");
    }

    /// Whether there is such an object; what the pipeline itself is known by does not count.
    private boolean hasAny(String bucket, String prefix) {
        return aws.s3().listObjectsV2(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
                .anyMatch(object -> !object.key().endsWith("pipeline.json"));
    }

    /// What a server that does not start says.
    private String says(Path definition, Map<String, String> environment) {
        try (ServerProcess server = ServerProcess.start(folder.resolve("none"), definition, environment)) {
            throw new AssertionError("it runs, on " + server.folder());
        } catch (IOException refused) {
            return String.valueOf(refused.getMessage());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void put(Map<String, String> versions, String key, String sample) throws IOException {
        byte[] body = TestingFeedline.example(sample);
        versions.put(
                key,
                aws.s3()
                        .putObject(put -> put.bucket(SOURCE).key(key), RequestBody.fromBytes(body))
                        .versionId());
    }

    private Map<String, String> environment() {
        Keys keys = aws.reach().server().keys();
        return Map.of(
                "AWS_ENDPOINT_URL", aws.reach().server().endpoint().toString(),
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", keys.accessKeyId(),
                "AWS_SECRET_ACCESS_KEY", keys.secretAccessKey());
    }

    private FeedlineSettings settings(Definition definition) {
        Keys keys = aws.reach().server().keys();
        return FeedlineSettings.of(folder.resolve("data"), definition, failure -> {
                    throw new IllegalStateException(failure);
                })
                .reaching(new AwsAccess(
                        aws.reach().server().endpoint(),
                        Region.US_EAST_1,
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey()))));
    }

    private String account() throws IOException {
        Path secret = Files.writeString(
                folder.resolve("password"), aws.reach().server().keys().snowflakePassword());
        return """
                warehouse:
                  type: snowflake
                  host: 127.0.0.1
                  port: %d
                  ssl: off
                  user: FEEDLINE
                  password: ${file:%s}
                  driver: %s
                """.formatted(
                        aws.reach().server().endpoint().getPort(),
                        secret,
                        Path.of("target", "drivers", "snowflake-jdbc-4.jar").toAbsolutePath());
    }
}
