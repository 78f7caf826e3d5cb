package dev.feedline.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.app.LossesRig.Loss;
import dev.feedline.app.command.OracleRuns;
import dev.feedline.app.warehouse.SnowflakeClient;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.FileState.State;
import dev.feedline.feeds.definition.Definition;
import dev.feedline.feeds.definition.DefinitionReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Events are lost or come too often, queues are emptied, a month passes, records are delivered in any form: every file
/// balances with the values that it has.
@Tag("proof")
class LossesTest {
    private static final String DEFINITION = """
            feeds:
              orders: { schema: { columns: { id: bigint, amount: "decimal(12,2)" } } }
              events: {}
            """;
    private static final int ROWS = 200;
    private static final Duration A_MONTH = Duration.ofDays(30);
    /// A pipe remembers its files for 14 days, a table for 64.
    private static final Duration LONGER_THAN_ANY_MEMORY = Duration.ofDays(70);
    /// Longer than the sweep leaves a young file to its event.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path temp;

    private final Map<String, byte[]> bodies = new LinkedHashMap<>();
    private final Map<String, String> versions = new LinkedHashMap<>();

    @BeforeEach
    void makeFiles() {
        bodies.put("orders/1.jsonl", rows("\"amount\":1.10"));
        bodies.put(
                "orders/dirty.jsonl",
                (new String(rows("\"amount\":2"), UTF_8) + "nonsense\n{\"id\":1.5}\n").getBytes(UTF_8));
        bodies.put("events/1.jsonl", rows("\"new\":{\"column\":[1,\"two\"]}"));
    }

    @Test
    void withEveryNotificationLostTheSweepAloneCompletesEveryFile() throws Exception {
        LossesRig rig = LossesRig.losing(Loss.NOTIFICATIONS);
        try (TestingFeedline feedline = start(rig)) {
            upload(feedline);
            rig.advance(PATIENCE);
            allBalance(feedline);
        }
    }

    @Test
    void withThePipesQueueEmptiedTheSweepLoadsWhatItToldOf() throws Exception {
        LossesRig rig = LossesRig.losing(Loss.PIPE_MESSAGES);
        try (TestingFeedline feedline = start(rig)) {
            upload(feedline);
            String queue = feedline.reach().sqs().listQueues().queueUrls().getFirst();
            feedline.reach().sqs().purgeQueue(request -> request.queueUrl(queue));
            rig.restore(Loss.PIPE_MESSAGES);
            rig.advance(PATIENCE);
            allBalance(feedline);
        }
    }

    @Test
    void everyEventFiveTimesChangesNothing() throws Exception {
        try (TestingFeedline feedline = start(LossesRig.delivering(5))) {
            upload(feedline);
            allBalance(feedline);
        }
    }

    @Test
    void filesThatNobodyHasLookedAtBalanceAfterAMonth() throws Exception {
        allBalanceAfterAMonth(Loss.NOTIFICATIONS);
    }

    @Test
    void recordsThatNobodyHasDeliveredBalanceAfterAMonth() throws Exception {
        allBalanceAfterAMonth(Loss.DELIVERIES);
    }

    @Test
    void chunksThatNobodyHasConvertedBalanceAfterAMonth() throws Exception {
        allBalanceAfterAMonth(Loss.JOB_STARTS);
    }

    @Test
    void objectsThatNoPipeHasLoadedBalanceAfterAMonth() throws Exception {
        allBalanceAfterAMonth(Loss.PIPE_MESSAGES);
    }

    @Test
    void quarantineObjectsThatAreGoneBeforeTheirPipeLoadedThemAreMadeAgain() throws Exception {
        LossesRig rig = LossesRig.losing(Loss.PIPE_MESSAGES);
        try (TestingFeedline before = TestingFeedline.startWithoutSweep(temp.resolve("data"), DEFINITION, rig)) {
            upload(before);
            comeToRest(before, Loss.PIPE_MESSAGES);
            S3Client s3 = before.s3();
            List<S3Object> objects = s3.listObjectsV2(
                            request -> request.bucket("feedline-landing").prefix("ops/quarantine/"))
                    .contents();
            assertThat(objects).hasSize(1); // of the dirty file
            s3.deleteObject(request ->
                    request.bucket("feedline-landing").key(objects.getFirst().key()));
        }
        try (TestingFeedline after = start(LossesRig.ahead(A_MONTH))) {
            allBalance(after);
        }
    }

    @Test
    void whatWasLoadedIsNotLoadedAgainWhenNoHistoryKnowsOfIt() throws Exception {
        try (TestingFeedline before = start(LossesRig.losing())) {
            upload(before);
            allBalance(before);
            before.pipeline().warehouse().execute("DELETE FROM FEEDLINE.RAW.ORDERS WHERE _ROW = 7");
            before.pipeline().warehouse().execute("DELETE FROM FEEDLINE.OPS.QUARANTINE");
        }
        try (TestingFeedline after = start(LossesRig.ahead(LONGER_THAN_ANY_MEMORY))) {
            // All bad rows of a chunk are gone, so they come again; of the good ones only some are, so they do not.
            Await.until(
                    () -> after.sql("SELECT ROW_NUMBER FROM FEEDLINE.OPS.QUARANTINE")
                                    .size()
                            == 2,
                    "the quarantine object is loaded again");
            assertThat(after.s3()
                            .listObjectsV2(request -> request.bucket("feedline-lake"))
                            .contents())
                    .hasSize(bodies.size())
                    .allMatch(object ->
                            object.lastModified().isBefore(Instant.now().plus(A_MONTH)));
            assertThat(after.sql("SELECT _ROW FROM FEEDLINE.RAW.ORDERS")).hasSize(2 * ROWS - 2);
            assertThat(after.sql("SELECT _ROW FROM FEEDLINE.RAW.EVENTS")).hasSize(ROWS);
        }
    }

    @Test
    void aFirehoseThatRepeatsShufflesAndCutsAnewChangesNothing() throws Exception {
        long seed = Long.getLong("feedline.seed", System.nanoTime());
        try (TestingFeedline feedline = start(LossesRig.losing(Loss.DELIVERIES))) {
            UnkindFirehose firehose = new UnkindFirehose(
                    feedline.reach().kinesis(), feedline.s3(), List.of("orders", "events"), new Random(seed));
            upload(feedline);
            try (AutoCloseable delivering = firehose.start()) {
                allBalance(feedline);
            } catch (AssertionError e) {
                throw new AssertionError("replay with -Dfeedline.seed=" + seed, e);
            }
        }
    }

    private void allBalanceAfterAMonth(Loss loss) throws Exception {
        try (TestingFeedline before =
                TestingFeedline.startWithoutSweep(temp.resolve("data"), DEFINITION, LossesRig.losing(loss))) {
            upload(before);
            comeToRest(before, loss);
        }
        try (TestingFeedline after = start(LossesRig.ahead(A_MONTH))) {
            allBalance(after);
        }
    }

    /// Until all has happened that can happen with this loss.
    private void comeToRest(TestingFeedline feedline, Loss loss) throws Exception {
        switch (loss) {
            case NOTIFICATIONS -> {}
            case DELIVERIES -> awaitObjects(feedline, "feedline-landing", "ops/receipts/");
            case JOB_STARTS -> awaitLandedRows(feedline);
            case PIPE_MESSAGES -> {
                awaitObjects(feedline, "feedline-landing", "ops/receipts/");
                awaitObjects(feedline, "feedline-lake", "data/");
            }
        }
        assertThat(feedline.pipeline().files()).noneMatch(file -> file.state() == State.BALANCED);
    }

    /// Rows and not objects: Firehose may put two files of a feed into one object.
    private void awaitLandedRows(TestingFeedline feedline) throws Exception {
        long goodRows = (long) bodies.size() * ROWS;
        Await.until(() -> landedRows(feedline.s3()) >= goodRows, "every good row in the landing bucket");
    }

    private static long landedRows(S3Client s3) {
        return s3
                .listObjectsV2Paginator(
                        request -> request.bucket("feedline-landing").prefix("data/"))
                .contents()
                .stream()
                .flatMap(object -> s3.getObjectAsBytes(
                                request -> request.bucket("feedline-landing").key(object.key()))
                        .asUtf8String()
                        .lines())
                .filter(line -> !line.isBlank())
                .count();
    }

    private void awaitObjects(TestingFeedline feedline, String bucket, String prefix) throws Exception {
        Await.until(
                () -> feedline.s3()
                                .listObjectsV2(request -> request.bucket(bucket).prefix(prefix))
                                .keyCount()
                        >= bodies.size(),
                "as many objects in " + bucket + " under " + prefix + " as there are files");
    }

    private TestingFeedline start(LossesRig rig) throws Exception {
        return TestingFeedline.start(temp.resolve("data"), DEFINITION, rig);
    }

    private void upload(TestingFeedline feedline) {
        bodies.forEach((key, body) -> versions.put(key, feedline.upload(key, body)));
    }

    private void allBalance(TestingFeedline feedline) throws Exception {
        Definition definition = DefinitionReader.parse("test.yaml", DEFINITION);
        try (SnowflakeClient warehouse = feedline.reach().warehouse()) {
            OracleRuns oracle = new OracleRuns(warehouse, Files.createDirectories(temp.resolve("oracle")));
            for (Map.Entry<String, String> upload : versions.entrySet()) {
                FileState file = feedline.settled(upload.getKey(), upload.getValue());
                assertThat(file.state()).as(file.toString()).isEqualTo(State.BALANCED);
                Path body = Files.write(
                        temp.resolve("oracle").resolve(file.fileId() + ".jsonl"), bodies.get(upload.getKey()));
                oracle.add(body, file, definition.feeds().get(file.feed()));
            }
            assertThat(oracle.differences()).isEmpty();
        }
    }

    private static byte[] rows(String members) {
        StringBuilder rows = new StringBuilder();
        for (int id = 1; id <= ROWS; id++) {
            rows.append("{\"id\":").append(id).append(',').append(members).append("}\n");
        }
        return rows.toString().getBytes(UTF_8);
    }
}
