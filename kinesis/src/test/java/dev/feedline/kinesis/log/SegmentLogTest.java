package dev.feedline.kinesis.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.kernel.DiskFullException;
import dev.feedline.kernel.ForceFailedException;
import dev.feedline.kernel.sim.FaultyDisk;
import dev.feedline.kernel.sim.SimulatedClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentLogTest {
    private static final long ONE_SEGMENT = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void indexesGrowOverRestartsAlsoWhenTheClockWasSetBack() throws IOException {
        SimulatedClock clock = new SimulatedClock(Instant.parse("2026-11-22T12:00:00Z"));
        LogFolder log = LogFolder.create(folder.resolve("log"), new FaultyDisk(), clock);
        for (int round = 0; round < 5; round++) {
            try (SegmentLog open = log.open(ONE_SEGMENT)) {
                assertThat(open.next()).isEqualTo(1 + 2L * round);
                LogFolder.append(open, "a" + round, "b" + round);
            }
            clock.advance(Duration.ofHours(-1));
        }
        try (SegmentLog open = log.open(ONE_SEGMENT)) {
            assertThat(LogFolder.readAll(open))
                    .containsExactly("a0", "b0", "a1", "b1", "a2", "b2", "a3", "b3", "a4", "b4");
        }
    }

    @Test
    void everyAcknowledgedRecordIsThereOnceAndInOrder() throws Exception {
        Random seeds = new Random(42);
        LogFolder folderOfLog = LogFolder.create(folder.resolve("log"));
        Map<Long, String> acknowledged = new ConcurrentSkipListMap<>();
        LogFolder killed;
        try (SegmentLog log = folderOfLog.open(20_000);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<java.util.concurrent.Future<?>> done = new ArrayList<>();
            for (int caller = 0; caller < 16; caller++) {
                Random random = new Random(seeds.nextLong());
                String name = "caller-" + caller;
                done.add(callers.submit(() -> appendMany(log, name, random, acknowledged)));
            }
            for (var one : done) {
                one.get();
            }
            assertThat(LogFolder.readAll(log)).containsExactlyElementsOf(acknowledged.values());
            killed = folderOfLog.copyTo(folder.resolve("killed"));
        }
        assertThat(killed.segments()).hasSizeGreaterThan(3);
        try (SegmentLog again = killed.open(20_000)) {
            assertThat(LogFolder.readAll(again)).containsExactlyElementsOf(acknowledged.values());
        }
        try (SegmentLog again = folderOfLog.open(20_000)) {
            assertThat(LogFolder.readAll(again)).containsExactlyElementsOf(acknowledged.values());
        }
    }

    private static void appendMany(SegmentLog log, String name, Random random, Map<Long, String> acknowledged) {
        for (int i = 0; i < 30; i++) {
            List<String> texts = new ArrayList<>();
            for (int n = random.nextInt(5); n >= 0; n--) {
                texts.add(name + "-" + i + "-" + n + "x".repeat(random.nextInt(40)));
            }
            var entries = texts.stream()
                    .map(text -> Entry.of("key", text.getBytes(StandardCharsets.UTF_8)))
                    .toList();
            long first = log.append(entries).join().first();
            for (int n = 0; n < texts.size(); n++) {
                assertThat(acknowledged.put(first + n, texts.get(n))).isNull();
            }
        }
    }

    @Test
    void recordsLargerThanEveryBufferComeBack() throws IOException {
        LogFolder log = LogFolder.create(folder.resolve("log"));
        Random random = new Random(3);
        byte[] large = new byte[10 * 1024 * 1024];
        random.nextBytes(large);
        try (SegmentLog open = log.open(ONE_SEGMENT)) {
            LogFolder.append(open, "small");
            open.append(List.of(new Entry(new byte[1024], large))).join();
            LogFolder.append(open, "small again");
            assertThat(open.read(2, 1, 1).records())
                    .singleElement()
                    .satisfies(record -> assertThat(record.data()).isEqualTo(large));
            assertThat(open.read(3, 1, 1).records()).hasSize(1);
        }
        try (SegmentLog open = log.open(ONE_SEGMENT)) {
            assertThat(open.read(1, 10, 1 << 30).records()).hasSize(3);
        }
    }

    @Test
    void aFullDiskRefusesTheRecordsAndGoesOnWhenThereIsRoomAgain() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        LogFolder log = LogFolder.create(folder.resolve("log"), disk, Instant::now);
        try (SegmentLog open = log.open(ONE_SEGMENT)) {
            LogFolder.append(open, "before");
            disk.makeFull(true);
            assertThatThrownBy(() -> LogFolder.append(open, "refused")).hasCauseInstanceOf(DiskFullException.class);
            assertThat(LogFolder.readAll(open)).containsExactly("before");
            disk.makeFull(false);
            LogFolder.append(open, "after");
            assertThat(LogFolder.readAll(open)).containsExactly("before", "after");
        }
        try (SegmentLog open = log.open(ONE_SEGMENT)) {
            assertThat(LogFolder.readAll(open)).containsExactly("before", "after");
        }
    }

    @Test
    void aFullDiskAtTheEndOfASegmentIsNoDamage() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        LogFolder log = LogFolder.create(folder.resolve("log"), disk, Instant::now);
        try (SegmentLog open = log.open(60)) {
            LogFolder.append(open, "fills the segment");
            disk.makeFull(true);
            assertThatThrownBy(() -> LogFolder.append(open, "refused")).hasCauseInstanceOf(DiskFullException.class);
            disk.makeFull(false);
            LogFolder.append(open, "after");
        }
        try (SegmentLog open = log.open(60)) {
            assertThat(LogFolder.readAll(open)).containsExactly("fills the segment", "after");
        }
    }

    @Test
    void afterAFailedForceNothingMoreIsWritten() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        LogFolder log = LogFolder.create(folder.resolve("log"), disk, Instant::now);
        List<Exception> failures = new ArrayList<>();
        try (SegmentLog open = SegmentLog.open(log.path(), disk, Instant::now, ONE_SEGMENT, () -> {}, failures::add)) {
            LogFolder.append(open, "before");
            disk.failForces(true);
            assertThatThrownBy(() -> LogFolder.append(open, "lost")).hasCauseInstanceOf(ForceFailedException.class);
            disk.failForces(false);
            assertThatThrownBy(() -> LogFolder.append(open, "refused")).hasCauseInstanceOf(IOException.class);
            assertThat(LogFolder.readAll(open)).containsExactly("before");
            assertThat(failures).hasSize(1);
        }
    }

    @Test
    void aWriterThatBreaksAnswersThoseWhoWait() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        LogFolder log = LogFolder.create(folder.resolve("log"), disk, Instant::now);
        List<Exception> failures = new java.util.concurrent.CopyOnWriteArrayList<>();
        try (SegmentLog open = SegmentLog.open(
                log.path(),
                disk,
                () -> {
                    throw new IllegalStateException("no clock");
                },
                ONE_SEGMENT,
                () -> {},
                failures::add)) {
            assertThatThrownBy(() -> LogFolder.append(open, "one")).hasMessageContaining("no clock");
            assertThatThrownBy(() -> LogFolder.append(open, "two")).isInstanceOf(Exception.class);
            assertThat(LogFolder.readAll(open)).isEmpty();
        }
        assertThat(failures).hasSize(1);
    }

    @Test
    void retentionTakesWholeSegmentsAndIndexesGoOn() throws IOException {
        SimulatedClock clock = new SimulatedClock(Instant.parse("2026-11-22T12:00:00Z"));
        LogFolder log = LogFolder.create(folder.resolve("log"), new FaultyDisk(), clock);
        try (SegmentLog open = log.open(60)) {
            for (int i = 1; i <= 6; i++) {
                LogFolder.append(open, "record-" + i);
                clock.advance(Duration.ofHours(1));
            }
            open.retainSince(clock.instant().minus(Duration.ofMinutes(150)).toEpochMilli());
            assertThat(LogFolder.readAll(open)).containsExactly("record-5", "record-6");
            open.retainSince(clock.instant().toEpochMilli());
            assertThat(LogFolder.readAll(open)).isEmpty();
            assertThat(open.next()).isEqualTo(7);
            assertThat(log.segments()).hasSize(1);
        }
        try (SegmentLog open = log.open(60)) {
            assertThat(open.next()).isEqualTo(7);
            LogFolder.append(open, "record-7");
            assertThat(LogFolder.readAll(open)).containsExactly("record-7");
        }
    }

    @Test
    void aSearchByTimeFindsTheFirstRecordSince() throws IOException {
        Instant noon = Instant.parse("2026-11-22T12:00:00Z");
        SimulatedClock clock = new SimulatedClock(noon);
        LogFolder log = LogFolder.create(folder.resolve("log"), new FaultyDisk(), clock);
        try (SegmentLog open = log.open(300_000)) {
            for (int i = 0; i < 20; i++) {
                LogFolder.append(open, "x".repeat(40_000), "y".repeat(40_000));
                clock.advance(Duration.ofMinutes(1));
            }
            for (int minute = 0; minute < 20; minute++) {
                long at = noon.plus(Duration.ofMinutes(minute)).toEpochMilli();
                assertThat(open.firstSince(at)).isEqualTo(1 + 2L * minute);
                assertThat(open.firstSince(at + 1)).isEqualTo(3 + 2L * minute);
            }
        }
        try (SegmentLog open = log.open(300_000)) {
            assertThat(open.firstSince(noon.plus(Duration.ofMinutes(7)).toEpochMilli()))
                    .isEqualTo(15);
        }
    }

    @Test
    void aClosedLogRefusesRecords() throws IOException {
        LogFolder log = LogFolder.create(folder.resolve("log"));
        SegmentLog open = log.open(ONE_SEGMENT);
        open.close();
        open.close();
        assertThatThrownBy(() -> LogFolder.append(open, "late")).hasMessageContaining("is closed");
    }
}
