package dev.feedline.kinesis.log;

import java.util.ArrayList;
import java.util.List;

/// What of a log may be read: everything in it is on disk. Never changed, only replaced.
///
/// @param segments oldest first; the last is the one being written
/// @param activeIndex the index of the last segment
/// @param end how much of the last segment is on disk
/// @param next the index the next record will have
/// @param latest the latest arrival of any record
record View(List<Segment> segments, SparseIndex activeIndex, long end, long next, long latest) {
    Segment active() {
        return segments.getLast();
    }

    long first() {
        return segments.getFirst().base();
    }

    boolean isActive(int segment) {
        return segment == segments.size() - 1;
    }

    /// The number of readable bytes of a segment.
    long bytes(int segment) {
        return isActive(segment) ? end : segments.get(segment + 1).head().previousBytes();
    }

    /// The latest arrival of any record up to the end of a segment.
    long latest(int segment) {
        return isActive(segment) ? latest : segments.get(segment + 1).head().latestBefore();
    }

    /// The segment that holds the record, or would.
    int segmentOf(long index) {
        int low = 0;
        int high = segments.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (segments.get(middle).base() <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    View committed(long newEnd, long newNext, long newLatest) {
        return new View(segments, activeIndex, newEnd, newNext, newLatest);
    }

    View rolledTo(Segment fresh) {
        List<Segment> longer = new ArrayList<>(segments);
        longer.add(fresh);
        return new View(List.copyOf(longer), new SparseIndex(fresh.head()), SegmentHead.BYTES, next, latest);
    }

    View withoutOldest() {
        return new View(List.copyOf(segments.subList(1, segments.size())), activeIndex, end, next, latest);
    }
}
