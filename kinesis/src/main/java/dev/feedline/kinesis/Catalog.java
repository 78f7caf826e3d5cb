package dev.feedline.kinesis;

import dev.feedline.kernel.Store;
import dev.feedline.kernel.Transaction;
import dev.feedline.kinesis.StreamRow.ShardRow;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/// What is known of every stream, in `kinesis.db`.
final class Catalog {
    static final List<String> SCHEMA = List.of("""
            CREATE TABLE stream (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              name TEXT NOT NULL UNIQUE,
              status TEXT NOT NULL,
              mode TEXT NOT NULL,
              created_millis INTEGER NOT NULL,
              created_second INTEGER NOT NULL UNIQUE,
              retention_hours INTEGER NOT NULL,
              max_record_kib INTEGER NOT NULL);
            CREATE TABLE shard (
              stream_id INTEGER NOT NULL REFERENCES stream ON DELETE CASCADE,
              number INTEGER NOT NULL,
              hash_start TEXT NOT NULL,
              hash_end TEXT NOT NULL,
              PRIMARY KEY (stream_id, number));
            CREATE TABLE tag (
              stream_id INTEGER NOT NULL REFERENCES stream ON DELETE CASCADE,
              key TEXT NOT NULL,
              value TEXT NOT NULL,
              PRIMARY KEY (stream_id, key));
            CREATE TABLE kept (name TEXT PRIMARY KEY, value TEXT NOT NULL);
            """);

    private final Store store;

    Catalog(Store store) {
        this.store = store;
    }

    List<StreamRow> all() {
        return store.read(tx -> {
            List<StreamRow> streams = new ArrayList<>();
            for (long id : tx.query("SELECT id FROM stream ORDER BY name", row -> row.getLong(1))) {
                streams.add(require(tx, id));
            }
            return streams;
        });
    }

    /// Adds a stream in the state CREATING.
    StreamRow add(
            String name,
            StreamMode mode,
            Instant now,
            int retentionHours,
            int maxRecordKib,
            List<HashKeys.Range> ranges,
            Map<String, String> tags) {
        return store.write(tx -> {
            long second = nextCreatedSecond(tx, now.getEpochSecond());
            long id = tx.insert(
                    "INSERT INTO stream (name, status, mode, created_millis, created_second, retention_hours,"
                            + " max_record_kib) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    name,
                    StreamStatus.CREATING.toString(),
                    mode.toString(),
                    now.toEpochMilli(),
                    second,
                    retentionHours,
                    maxRecordKib);
            for (int i = 0; i < ranges.size(); i++) {
                tx.update(
                        "INSERT INTO shard (stream_id, number, hash_start, hash_end) VALUES (?, ?, ?, ?)",
                        id,
                        i,
                        ranges.get(i).start().toString(),
                        ranges.get(i).end().toString());
            }
            putTags(tx, id, tags);
            return require(tx, id);
        });
    }

    void setStatus(long id, StreamStatus status) {
        store.write(tx -> tx.update("UPDATE stream SET status = ? WHERE id = ?", status.toString(), id));
    }

    void setRetentionHours(long id, int hours) {
        store.write(tx -> tx.update("UPDATE stream SET retention_hours = ? WHERE id = ?", hours, id));
    }

    void remove(long id) {
        store.write(tx -> tx.update("DELETE FROM stream WHERE id = ?", id));
    }

    SequencedMap<String, String> tags(long id) {
        return store.read(tx -> {
            SequencedMap<String, String> tags = new TreeMap<>();
            tx.query(
                    "SELECT key, value FROM tag WHERE stream_id = ?",
                    row -> tags.put(row.getString(1), row.getString(2)),
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

    /// A value that is made once and then kept for the life of the data folder.
    String keep(String name, String fresh) {
        return store.write(tx -> {
            tx.update("INSERT INTO kept (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING", name, fresh);
            return kept(tx, name);
        });
    }

    private static String kept(Transaction tx, String name) throws SQLException {
        return tx.first("SELECT value FROM kept WHERE name = ?", row -> row.getString(1), name)
                .orElseThrow();
    }

    /// The second in a stream's sequence numbers: unique and growing, also when a name is created
    /// again at once or the clock was set back, so that no number of an older stream is taken for
    /// one of a newer.
    private static long nextCreatedSecond(Transaction tx, long now) throws SQLException {
        tx.update("INSERT INTO kept (name, value) VALUES ('created-second', '0') ON CONFLICT DO NOTHING");
        long next = Math.max(now, Long.parseLong(kept(tx, "created-second")) + 1);
        tx.update("UPDATE kept SET value = ? WHERE name = 'created-second'", Long.toString(next));
        return next;
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

    private static StreamRow require(Transaction tx, long id) throws SQLException {
        List<ShardRow> shards = tx.query(
                "SELECT number, hash_start, hash_end FROM shard WHERE stream_id = ? ORDER BY number",
                row -> new ShardRow(
                        row.getInt(1),
                        new HashKeys.Range(new BigInteger(row.getString(2)), new BigInteger(row.getString(3)))),
                id);
        return tx.first("SELECT * FROM stream WHERE id = ?", row -> stream(row, shards), id)
                .orElseThrow();
    }

    private static StreamRow stream(ResultSet row, List<ShardRow> shards) throws SQLException {
        return new StreamRow(
                row.getLong("id"),
                row.getString("name"),
                StreamStatus.fromValue(row.getString("status")),
                StreamMode.fromValue(row.getString("mode")),
                Instant.ofEpochMilli(row.getLong("created_millis")),
                row.getLong("created_second"),
                row.getInt("retention_hours"),
                row.getInt("max_record_kib"),
                shards);
    }
}
