package dev.feedline.firehose;

import dev.feedline.kernel.SdkJson;
import dev.feedline.kernel.Store;
import dev.feedline.kernel.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamStatus;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;

/// What is known of every delivery stream, in `firehose.db`.
final class Catalog {
    private final Store store;

    Catalog(Store store) {
        this.store = store;
    }

    List<DeliveryStream> all() {
        return store.read(tx -> tx.query("SELECT * FROM delivery_stream ORDER BY name", Catalog::stream));
    }

    Optional<DeliveryStream> find(String name) {
        return store.read(tx -> find(tx, name));
    }

    DeliveryStream require(String name) {
        return find(name).orElseThrow(() -> notFound(name));
    }

    /// Adds a delivery stream, which is active at once.
    DeliveryStream add(
            String name,
            @Nullable String source,
            @Nullable String sourceRole,
            ExtendedS3DestinationConfiguration configuration,
            Map<String, String> tags,
            Instant now,
            int most) {
        return store.write(tx -> {
            if (find(tx, name).isPresent()) {
                throw FirehoseError.RESOURCE_IN_USE.exception("Firehose " + name + " already exists");
            }
            if (tx.first("SELECT count(*) FROM delivery_stream", row -> row.getInt(1))
                            .orElseThrow()
                    >= most) {
                throw FirehoseError.LIMIT_EXCEEDED.exception(
                        "There are " + most + " delivery streams, the most that one Feedline has.");
            }
            long id = tx.insert(
                    "INSERT INTO delivery_stream (name, status, source, source_role, version, created_millis,"
                            + " configuration) VALUES (?, ?, ?, ?, 1, ?, ?)",
                    name,
                    DeliveryStreamStatus.ACTIVE.toString(),
                    source,
                    sourceRole,
                    now.toEpochMilli(),
                    SdkJson.write(configuration));
            putTags(tx, id, tags);
            return find(tx, name).orElseThrow();
        });
    }

    /// Changes the destination if nobody has changed it since `version`.
    DeliveryStream change(String name, int version, ExtendedS3DestinationConfiguration configuration, Instant now) {
        return store.write(tx -> {
            int changed = tx.update(
                    "UPDATE delivery_stream SET configuration = ?, version = version + 1, updated_millis = ?"
                            + " WHERE name = ? AND version = ?",
                    SdkJson.write(configuration),
                    now.toEpochMilli(),
                    name,
                    version);
            DeliveryStream stream = find(tx, name).orElseThrow(() -> notFound(name));
            if (changed == 0) {
                throw FirehoseError.CONCURRENT_MODIFICATION.exception("Firehose " + name + " has version "
                        + stream.version() + ", CurrentDeliveryStreamVersionId says " + version);
            }
            return stream;
        });
    }

    void setDeleting(long id) {
        store.write(tx -> tx.update(
                "UPDATE delivery_stream SET status = ? WHERE id = ?", DeliveryStreamStatus.DELETING.toString(), id));
    }

    /// Removes the stream with all that waits in it.
    void remove(long id) {
        store.write(tx -> tx.update("DELETE FROM delivery_stream WHERE id = ?", id));
    }

    SequencedMap<String, String> tags(long id) {
        return store.read(tx -> {
            SequencedMap<String, String> tags = new TreeMap<>();
            tx.query(
                    "SELECT key, value FROM tag WHERE stream_id = ?",
                    row -> String.valueOf(tags.put(row.getString(1), row.getString(2))),
                    id);
            return tags;
        });
    }

    void addTags(long id, Map<String, String> tags) {
        store.write(tx -> {
            putTags(tx, id, tags);
            return tags.size();
        });
    }

    void removeTags(long id, List<String> keys) {
        store.write(tx -> {
            for (String key : keys) {
                tx.update("DELETE FROM tag WHERE stream_id = ? AND key = ?", id, key);
            }
            return keys.size();
        });
    }

    private static void putTags(Transaction tx, long id, Map<String, String> tags) throws SQLException {
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            tx.update(
                    "INSERT INTO tag (stream_id, key, value) VALUES (?, ?, ?)"
                            + " ON CONFLICT (stream_id, key) DO UPDATE SET value = excluded.value",
                    id,
                    tag.getKey(),
                    tag.getValue());
        }
    }

    private static Optional<DeliveryStream> find(Transaction tx, String name) throws SQLException {
        return tx.first("SELECT * FROM delivery_stream WHERE name = ?", Catalog::stream, name);
    }

    private static DeliveryStream stream(ResultSet row) throws SQLException {
        long updated = row.getLong("updated_millis");
        return new DeliveryStream(
                row.getLong("id"),
                row.getString("name"),
                DeliveryStreamStatus.fromValue(row.getString("status")),
                row.getString("source"),
                row.getString("source_role"),
                row.getInt("version"),
                Instant.ofEpochMilli(row.getLong("created_millis")),
                updated == 0 ? null : Instant.ofEpochMilli(updated),
                SdkJson.read(row.getString("configuration"), ExtendedS3DestinationConfiguration.builder()));
    }

    private static RuntimeException notFound(String name) {
        return FirehoseError.RESOURCE_NOT_FOUND.exception("Firehose " + name + " under account not found.");
    }
}
