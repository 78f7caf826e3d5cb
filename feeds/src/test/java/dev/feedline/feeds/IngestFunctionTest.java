package dev.feedline.feeds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.convert.ChunkName;
import dev.feedline.feeds.FeedSettings.Format;
import dev.feedline.feeds.FeedSettings.OnReupload;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;

class IngestFunctionTest {
    private static final byte[] ROWS = "{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n".getBytes(UTF_8);

    private final SmallPipeline pipeline = new SmallPipeline(FeedSettings.DEFAULT, Schema.EMPTY);

    @Test
    void anEmptyFileHasAReceiptOfNoRows() throws IOException {
        Receipt receipt = pipeline.ingest("orders/empty.jsonl", new byte[0]);
        assertThat(receipt.state()).isEqualTo(Receipt.State.INGESTED);
        assertThat(receipt.received()).isZero();
        assertThat(receipt.chunks()).isZero();
    }

    @Test
    void aPictureIsOneBadRow() throws IOException {
        byte[] picture = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0};
        Receipt receipt = pipeline.ingest("orders/picture.png", picture);
        assertThat(List.of(receipt.received(), receipt.bad())).containsExactly(1L, 1L);
        assertThat(quarantined(receipt)).contains("\"CODE\":\"NOT-A-FEED\"").contains("a PNG picture");
    }

    @Test
    void aCutGzipLosesOneRowAndSaysSo() throws IOException {
        byte[] whole = gzip(ROWS);
        Receipt receipt = pipeline.ingest("orders/cut.gz", Arrays.copyOf(whole, whole.length - 3));
        assertThat(List.of(receipt.received(), receipt.good(), receipt.bad())).containsExactly(4L, 3L, 1L);
        assertThat(quarantined(receipt)).contains("\"ROW_NUMBER\":4,\"CODE\":\"TRUNCATED-CONTAINER\"");
    }

    @Test
    void aGzipThatContradictsItselfIsHeld() throws IOException {
        byte[] damaged = gzip(ROWS);
        damaged[damaged.length - 8] ^= 1;
        Receipt receipt = pipeline.ingest("orders/damaged.gz", damaged);
        assertThat(receipt.state()).isEqualTo(Receipt.State.HELD);
        assertThat(receipt.reason()).startsWith("CONTAINER-DAMAGED");
    }

    @Test
    void overTheLimitNoRowIsSent() throws IOException {
        SmallPipeline limited = new SmallPipeline(
                new FeedSettings(Format.AUTO, SchemaPolicy.DEFAULT, 0, 100, OnReupload.LOAD), Schema.EMPTY);
        Receipt receipt = limited.ingest("orders/a", "{\"id\":1}\nbroken\n".getBytes(UTF_8));
        assertThat(receipt.state()).isEqualTo(Receipt.State.HELD);
        limited.deliver();
        assertThat(limited.convert().waiting()).isZero();
        assertThat(limited.lake()).isEmpty();
        // A first pass leaves no trace: the schema has not grown by a file that was never taken.
        assertThat(new FeedCatalog(limited.glue).find("orders").orElseThrow().schema())
                .isEqualTo(Schema.EMPTY);
    }

    @Test
    void theSameContentAgainIsSkippedAndNewContentIsNot() throws IOException {
        Receipt first = pipeline.ingest("orders/a", ROWS);
        Receipt again = pipeline.ingest("orders/a", ROWS);
        assertThat(again.state()).isEqualTo(Receipt.State.SKIPPED);
        assertThat(again.reason()).contains(first.fileId());
        assertThat(pipeline.ingest("orders/a", "{\"id\":4}".getBytes(UTF_8)).state())
                .isEqualTo(Receipt.State.INGESTED);
        assertThat(pipeline.ingest("orders/b", ROWS).state()).isEqualTo(Receipt.State.INGESTED);
    }

    @Test
    void withTheTimeRunningOutItInvokesItselfAndGoesOnWhereItWas() throws IOException {
        SourceVersion file = pipeline.upload("orders/a b+c.jsonl", ROWS);
        IngestSettings rowByRow = IngestSettings.DEFAULT.chunkBytes(1);
        byte[] event = S3Events.write(new S3Events.ObjectReference(file.bucket(), file.key(), file.versionId()));
        int invocations = 0;
        for (String said = ""; !said.contains("SETTLED"); invocations++) {
            said = pipeline.ingest(event, 1_000, rowByRow);
            event = pipeline.lambda
                    .take()
                    .map(InvokeRequest::payload)
                    .map(payload -> payload.asByteArray())
                    .orElse(event);
        }
        assertThat(invocations).isEqualTo(3);
        assertThat(pipeline.receipt(file.fileId()).chunks()).isEqualTo(3);
    }

    @Test
    void keysOfNoFeedAndFoldersAreLeftAlone() throws IOException {
        for (String key : List.of("orders/", "elsewhere/a.jsonl", "a.jsonl", "orders_eu/a.jsonl")) {
            SourceVersion file = pipeline.upload(key, ROWS);
            byte[] event = S3Events.write(new S3Events.ObjectReference(file.bucket(), key, file.versionId()));
            assertThat(pipeline.ingest(event, 900_000)).contains("NO_FEED");
        }
        assertThat(pipeline.s3.objects("feedline-landing")).isEmpty();
    }

    @Test
    void ofAQueueOnlyTheMessagesThatFailedStay() throws IOException {
        SourceVersion file = pipeline.upload("orders/a.jsonl", ROWS);
        SourceVersion broken = pipeline.upload("orders/b.jsonl", ROWS);
        pipeline.s3.putObject(
                put -> put.bucket("feedline-landing").key(Names.terms("orders", broken.fileId())),
                RequestBody.fromString("no terms"));
        String good = new String(
                S3Events.write(new S3Events.ObjectReference(file.bucket(), file.key(), file.versionId())), UTF_8);
        String failing = new String(
                S3Events.write(new S3Events.ObjectReference(broken.bucket(), broken.key(), broken.versionId())), UTF_8);
        String test = "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"feedline-source\"}";

        String answer =
                pipeline.ingest(S3EventsTest.messages(failing, good, test, "{}").getBytes(UTF_8), 900_000);

        assertThat(answer).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"0\"},{\"itemIdentifier\":\"3\"}]}");
        assertThat(pipeline.receipt(file.fileId()).received()).isEqualTo(3);
    }

    @Test
    void aMessageOfAFileThatIsBeingIngestedStaysInItsQueue() throws IOException {
        SourceVersion file = pipeline.upload("orders/a.jsonl", ROWS);
        byte[] event = S3Events.write(new S3Events.ObjectReference(file.bucket(), file.key(), file.versionId()));
        byte[] message = S3EventsTest.messages(new String(event, UTF_8)).getBytes(UTF_8);
        IngestFunction function = pipeline.ingestFunction(IngestSettings.DEFAULT);
        List<String> meanwhile = new ArrayList<>();
        pipeline.kinesis.refuseWhen(() -> {
            try {
                meanwhile.add(SmallPipeline.invoke(function, message, 900_000));
                meanwhile.add(SmallPipeline.invoke(function, event, 900_000));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            throw new IllegalStateException("the stream is gone");
        });
        String kept = "{\"batchItemFailures\":[{\"itemIdentifier\":\"0\"}]}";
        assertThat(SmallPipeline.invoke(function, message, 900_000)).isEqualTo(kept);
        assertThat(meanwhile).hasSize(2);
        assertThat(meanwhile.get(0)).isEqualTo(kept);
        assertThat(meanwhile.get(1)).contains("AT_WORK");

        pipeline.kinesis.refuseWhen(() -> false);
        assertThat(SmallPipeline.invoke(function, message, 900_000)).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(pipeline.receipt(file.fileId()).received()).isEqualTo(3);
        assertThat(pipeline.lambda.take()).isEmpty();
    }

    @Test
    void whatIsNoEventOfS3IsRefused() {
        assertThatThrownBy(() -> pipeline.ingest("{\"a\":1}".getBytes(UTF_8), 1))
                .hasMessage("no S3 event: it has no Records");
    }

    @Test
    void rowsOfAnotherProducerAreAFileOfTheirOwnAndStickToNoneOfOurs() throws IOException {
        pipeline.stream("{\"id\":77}"); // without a line end
        Receipt ours = pipeline.ingest("orders/a", ROWS);
        pipeline.deliver();
        assertThat(pipeline.convert().converted()).isEqualTo(1);
        pipeline.ingest(pipeline.lambda.take().orElseThrow().payload().asByteArray(), 900_000);
        pipeline.deliver();
        assertThat(pipeline.convert().streamedFiles()).isZero();
        assertThat(ours.good()).isEqualTo(3);
        assertThat(pipeline.lake()).hasSize(2);
    }

    @Test
    void aThrottledStreamIsAskedAgainWithLongerPausesUntilItTakesEveryRecord() throws IOException {
        int[] refusals = {9};
        pipeline.kinesis.refuseWhen(() -> refusals[0]-- > 0);
        var start = pipeline.clock.instant();
        assertThat(pipeline.ingest("orders/a", ROWS).good()).isEqualTo(3);
        // 100, 200, 400 … milliseconds, never more than ten seconds.
        assertThat(Duration.between(start, pipeline.clock.instant())).isEqualTo(Duration.ofMillis(32_700));
    }

    private String quarantined(Receipt receipt) {
        return new String(pipeline.landing(Names.quarantine(new ChunkName(receipt.fileId(), 0))), UTF_8);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
