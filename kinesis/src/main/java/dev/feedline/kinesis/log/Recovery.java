package dev.feedline.kinesis.log;

import dev.feedline.kernel.Disk;
import dev.feedline.kernel.Disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Brings a log back to its last good record after it was not closed in order.
///
/// Older segments are only checked for being whole; their records are verified when they are read.
/// The last one is read to its end: what follows the last good record is cut off, unless a record
/// behind it shows that it had been forced, which is damage and stops the opening.
final class Recovery {
    private final Disk disk;
    private final boolean verifies;

    Recovery(Disk disk, boolean verifies) {
        this.disk = disk;
        this.verifies = verifies;
    }

    /// @param marked says that the log was closed in order, or holds nothing
    record Recovered(View view, boolean marked) {}

    Recovered recover(Path folder) throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (Path path : disk.list(folder)) {
            if (path.toString().endsWith(Segment.SUFFIX)) {
                segments.add(segment(path, segments));
            } else {
                disk.delete(path); // a segment that a crash kept from getting its name; it holds no record
            }
        }
        if (segments.isEmpty()) {
            throw new CorruptLogException(folder, 0, "its segments are missing");
        }
        return recoverLast(List.copyOf(segments));
    }

    private Segment segment(Path path, List<Segment> before) throws IOException {
        try (DiskFile file = disk.open(path)) {
            SegmentHead head = SegmentHead.read(path, file);
            if (!path.equals(Segment.path(parent(path), head.base()))) {
                throw new CorruptLogException(path, 0, "its head belongs to another segment");
            }
            if (!before.isEmpty()) {
                requireWhole(before.getLast(), head);
            }
            return new Segment(path, head);
        }
    }

    private void requireWhole(Segment older, SegmentHead younger) throws IOException {
        try (DiskFile file = disk.open(older.path())) {
            if (file.size() != younger.previousBytes()) {
                throw new CorruptLogException(
                        older.path(),
                        Math.min(file.size(), younger.previousBytes()),
                        "it has " + file.size() + " bytes, the segment after it says " + younger.previousBytes());
            }
        }
    }

    private Recovered recoverLast(List<Segment> segments) throws IOException {
        Segment last = segments.getLast();
        SparseIndex index = new SparseIndex(last.head());
        try (DiskFile file = disk.open(last.path())) {
            long size = file.size();
            FrameReader reader = new FrameReader(file, SegmentHead.BYTES, size, verifies);
            long end = SegmentHead.BYTES;
            long next = last.base();
            long latest = last.head().latestBefore();
            boolean marked = true;
            while (reader.next() instanceof FrameReader.Next.Good(Frame frame) && frame.index() == next) {
                index.add(frame, latest);
                end = frame.end();
                marked = frame.kind() == Frame.Kind.MARK;
                next += frame.kind() == Frame.Kind.RECORD ? 1 : 0;
                latest = frame.kind() == Frame.Kind.RECORD ? Math.max(latest, frame.arrivalMillis()) : latest;
            }
            if (end < size) {
                requireTorn(last.path(), file, end, size);
                file.truncate(end);
            }
            file.force(); // what is served from now on must survive the next power cut, forced before or not
            return new Recovered(new View(segments, index, end, next, latest), marked);
        }
    }

    /// Refuses when a record behind the damage was written after the damaged bytes had been forced.
    private void requireTorn(Path path, DiskFile file, long end, long size) throws IOException {
        ByteBuffer window = ByteBuffer.allocate(SparseIndex.STEP_BYTES);
        for (long start = end + 1; start <= size - Frame.HEAD_BYTES; start += window.capacity() - Integer.BYTES + 1) {
            window.clear();
            while (window.hasRemaining() && file.read(window, start + window.position()) > 0) {
                // a read may be short
            }
            for (int at = 0; at <= window.position() - Integer.BYTES; at++) {
                if (window.getInt(at) == Frame.MAGIC
                        && new FrameReader(file, start + at, size, verifies).next()
                                instanceof FrameReader.Next.Good(Frame frame)
                        && frame.durable() > end) {
                    throw new CorruptLogException(
                            path, end, "good records follow that were written after it had been forced");
                }
            }
        }
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("has no folder: " + path);
        }
        return parent;
    }
}
