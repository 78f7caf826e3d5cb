package dev.feedline.kinesis.log;

import dev.feedline.kernel.Disk;
import dev.feedline.kernel.Disk.DiskFile;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads one segment as far as a view allows, and checks that every record is the one expected there.
final class SegmentReader {
    private final View view;
    private final int number;
    private final SparseIndex index;
    private final Disk disk;
    private final boolean verifies;

    SegmentReader(View view, int number, SparseIndex index, Disk disk, boolean verifies) {
        this.view = view;
        this.number = number;
        this.index = index;
        this.disk = disk;
        this.verifies = verifies;
    }

    /// Goes through the records from an index on.
    Cursor cursor(DiskFile file, long from) {
        var place = index.before(from);
        return new Cursor(file, place.getKey(), place.getValue().position(), from);
    }

    long firstSince(long millis) throws IOException {
        var place = index.beforeArrival(millis);
        try (DiskFile file = disk.open(segment().path())) {
            Cursor cursor = new Cursor(file, place.getKey(), place.getValue().position(), place.getKey());
            for (LogRecord record = cursor.next(); record != null; record = cursor.next()) {
                if (record.arrivalMillis() >= millis) {
                    return record.index();
                }
            }
            return cursor.expected;
        }
    }

    private Segment segment() {
        return view.segments().get(number);
    }

    /// A walk through a segment's records.
    final class Cursor {
        private final FrameReader frames;
        private final long from;
        private final long limit = view.bytes(number);
        private long expected;

        private Cursor(DiskFile file, long expected, long position, long from) {
            this.frames = new FrameReader(file, position, limit, verifies);
            this.expected = expected;
            this.from = from;
        }

        /// The next record, or null at the end.
        @Nullable
        LogRecord next() throws IOException {
            while (true) {
                switch (frames.next()) {
                    case FrameReader.Next.Good(Frame frame)
                    when frame.index() != expected ->
                        throw new CorruptLogException(
                                segment().path(),
                                frame.position(),
                                "record " + frame.index() + " is where " + expected + " belongs");
                    case FrameReader.Next.Good(Frame frame)
                    when frame.kind() == Frame.Kind.RECORD -> {
                        expected++;
                        if (frame.index() >= from) {
                            return frames.record(frame);
                        }
                    }
                    case FrameReader.Next.Good mark -> {}
                    case FrameReader.Next.Bad(long position, String reason) ->
                        throw new CorruptLogException(segment().path(), position, reason);
                    case FrameReader.Next.End end -> {
                        return null;
                    }
                }
            }
        }
    }
}
