package dev.feedline.firehose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.firehose.DeliveryLoop.Round;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTriggersTest {
    @TempDir
    Path folder;

    @Test
    void aBufferIsDeliveredWhenItsIntervalIsOver() throws IOException {
        try (Bench bench = new Bench(
                folder, 1, it -> it.bufferingHints(hints -> hints.sizeInMBs(1).intervalInSeconds(60)))) {
            bench.put("k", "one\n");
            bench.loop.round();
            bench.clock.advance(Duration.ofSeconds(59));
            bench.put("k", "two\n");
            bench.loop.round();
            assertThat(bench.objects()).isEmpty();
            bench.clock.advance(Duration.ofSeconds(1));
            bench.loop.round();
            assertThat(bench.content()).isEqualTo("one\ntwo\n");
            // The key's time is the arrival of the oldest record.
            assertThat(bench.objects().getFirst().key()).startsWith("2026/11/22/12/d-1-2026-11-22-12-00-00-");
        }
    }

    @Test
    void theIntervalBeginsWithTheFirstRecordOfTheBuffer() throws IOException {
        try (Bench bench = new Bench(
                folder, 1, it -> it.bufferingHints(hints -> hints.sizeInMBs(1).intervalInSeconds(60)))) {
            bench.loop.round();
            bench.clock.advance(Duration.ofHours(1));
            bench.put("k", "one\n");
            bench.loop.round();
            assertThat(bench.objects()).isEmpty();
            assertThat(bench.loop.round()).isEqualTo(new Round.Idle(Duration.ofSeconds(1)));
        }
    }

    @Test
    void aQuietSourceIsReadAgainAfterASecondOrWhenItMayBeReadMoreOftenSooner() throws IOException {
        try (Bench bench = new Bench(folder, 1, it -> {})) {
            bench.loop.round();
            assertThat(bench.loop.round()).isEqualTo(new Round.Idle(Duration.ofSeconds(1)));
            bench.restart(Duration.ofMillis(200));
            bench.loop.round();
            assertThat(bench.loop.round()).isEqualTo(new Round.Idle(Duration.ofMillis(200)));
        }
    }

    @Test
    void aClockSetBackDoesNotHoldTheBufferForLonger() throws IOException {
        try (Bench bench = new Bench(
                folder, 1, it -> it.bufferingHints(hints -> hints.sizeInMBs(1).intervalInSeconds(60)))) {
            bench.put("k", "one\n");
            bench.loop.round();
            bench.clock.advance(Duration.ofDays(-1));
            bench.loop.round();
            bench.clock.advance(Duration.ofSeconds(60));
            bench.loop.round();
            assertThat(bench.content()).isEqualTo("one\n");
        }
    }

    @Test
    void aBufferIsDeliveredWhenItIsFullAndTheRestWaits() throws IOException {
        try (Bench bench = new Bench(
                folder, 1, it -> it.bufferingHints(hints -> hints.sizeInMBs(1).intervalInSeconds(900)))) {
            String block = "x".repeat(299_999) + "\n";
            for (int i = 0; i < 6; i++) {
                bench.put("k", block);
            }
            while (bench.loop.round() instanceof Round.Busy) {
                // until all has been read
            }
            // Four records reach 1 MiB.
            assertThat(bench.objects())
                    .singleElement()
                    .satisfies(object -> assertThat(object.bytes()).hasSize(1_200_000));
            bench.clock.advance(Duration.ofMinutes(15));
            bench.loop.round();
            assertThat(bench.content()).hasSize(1_800_000);
        }
    }

    @Test
    void withoutBufferingAQuietSourceMeansDelivery() throws IOException {
        try (Bench bench = new Bench(
                folder, 2, it -> it.bufferingHints(hints -> hints.sizeInMBs(64).intervalInSeconds(0)))) {
            bench.put("a", "one\n");
            bench.put("b", "two\n");
            assertThat(bench.loop.round()).isEqualTo(new Round.Busy());
            assertThat(bench.objects()).isEmpty();
            bench.loop.round();
            assertThat(bench.content()).isEqualTo("one\ntwo\n");
        }
    }

    @Test
    void withoutBufferingABusySourceIsDeliveredAfterAQuarterOfASecond() throws IOException {
        try (Bench bench = new Bench(
                folder, 1, it -> it.bufferingHints(hints -> hints.sizeInMBs(64).intervalInSeconds(0)))) {
            for (int i = 0; i < 3; i++) {
                bench.put("k", "line\n");
                bench.loop.round();
                bench.clock.advance(Duration.ofMillis(100));
            }
            assertThat(bench.objects()).isEmpty();
            bench.put("k", "line\n");
            bench.loop.round();
            assertThat(bench.content()).isEqualTo("line\n".repeat(4));
        }
    }

    @Test
    void anObjectHoldsShardAfterShard() throws IOException {
        try (Bench bench = new Bench(
                folder, 2, it -> it.bufferingHints(hints -> hints.sizeInMBs(1).intervalInSeconds(60)))) {
            // md5sum: 'a' belongs to the first of two shards, 'b' to the second.
            for (int i = 0; i < 3; i++) {
                bench.put("b", "second-" + i + "\n");
                bench.put("a", "first-" + i + "\n");
                bench.loop.round();
            }
            bench.clock.advance(Duration.ofSeconds(60));
            bench.loop.round();
            assertThat(bench.content()).isEqualTo("first-0\nfirst-1\nfirst-2\nsecond-0\nsecond-1\nsecond-2\n");
        }
    }
}
