package dev.feedline.kinesis.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentLogDamageTest {
    private static final long ONE_SEGMENT = 1 << 20;
    private static final List<String> WRITTEN = List.of("one", "two", "three", "four", "five");

    @TempDir
    Path folder;

    private int copies;

    /// Three commits; `crashed` is how a process that was killed leaves it, with no mark at the end.
    private LogFolder written(boolean crashed, long segmentBytes) throws IOException {
        LogFolder original = LogFolder.create(folder.resolve("original"));
        LogFolder killed;
        try (SegmentLog log = original.open(segmentBytes)) {
            LogFolder.append(log, "one", "two");
            LogFolder.append(log, "three");
            LogFolder.append(log, "four", "five");
            killed = original.copyTo(folder.resolve("killed"));
        }
        return crashed ? killed : original;
    }

    private LogFolder copy(LogFolder of) throws IOException {
        return of.copyTo(folder.resolve("copy-" + copies++));
    }

    @Test
    void aLogCutAtAnyByteServesItsRecordsUpToThereAndGoesOn() throws IOException {
        LogFolder killed = written(true, ONE_SEGMENT);
        long size = Files.size(killed.segments().getFirst());
        int served = 0;
        for (long cut = SegmentHead.BYTES; cut <= size; cut++) {
            LogFolder torn = copy(killed);
            byte[] bytes = Files.readAllBytes(torn.segments().getFirst());
            Files.write(torn.segments().getFirst(), java.util.Arrays.copyOf(bytes, (int) cut));
            try (SegmentLog log = torn.open(ONE_SEGMENT)) {
                List<String> left = LogFolder.readAll(log);
                assertThat(left).isEqualTo(WRITTEN.subList(0, left.size()));
                assertThat(left.size()).isGreaterThanOrEqualTo(served);
                served = left.size();
                LogFolder.append(log, "after");
                assertThat(LogFolder.readAll(log)).hasSize(served + 1).endsWith("after");
            }
        }
        assertThat(served).isEqualTo(WRITTEN.size());
    }

    @Test
    void aSegmentWithoutItsWholeHeadIsDamage() throws IOException {
        LogFolder killed = written(true, ONE_SEGMENT);
        byte[] bytes = Files.readAllBytes(killed.segments().getFirst());
        Files.write(killed.segments().getFirst(), java.util.Arrays.copyOf(bytes, SegmentHead.BYTES - 1));
        assertThatThrownBy(() -> killed.open(ONE_SEGMENT)).isInstanceOf(CorruptLogException.class);
    }

    @Test
    void anyFlippedBitOfALogThatWasClosedIsDetected() throws IOException {
        LogFolder closed = written(false, ONE_SEGMENT);
        long size = Files.size(closed.segments().getFirst());
        Random random = new Random(7);
        for (int at = 0; at < size; at++) {
            LogFolder damaged = flipped(closed, 0, at, random.nextInt(8));
            if (at < size - Frame.HEAD_BYTES) {
                assertThatThrownBy(() -> damaged.open(ONE_SEGMENT).close())
                        .as("byte %d", at)
                        .isInstanceOf(CorruptLogException.class)
                        .hasMessageContaining("damaged at byte");
            } else { // the mark itself holds no record
                try (SegmentLog log = damaged.open(ONE_SEGMENT)) {
                    assertThat(LogFolder.readAll(log)).isEqualTo(WRITTEN);
                }
            }
        }
    }

    @Test
    void aFlippedBitAfterACrashCostsAtMostTheLastCommitAndServesNothingWrong() throws IOException {
        LogFolder killed = written(true, ONE_SEGMENT);
        long size = Files.size(killed.segments().getFirst());
        Random random = new Random(8);
        for (int at = 0; at < size; at++) {
            LogFolder damaged = flipped(killed, 0, at, random.nextInt(8));
            try (SegmentLog log = damaged.open(ONE_SEGMENT)) {
                // Nothing shows that the last commit had been forced; all before it had.
                assertThat(LogFolder.readAll(log)).as("byte %d", at).isIn(WRITTEN.subList(0, 3), WRITTEN.subList(0, 4));
            } catch (CorruptLogException e) {
                assertThat(e).hasMessageContaining("damaged at byte");
            }
        }
    }

    @Test
    void damageInACompleteSegmentIsReportedWhenItIsReadAndNeverSkipped() throws IOException {
        LogFolder closed = written(false, 60);
        assertThat(closed.segments()).hasSizeGreaterThan(2);
        Random random = new Random(9);
        for (int at = 0; at < Files.size(closed.segments().getFirst()); at++) {
            LogFolder damaged = flipped(closed, 0, at, random.nextInt(8));
            int place = at;
            assertThatThrownBy(() -> {
                        try (SegmentLog log = damaged.open(60)) {
                            LogFolder.readAll(log);
                        }
                    })
                    .as("byte %d", place)
                    .isInstanceOf(CorruptLogException.class);
        }
    }

    @Test
    void aCompleteSegmentThatIsCutOrMissingIsDamage() throws IOException {
        LogFolder closed = written(false, 60);
        LogFolder cut = copy(closed);
        byte[] bytes = Files.readAllBytes(cut.segments().getFirst());
        Files.write(cut.segments().getFirst(), java.util.Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(() -> cut.open(60)).isInstanceOf(CorruptLogException.class);

        LogFolder missing = copy(closed);
        for (Path segment : missing.segments()) {
            Files.delete(segment);
        }
        assertThatThrownBy(() -> missing.open(60))
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining("missing");
    }

    @Test
    void aBatchTornInItsMiddleByAPowerCutIsCutBackAsAWhole() throws IOException {
        // The first page of an unforced batch may be lost while a later one is on disk.
        LogFolder original = LogFolder.create(folder.resolve("original"));
        LogFolder killed;
        long before;
        try (SegmentLog log = original.open(ONE_SEGMENT)) {
            LogFolder.append(log, "safe");
            before = Files.size(original.segments().getFirst());
            LogFolder.append(log, "first of the batch", "second of the batch");
            killed = original.copyTo(folder.resolve("killed"));
        }
        byte[] bytes = Files.readAllBytes(killed.segments().getFirst());
        java.util.Arrays.fill(bytes, (int) before, (int) before + 50, (byte) 0);
        Files.write(killed.segments().getFirst(), bytes);

        try (SegmentLog log = killed.open(ONE_SEGMENT)) {
            assertThat(LogFolder.readAll(log)).containsExactly("safe");
            assertThat(log.next()).isEqualTo(2);
        }
    }

    private LogFolder flipped(LogFolder of, int segment, int at, int bit) throws IOException {
        LogFolder damaged = copy(of);
        Path file = damaged.segments().get(segment);
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= (byte) (1 << bit);
        Files.write(file, bytes);
        return damaged;
    }
}
