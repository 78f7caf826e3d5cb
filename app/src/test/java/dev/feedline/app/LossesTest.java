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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Events are lost or come too often, queues are emptied, a month passes, records are delivered in any form: every file
/// balances with the values that it has.
class LossesTest {
    private static final String DEFINITION = """
            feeds:
              orders: { schema: { columns: { id: bigint, amount: "decimal(12,2)" } } }
              events: {}
            """;
    private static final Duration A_MONTH = Duration.ofDays(30);
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
        String prefix = switch (loss) {
            case NOTIFICATIONS -> "";
            case DELIVERIES -> "ops/receipts/";
            case JOB_STARTS -> "data/";
            case PIPE_MESSAGES -> throw new IllegalArgumentException("not after a month: a pipe refreshes seven days");
        };
        long enough = loss == Loss.NOTIFICATIONS ? 0 : bodies.size();
        Await.until(
                () -> feedline.s3()
                                .listObjectsV2(request ->
                                        request.bucket("feedline-landing").prefix(prefix))
                                .keyCount()
                        >= enough,
                "as many objects under " + prefix + " as there are files");
        assertThat(feedline.pipeline().files()).noneMatch(file -> file.state() == State.BALANCED);
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
        for (int id = 1; id <= 200; id++) {
            rows.append("{\"id\":").append(id).append(',').append(members).append("}\n");
        }
        return rows.toString().getBytes(UTF_8);
    }
}
