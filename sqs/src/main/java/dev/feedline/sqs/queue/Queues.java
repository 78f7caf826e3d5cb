package dev.feedline.sqs.queue;

import dev.feedline.kernel.Transaction;
import dev.feedline.sqs.error.SqsError;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The tables of queues, their attributes and tags.
public final class Queues {
    private Queues() {}

    private record Pair(String name, String value) {}

    public static Optional<Queue> find(Transaction tx, String name) throws SQLException {
        Optional<Instant[]> times = tx.first(
                "SELECT created, modified FROM queue WHERE name = ?",
                row -> new Instant[] {Instant.ofEpochMilli(row.getLong(1)), Instant.ofEpochMilli(row.getLong(2))},
                name);
        return times.isEmpty()
                ? Optional.empty()
                : Optional.of(new Queue(name, times.get()[0], times.get()[1], attributes(tx, name)));
    }

    /// The queue, or QueueDoesNotExist.
    public static Queue require(Transaction tx, String name) throws SQLException {
        return find(tx, name)
                .orElseThrow(
                        () -> SqsError.QUEUE_DOES_NOT_EXIST.because("The specified queue does not exist: " + name));
    }

    /// Names of queues in order, after one of them.
    static List<String> names(Transaction tx, String prefix, String after, int limit) throws SQLException {
        return tx.query(
                "SELECT name FROM queue WHERE name > ? AND substr(name, 1, length(?)) = ? ORDER BY name LIMIT ?",
                row -> row.getString(1),
                after,
                prefix,
                prefix,
                limit);
    }

    /// Names of the queues, after one of them, whose dead letters go to the queue of that ARN.
    static List<String> sourcesOf(Transaction tx, String arn, String after, int limit) throws SQLException {
        return tx.query(
                "SELECT queue FROM queue_attribute WHERE queue > ? AND name = 'RedrivePolicy'"
                        + " AND json_extract(value, '$.deadLetterTargetArn') = ? ORDER BY queue LIMIT ?",
                row -> row.getString(1),
                after,
                arn,
                limit);
    }

    static void create(Transaction tx, String name, Instant now) throws SQLException {
        tx.update("INSERT INTO queue VALUES (?, ?, ?)", name, now.toEpochMilli(), now.toEpochMilli());
    }

    static void delete(Transaction tx, String name) throws SQLException {
        tx.update("DELETE FROM queue WHERE name = ?", name);
    }

    /// Sets attributes; an empty value takes one back.
    static void setAttributes(Transaction tx, String name, Map<String, String> attributes, Instant now)
            throws SQLException {
        for (Map.Entry<String, String> one : attributes.entrySet()) {
            if (one.getValue().isEmpty()) {
                tx.update("DELETE FROM queue_attribute WHERE queue = ? AND name = ?", name, one.getKey());
            } else {
                tx.update(
                        "INSERT OR REPLACE INTO queue_attribute VALUES (?, ?, ?)", name, one.getKey(), one.getValue());
            }
        }
        tx.update("UPDATE queue SET modified = ? WHERE name = ?", now.toEpochMilli(), name);
    }

    static Map<String, String> tags(Transaction tx, String name) throws SQLException {
        return map(tx, "SELECT key, value FROM queue_tag WHERE queue = ?", name);
    }

    static void setTag(Transaction tx, String name, String key, String value) throws SQLException {
        tx.update("INSERT OR REPLACE INTO queue_tag VALUES (?, ?, ?)", name, key, value);
    }

    static void deleteTag(Transaction tx, String name, String key) throws SQLException {
        tx.update("DELETE FROM queue_tag WHERE queue = ? AND key = ?", name, key);
    }

    private static Map<String, String> attributes(Transaction tx, String name) throws SQLException {
        return map(tx, "SELECT name, value FROM queue_attribute WHERE queue = ?", name);
    }

    private static Map<String, String> map(Transaction tx, String select, String name) throws SQLException {
        Map<String, String> map = new TreeMap<>();
        List<Pair> pairs = tx.query(select, row -> new Pair(row.getString(1), row.getString(2)), name);
        pairs.forEach(pair -> map.put(pair.name(), pair.value()));
        return map;
    }
}
