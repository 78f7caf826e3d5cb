package dev.feedline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.app.command.OracleRuns;
import dev.feedline.app.warehouse.SnowflakeClient;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.definition.DefinitionReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/// A pipeline that ends in an account, by Snowflake's own JDBC driver. The account is another Feedline's warehouse: as
/// Snowflake would, it reads the pipeline's S3 and has a queue of its own that this S3 tells of new objects.
@Tag("proof")
class AccountProofTest {
    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();
    private static final List<String> SHOWS = List.of(
            "DATABASES",
            "SCHEMAS IN DATABASE FEEDLINE",
            "TABLES IN DATABASE FEEDLINE",
            "VIEWS IN DATABASE FEEDLINE",
            "STAGES IN DATABASE FEEDLINE",
            "FILE FORMATS IN DATABASE FEEDLINE",
            "PIPES IN DATABASE FEEDLINE");

    @TempDir
    private Path folder;

    private final LateClient<S3Client> pipelinesS3 = new LateClient<>(S3Client.class);
    private TestingFeedline account;

    @BeforeEach
    void openAccount() throws Exception {
        account = account(new Rig() {
            @Override
            public <C> C client(Side side, Class<C> port, C client) {
                return side == Side.WAREHOUSE && port == S3Client.class ? port.cast(pipelinesS3.client()) : client;
            }

            @Override
            public boolean sweeps() {
                return false;
            }
        });
        account.sql("DROP DATABASE FEEDLINE");
    }

    private TestingFeedline account(Rig rig) throws IOException {
        return TestingFeedline.start(folder.resolve("account"), "feeds: {}", rig);
    }

    @AfterEach
    void close() {
        account.close();
    }

    @Test
    void theDemosFilesBalanceInTheAccountAndDeployingAgainChangesNothing() throws Exception {
        String demo = Files.readString(EXAMPLES.resolve("feedline.yaml"));
        Path secret = Files.writeString(folder.resolve("password"), keys().snowflakePassword() + "\n");
        String definition = demo + warehouse("password: ${file:" + secret + "}");
        Map<String, String> samples =
                Map.of("orders.jsonl", "orders", "events.jsonl.gz", "events", "orders-dirty.jsonl", "orders");
        List<String> deployed;
        try (TestingFeedline pipeline = pipeline(definition);
                SnowflakeClient warehouse = pipeline.reach().warehouse()) {
            OracleRuns oracle = new OracleRuns(warehouse, Files.createDirectory(folder.resolve("oracle")));
            for (Map.Entry<String, String> sample : samples.entrySet()) {
                FileState file = pipeline.put(
                        sample.getValue() + "/" + sample.getKey(), TestingFeedline.example(sample.getKey()));
                assertThat(file.state()).as(sample.getKey()).isEqualTo(FileState.State.BALANCED);
                oracle.add(
                        EXAMPLES.resolve("feeds").resolve(sample.getKey()),
                        file,
                        DefinitionReader.parse("demo.yaml", demo).feeds().get(sample.getValue()));
            }
            assertThat(oracle.differences()).isEmpty();
            assertThat(account.sql("SELECT COUNT(*) AS N FROM FEEDLINE.OPS.BALANCE WHERE STATE = 'BALANCED'")
                            .getFirst())
                    .containsEntry("N", "3");
            assertThat(folder.resolve("pipeline").resolve("snowflake")).doesNotExist();
            assertThatThrownBy(() -> SnowflakeClient.logIn(
                            pipeline.reach().server().endpoint(),
                            pipeline.reach().server().keys().snowflakeUser(),
                            pipeline.reach().server().keys().snowflakePassword()))
                    .hasMessageContaining("This Feedline has no warehouse of its own");
            assertThatThrownBy(() -> Reach.open(settings(folder.resolve("pipeline"), demo)))
                    .hasMessageContaining("has its warehouse at 127.0.0.1:" + port())
                    .hasMessageContaining("Name the server's definition with -f FILE.");
            deployed = objects(warehouse);
        }
        assertThat(deployed).hasSize(1 + 4 + 4 + 1 + 2 + 2 + 4);
        try (TestingFeedline again = pipeline(definition);
                SnowflakeClient warehouse = again.reach().warehouse()) {
            assertThat(objects(warehouse)).isEqualTo(deployed);
            assertThat(again.pipeline().files()).hasSize(3).allMatch(file -> file.state() == FileState.State.BALANCED);
        }
    }

    /// The way of an account over S3: the administrator makes the integration, the stages go through it, and the
    /// buckets tell the queue that the account's pipes name.
    @Test
    void theStagesGoThroughTheStorageIntegrationAndTheBucketsTellTheAccountsQueue() throws Exception {
        Path secret = Files.writeString(folder.resolve("password"), keys().snowflakePassword());
        String definition = "feeds:\n  orders: {}\n" + warehouse("password: ${file:" + secret + "}")
                + "  storage-integration: lake_of_s3\n";
        assertThatThrownBy(() -> pipeline(definition))
                .hasStackTraceContaining("has no storage integration LAKE_OF_S3 that this user may see")
                .hasStackTraceContaining("CREATE STORAGE INTEGRATION LAKE_OF_S3 TYPE = EXTERNAL_STAGE")
                .hasStackTraceContaining(
                        "STORAGE_ALLOWED_LOCATIONS = ('s3://feedline-lake/data/', 's3://feedline-landing/ops/')");
        assertThat(account.sql("SHOW DATABASES LIKE 'FEEDLINE'"))
                .as("nothing was sent")
                .isEmpty();
        String create =
                "CREATE STORAGE INTEGRATION LAKE_OF_S3 TYPE = EXTERNAL_STAGE STORAGE_PROVIDER = 'S3' ENABLED = %s"
                        + " STORAGE_AWS_ROLE_ARN = 'arn:aws:iam::000000000000:role/lake'"
                        + " STORAGE_ALLOWED_LOCATIONS = ('s3://feedline-lake/data/', 's3://feedline-landing/ops/')";
        account.sql(create.formatted("FALSE"));
        assertThatThrownBy(() -> pipeline(definition)).hasStackTraceContaining("is not enabled");
        account.sql(create.replace("CREATE", "CREATE OR REPLACE").formatted("TRUE"));
        try (TestingFeedline pipeline = pipeline(definition)) {
            FileState file = pipeline.put("orders/orders.jsonl", TestingFeedline.example("orders.jsonl"));
            assertThat(file.state()).isEqualTo(FileState.State.BALANCED);
            assertThat(account.sql("SHOW STAGES IN DATABASE FEEDLINE"))
                    .hasSize(2)
                    .allSatisfy(stage -> assertThat(stage).containsEntry("storage_integration", "LAKE_OF_S3"));
            String channel = String.valueOf(
                    account.sql("SHOW PIPES IN DATABASE FEEDLINE").getFirst().get("notification_channel"));
            for (String bucket : List.of("feedline-lake", "feedline-landing")) {
                assertThat(pipeline.s3()
                                .getBucketNotificationConfiguration(request -> request.bucket(bucket))
                                .queueConfigurations())
                        .as(bucket)
                        .singleElement()
                        .satisfies(queue -> assertThat(queue.queueArn()).isEqualTo(channel));
            }
        }
    }

    /// Everything that SHOW tells, times of creation and all; but for rows and bytes, which are not of the deployment.
    private static List<String> objects(SnowflakeClient warehouse) throws IOException {
        List<String> all = new ArrayList<>();
        for (String show : SHOWS) {
            for (Map<String, Object> row : new ClientWarehouse(warehouse).query("SHOW " + show)) {
                row.keySet().removeAll(List.of("rows", "bytes"));
                all.add(show + " " + row);
            }
        }
        return all;
    }

    @Test
    void aKeyPairLogsInToo() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        account.sql("ALTER USER FEEDLINE SET RSA_PUBLIC_KEY = '"
                + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()) + "'");
        Path key = Files.writeString(
                folder.resolve("key.p8"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(pair.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        try (TestingFeedline pipeline = pipeline("feeds: {}\n" + warehouse("private-key: ${file:" + key + "}"))) {
            assertThat(pipeline.sql("SELECT CURRENT_USER() AS U").getFirst()).containsEntry("U", "FEEDLINE");
        }
    }

    @Test
    void everyCellIsWhatTheCommandsOwnClientReads() throws Exception {
        Path secret = Files.writeString(folder.resolve("password"), keys().snowflakePassword());
        String sql = """
                SELECT 1 AS A, 1.50::NUMBER(12,2) AS B, 'x' AS C, TRUE AS D, 1.5e300::FLOAT AS E, '2026-02-28'::DATE AS F,
                    '23:59:58.123456'::TIME AS G, '1969-12-31 23:59:59.25'::TIMESTAMP_NTZ AS H,
                    '2026-11-26 10:00:00.123456+02:00'::TIMESTAMP_LTZ AS I, PARSE_JSON('{"a":[1,null]}') AS J,
                    NULL AS L, 12345678901234567890123456789012345678 AS M, FALSE AS N,
                    '0001-01-01'::DATE AS O, '2026-11-26 10:00:00+02:00'::TIMESTAMP_TZ AS P
                """;
        try (TestingFeedline pipeline = pipeline("feeds: {}\n" + warehouse("password: ${file:" + secret + "}"));
                SnowflakeClient driver = pipeline.reach().warehouse();
                SnowflakeClient own = account.reach().warehouse()) {
            List<List<@Nullable String>> cells = driver.rows(sql);
            assertThat(cells).isEqualTo(own.rows(sql));
            assertThat(new ClientWarehouse(driver).query(sql)).isEqualTo(new ClientWarehouse(own).query(sql));
            assertThatThrownBy(() -> driver.rows("SELECT * FROM FEEDLINE.RAW.NOTHING"))
                    .isInstanceOf(dev.feedline.app.warehouse.SqlFailure.class)
                    .hasMessageContaining("NOTHING");
        }
    }

    @Test
    void whatCannotWorkIsRefusedAtTheStartWithItsReason() throws Exception {
        assertThatThrownBy(() -> pipeline("feeds: {}\n" + warehouse("password: ${env:FEEDLINE_NOT_SET}")))
                .hasStackTraceContaining(
                        "The definition's ${env:FEEDLINE_NOT_SET} is empty. Set it where Feedline runs.");
        Path wrong = Files.writeString(folder.resolve("wrong"), "not-the-password");
        assertThatThrownBy(() -> pipeline("feeds: {}\n" + warehouse("password: ${file:" + wrong + "}")))
                .hasStackTraceContaining("did not let FEEDLINE in: Incorrect username or password")
                .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain("not-the-password"));
        account.close();
        account = account(Rig.NONE); // it reads its own S3, in which there are buckets of the same names
        Path secret = Files.writeString(folder.resolve("password"), keys().snowflakePassword());
        assertThatThrownBy(() -> pipeline("feeds: {}\n" + warehouse("password: ${file:" + secret + "}")))
                .hasStackTraceContaining("does not see what this pipeline writes into s3://feedline-lake/");
    }

    private static String stackTrace(Throwable failure) {
        java.io.StringWriter text = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    /// Its S3 is the one that the account reads, and tells the account's queue.
    private TestingFeedline pipeline(String definition) throws IOException {
        SqsClient accountsQueues = account.reach().sqs();
        TestingFeedline started = TestingFeedline.start(folder.resolve("pipeline"), definition, new Rig() {
            @Override
            public <C> C client(Side side, Class<C> port, C client) {
                if (side == Side.INGEST && port == S3Client.class) {
                    pipelinesS3.is((S3Client) client);
                }
                return side == Side.S3 && port == SqsClient.class ? port.cast(accountsQueues) : client;
            }
        });
        return started;
    }

    private static FeedlineSettings settings(Path data, String definition) {
        return FeedlineSettings.of(data, DefinitionReader.parse("test.yaml", definition), failure -> {
            throw new IllegalStateException(failure);
        });
    }

    private String warehouse(String secret) {
        return """
                warehouse:
                  type: snowflake
                  host: 127.0.0.1
                  port: %d
                  ssl: off
                  user: FEEDLINE
                  %s
                  driver: %s
                """.formatted(
                        port(),
                        secret,
                        Path.of("target", "drivers", "snowflake-jdbc-4.jar").toAbsolutePath());
    }

    private Keys keys() {
        return account.reach().server().keys();
    }

    private int port() {
        return account.reach().server().endpoint().getPort();
    }
}
