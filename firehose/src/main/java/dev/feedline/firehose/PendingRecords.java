package dev.feedline.firehose;

import dev.feedline.kernel.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Records that producers put directly, on disk until they are delivered.
final class PendingRecords {
    /// How much one reading gives at most, unless a single record is larger.
    static final long LARGEST_READ_BYTES = 4L * 1024 * 1024;

    static final int MOST_READ_RECORDS = 10_000;

    private final Store store;

    private record Sized(long sequence, long bytes) {}

    PendingRecords(Store store) {
        this.store = store;
    }

    /// Adds the records as one unit and returns their sequence numbers; they are on disk then.
    List<Long> add(long stream, List<byte[]> records, Instant arrival) {
        return store.write(tx -> {
            List<Long> sequences = new ArrayList<>(records.size());
            for (byte[] data : records) {
                sequences.add(tx.insert(
                        "INSERT INTO pending (stream_id, arrival_millis, bytes, data) VALUES (?, ?, ?, ?)",
                        stream,
                        arrival.toEpochMilli(),
                        data.length,
                        data));
            }
            return sequences;
        });
    }

    List<Source.Arrived> read(long stream, long from) {
        return store.read(tx -> {
            long last = last(tx.query(
                    "SELECT sequence, bytes FROM pending WHERE stream_id = ? AND sequence >= ? ORDER BY sequence LIMIT ?",
                    row -> new Sized(row.getLong(1), row.getLong(2)),
                    stream,
                    from,
                    MOST_READ_RECORDS));
            return tx.query(
                    "SELECT sequence, arrival_millis, data FROM pending"
                            + " WHERE stream_id = ? AND sequence BETWEEN ? AND ? ORDER BY sequence",
                    row -> new Source.Arrived(
                            Long.toString(row.getLong(1)), Instant.ofEpochMilli(row.getLong(2)), row.getBytes(3)),
                    stream,
                    from,
                    last);
        });
    }

    /// The last record that one reading gives; -1 when there is none.
    private static long last(List<Sized> sizes) {
        long last = -1;
        long bytes = 0;
        for (Sized size : sizes) {
            bytes += size.bytes();
            if (last >= 0 && bytes > LARGEST_READ_BYTES) {
                break;
            }
            last = size.sequence();
        }
        return last;
    }
}
