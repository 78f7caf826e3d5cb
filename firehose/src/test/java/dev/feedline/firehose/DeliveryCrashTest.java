package dev.feedline.firehose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.testkit.StoredObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

class DeliveryCrashTest {
    @TempDir
    Path folder;

    private Bench zeroBuffering(int shards) throws IOException {
        return new Bench(
                folder,
                shards,
                it -> it.bufferingHints(hints -> hints.sizeInMBs(1).intervalInSeconds(0)));
    }

    @Test
    void aPutThatFailsIsTriedAgainUnderItsName() throws IOException {
        try (Bench bench = zeroBuffering(1)) {
            bench.put("k", "one\n");
            bench.s3.failBefore = true;
            failUntilTried(bench, 3);
            bench.put("k", "two\n");
            bench.s3.failBefore = false;
            deliverAll(bench);
            assertThat(bench.s3.tried.subList(0, 4))
                    .extracting(PutObjectRequest::key)
                    .containsOnly(bench.s3.tried.getFirst().key());
            assertThat(bench.objects()).hasSize(2);
            assertThat(bench.content().lines()).containsExactlyInAnyOrder("one", "two");
        }
    }

    @Test
    void aCrashBetweenJournalAndPutLosesNothingAndKeepsTheName() throws IOException {
        try (Bench bench = zeroBuffering(2)) {
            List<String> lines = putLines(bench, 0, 50);
            bench.s3.failBefore = true;
            failUntilTried(bench, 1);
            assertThat(bench.objects()).isEmpty();
            bench.restart();
            bench.s3.failBefore = false;
            lines.addAll(putLines(bench, 50, 10));
            bench.loop.round();
            assertThat(bench.objects())
                    .extracting(StoredObject::key)
                    .contains(bench.s3.tried.getFirst().key());
            deliverAll(bench);
            assertThat(bench.content().lines()).containsExactlyInAnyOrderElementsOf(lines);
        }
    }

    @Test
    void aCrashBetweenPutAndCheckpointPutsTheSameBytesUnderTheSameName() throws IOException {
        try (Bench bench = zeroBuffering(2)) {
            List<String> lines = putLines(bench, 0, 50);
            bench.s3.failAfter = true;
            failUntilTried(bench, 1);
            StoredObject first = bench.objects().getFirst();
            bench.restart();
            bench.s3.failAfter = false;
            lines.addAll(putLines(bench, 50, 10));
            bench.loop.round();
            StoredObject again = bench.objects().stream()
                    .filter(object -> object.key().equals(first.key()))
                    .findFirst()
                    .orElseThrow();
            assertThat(again.bytes()).isEqualTo(first.bytes());
            deliverAll(bench);
            assertThat(bench.content().lines()).containsExactlyInAnyOrderElementsOf(lines);
        }
    }

    @Test
    void anOpenDeliveryIsFinishedAsItWasEvenIfTheDestinationHasChanged() throws IOException {
        try (Bench bench = zeroBuffering(1)) {
            bench.put("k", "one\n");
            bench.s3.failAfter = true;
            failUntilTried(bench, 1);
            byte[] first = bench.objects().getFirst().bytes();
            bench.firehose.updateDestination(request -> request.deliveryStreamName("d")
                    .destinationId(Describing.DESTINATION_ID)
                    .currentDeliveryStreamVersionId("1")
                    .extendedS3DestinationUpdate(it -> it.compressionFormat(CompressionFormat.GZIP)));
            bench.restart();
            bench.s3.failAfter = false;
            deliverAll(bench);
            assertThat(bench.objects())
                    .singleElement()
                    .satisfies(object -> assertThat(object.bytes()).isEqualTo(first));
        }
    }

    @Test
    void whateverFailsWheneverEveryRecordArrivesOnce() throws IOException {
        Random random = new Random(20261122);
        try (Bench bench = zeroBuffering(3)) {
            List<String> lines = new ArrayList<>();
            for (int step = 0; step < 150; step++) {
                lines.addAll(putLines(bench, lines.size(), random.nextInt(4)));
                bench.s3.failBefore = random.nextInt(5) == 0;
                bench.s3.failAfter = random.nextInt(5) == 0;
                try {
                    bench.loop.round();
                } catch (SdkClientException e) {
                    assertThat(e).hasMessageContaining("injected");
                }
                if (random.nextInt(10) == 0) {
                    bench.restart();
                }
                bench.clock.advance(Duration.ofMillis(random.nextInt(100)));
            }
            bench.s3.failBefore = false;
            bench.s3.failAfter = false;
            deliverAll(bench);
            // Under one name there is one object, so even a put whose answer was lost shows once.
            assertThat(bench.content().lines()).containsExactlyInAnyOrderElementsOf(lines);
        }
    }

    @Test
    void aStreamThatWasMadeAnewIsReadFromItsBeginning() throws IOException {
        try (Bench bench = zeroBuffering(1)) {
            bench.put("k", "old\n");
            deliverAll(bench);
            bench.kinesis.deleteStream(request -> request.streamName("s"));
            bench.createStream(1);
            bench.put("k", "new\n");
            assertThatThrownBy(() -> bench.loop.round()).hasMessageContaining("deleted"); // the iterator of old
            deliverAll(bench);
            assertThat(bench.content().lines()).containsExactlyInAnyOrder("old", "new");
        }
    }

    @Test
    void aDeliveryWhoseRecordsExistNoMoreIsGivenUp() throws IOException {
        try (Bench bench = zeroBuffering(1)) {
            bench.put("k", "old\n");
            bench.s3.failBefore = true;
            failUntilTried(bench, 1);
            bench.kinesis.deleteStream(request -> request.streamName("s"));
            bench.createStream(1);
            bench.put("k", "new\n");
            bench.s3.failBefore = false;
            bench.restart();
            deliverAll(bench);
            assertThat(bench.content()).isEqualTo("new\n");
        }
    }

    private static List<String> putLines(Bench bench, int from, int count) {
        List<String> lines = new ArrayList<>(
                IntStream.range(from, from + count).mapToObj(i -> "line-" + i).toList());
        lines.forEach(line -> bench.put(line, line + "\n"));
        return lines;
    }

    private static void deliverAll(Bench bench) throws IOException {
        while (bench.loop.round() instanceof DeliveryLoop.Round.Busy) {
            // until all has been read and delivered
        }
    }

    private static void failUntilTried(Bench bench, int times) {
        while (bench.s3.tried.size() < times) {
            try {
                bench.loop.round();
            } catch (SdkClientException | IOException e) {
                assertThat(e).hasMessageContaining("injected");
            }
        }
    }
}
