package dev.feedline.kinesis.log;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/// Where some of a segment's records begin: one in about [#STEP_BYTES], so a search reads little
/// more than that.
///
/// Bounded by the segment's size: 64 MiB make about a thousand entries. One thread adds, any thread
/// looks.
final class SparseIndex {
    static final int STEP_BYTES = 64 * 1024;

    private final ConcurrentSkipListMap<Long, Place> places = new ConcurrentSkipListMap<>();
    private long lastPosition;

    /// Where a record begins, and the latest arrival of all records of the log before it.
    record Place(long position, long latestBefore) {}

    SparseIndex(SegmentHead head) {
        places.put(head.base(), new Place(SegmentHead.BYTES, head.latestBefore()));
        lastPosition = SegmentHead.BYTES;
    }

    void add(Frame frame, long latestBefore) {
        if (frame.kind() == Frame.Kind.RECORD && frame.position() - lastPosition >= STEP_BYTES) {
            places.put(frame.index(), new Place(frame.position(), latestBefore));
            lastPosition = frame.position();
        }
    }

    /// Forgets what was added at or after a place, because the write was taken back.
    void cut(long index, long position) {
        places.tailMap(index, true)
                .entrySet()
                .removeIf(place -> place.getValue().position() >= position
                        && place.getValue().position() > SegmentHead.BYTES);
        lastPosition = places.lastEntry().getValue().position();
    }

    /// The last known place at or before the record.
    Map.Entry<Long, Place> before(long index) {
        Map.Entry<Long, Place> place = places.floorEntry(index);
        return place == null ? places.firstEntry() : place;
    }

    /// The last known place such that every record before it arrived before the moment.
    Map.Entry<Long, Place> beforeArrival(long millis) {
        Map.Entry<Long, Place> found = places.firstEntry();
        for (Map.Entry<Long, Place> place : places.entrySet()) {
            if (place.getValue().latestBefore() >= millis) {
                break;
            }
            found = place;
        }
        return found;
    }
}
