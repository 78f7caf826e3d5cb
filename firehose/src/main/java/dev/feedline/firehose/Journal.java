package dev.feedline.firehose;

import dev.feedline.kernel.Store;
import dev.feedline.kernel.Transaction;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The journal of deliveries and the checkpoints of their sources.
///
/// A delivery stream has at most one open delivery. Closing it and moving the checkpoints is one
/// transaction, so every record is either behind its shard's checkpoint or will be read again.
final class Journal {
    private final Store store;

    Journal(Store store) {
        this.store = store;
    }

    void open(long stream, Delivery delivery) {
        store.write(tx -> {
            tx.update(
                    "INSERT INTO delivery (stream_id, bucket, key, compression, delimiter) VALUES (?, ?, ?, ?, ?)",
                    stream,
                    delivery.bucket(),
                    delivery.key(),
                    delivery.compression().name(),
                    delivery.delimiter());
            for (int place = 0; place < delivery.ranges().size(); place++) {
                Delivery.Range range = delivery.ranges().get(place);
                tx.update(
                        "INSERT INTO delivery_range (stream_id, place, shard, first, last) VALUES (?, ?, ?, ?, ?)",
                        stream,
                        place,
                        range.shard(),
                        range.first(),
                        range.last());
            }
            return delivery;
        });
    }

    Optional<Delivery> openDelivery(long stream) {
        return store.read(tx -> {
            List<Delivery.Range> ranges = tx.query(
                    "SELECT shard, first, last FROM delivery_range WHERE stream_id = ? ORDER BY place",
                    row -> new Delivery.Range(row.getString(1), row.getString(2), row.getString(3)),
                    stream);
            return tx.first(
                    "SELECT bucket, key, compression, delimiter FROM delivery WHERE stream_id = ?",
                    row -> new Delivery(
                            row.getString(1),
                            row.getString(2),
                            Compression.valueOf(row.getString(3)),
                            row.getString(4),
                            ranges),
                    stream);
        });
    }

    /// The object is there: its records are behind the checkpoints, and those put directly are let
    /// go.
    void close(DeliveryStream stream, Delivery delivery) {
        store.write(tx -> {
            for (Delivery.Range range : delivery.ranges()) {
                tx.update(
                        "INSERT INTO checkpoint (stream_id, shard, sequence) VALUES (?, ?, ?)"
                                + " ON CONFLICT (stream_id, shard) DO UPDATE SET sequence = excluded.sequence",
                        stream.id(),
                        range.shard(),
                        range.last());
                if (stream.isDirect()) {
                    tx.update(
                            "DELETE FROM pending WHERE stream_id = ? AND sequence <= ?",
                            stream.id(),
                            Long.parseLong(range.last()));
                }
            }
            return tx.update("DELETE FROM delivery WHERE stream_id = ?", stream.id());
        });
    }

    /// Gives up a delivery whose records exist no more, and the checkpoints that point among them.
    void abandon(long stream, List<String> shards) {
        store.write(tx -> {
            for (String shard : shards) {
                forget(tx, stream, shard);
            }
            return tx.update("DELETE FROM delivery WHERE stream_id = ?", stream);
        });
    }

    /// Forgets a checkpoint that points into a source that exists no more.
    void forget(long stream, String shard) {
        store.write(tx -> forget(tx, stream, shard));
    }

    /// The last delivered sequence number of each shard that has one.
    Map<String, String> checkpoints(long stream) {
        return store.read(tx -> {
            Map<String, String> checkpoints = new HashMap<>();
            tx.query(
                    "SELECT shard, sequence FROM checkpoint WHERE stream_id = ?",
                    row -> String.valueOf(checkpoints.put(row.getString(1), row.getString(2))),
                    stream);
            return checkpoints;
        });
    }

    private static int forget(Transaction tx, long stream, String shard) throws SQLException {
        return tx.update("DELETE FROM checkpoint WHERE stream_id = ? AND shard = ?", stream, shard);
    }
}
