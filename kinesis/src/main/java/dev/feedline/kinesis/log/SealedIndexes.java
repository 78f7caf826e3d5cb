package dev.feedline.kinesis.log;

import dev.feedline.kernel.Disk;
import dev.feedline.kernel.Disk.DiskFile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// The indexes of complete segments, made by reading a segment when it is first asked for; the last
/// few are kept.
final class SealedIndexes {
    static final int KEPT = 8;

    private final Disk disk;
    private final boolean verifies;
    private final Map<Long, SparseIndex> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, SparseIndex> eldest) {
            return size() > KEPT;
        }
    };

    SealedIndexes(Disk disk, boolean verifies) {
        this.disk = disk;
        this.verifies = verifies;
    }

    SparseIndex of(View view, int number) throws IOException {
        Segment segment = view.segments().get(number);
        synchronized (kept) {
            SparseIndex known = kept.get(segment.base());
            if (known != null) {
                return known;
            }
        }
        SparseIndex read = read(segment, view.bytes(number));
        synchronized (kept) {
            kept.put(segment.base(), read);
        }
        return read;
    }

    private SparseIndex read(Segment segment, long bytes) throws IOException {
        SparseIndex index = new SparseIndex(segment.head());
        long latest = segment.head().latestBefore();
        try (DiskFile file = disk.open(segment.path())) {
            FrameReader frames = new FrameReader(file, SegmentHead.BYTES, bytes, verifies);
            // Damage ends the index early; the reader that comes to it says so.
            while (frames.next() instanceof FrameReader.Next.Good(Frame frame)) {
                index.add(frame, latest);
                latest = frame.kind() == Frame.Kind.RECORD ? Math.max(latest, frame.arrivalMillis()) : latest;
            }
        }
        return index;
    }
}
