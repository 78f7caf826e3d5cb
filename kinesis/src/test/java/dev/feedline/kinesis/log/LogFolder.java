package dev.feedline.kinesis.log;

import dev.feedline.kernel.Disk;
import dev.feedline.kernel.RealDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A log under test: opens it, fills it, copies it as a crash would leave it, and reads it all back.
record LogFolder(Path path, Disk disk, InstantSource clock) {
    static LogFolder create(Path path) throws IOException {
        return create(path, new RealDisk(failure -> {}), InstantSource.system());
    }

    static LogFolder create(Path path, Disk disk, InstantSource clock) throws IOException {
        SegmentLog.create(path, disk, clock);
        return new LogFolder(path, disk, clock);
    }

    SegmentLog open(long segmentBytes) throws IOException {
        return SegmentLog.open(path, disk, clock, segmentBytes, () -> {}, failure -> {});
    }

    static void append(SegmentLog log, String... texts) {
        List<Entry> entries = Stream.of(texts)
                .map(text -> Entry.of("key", text.getBytes(StandardCharsets.UTF_8)))
                .toList();
        log.append(entries).join();
    }

    static List<String> readAll(SegmentLog log) throws IOException {
        List<String> texts = new ArrayList<>();
        long next = log.first();
        while (true) {
            SegmentLog.Slice slice = log.read(next, 3, 1000);
            slice.records().forEach(record -> texts.add(new String(record.data(), StandardCharsets.UTF_8)));
            if (slice.next() == slice.tip()) {
                return texts;
            }
            next = slice.next();
        }
    }

    LogFolder copyTo(Path other) throws IOException {
        Files.createDirectories(other);
        for (Path file : disk.list(path)) {
            Files.copy(file, other.resolve(file.getFileName()));
        }
        return new LogFolder(other, disk, clock);
    }

    List<Path> segments() throws IOException {
        return disk.list(path).stream()
                .filter(file -> file.toString().endsWith(".seg"))
                .toList();
    }
}
