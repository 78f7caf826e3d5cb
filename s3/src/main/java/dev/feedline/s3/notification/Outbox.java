package dev.feedline.s3.notification;

import dev.feedline.kernel.Arn;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Transaction;
import dev.feedline.kernel.Trial;
import dev.feedline.s3.state.Bucket;
import dev.feedline.s3.state.Change;
import dev.feedline.s3.state.Key;
import dev.feedline.s3.state.ObjectVersion;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The table of events that are on their way.
///
/// An event is written in the transaction of the change it tells of, so there is never one without the other, and
/// deleted when its target has it.
public final class Outbox {
    private final Ground ground;
    private final EventJson json;

    public Outbox(Ground ground) {
        this.ground = ground;
        this.json = new EventJson(ground);
    }

    /// An event waiting for delivery.
    record Waiting(long id, Arn target, String payload, Instant created, int attempts) {
        boolean isTooOld(Instant now) {
            return created.plus(Dispatcher.OLDEST).isBefore(now);
        }
    }

    /// Something was created or became a delete marker, or its tags changed: `version` is what is there now.
    public void tell(Change change, Bucket bucket, EventName name, ObjectVersion version) throws SQLException {
        ObjectEvent event = new ObjectEvent(
                name,
                bucket.name(),
                version.key(),
                isNew(name) ? version.sequence() : change.nextSequence(),
                isNew(name) ? version.modified() : ground.clock().instant(),
                version.deleteMarker() ? OptionalLong.empty() : OptionalLong.of(version.size()),
                Optional.of(version.etag()),
                bucket.showsVersions() ? Optional.of(version.versionId()) : Optional.empty());
        write(change, event);
    }

    /// A version was removed for good.
    public void tellRemoved(Change change, Bucket bucket, EventName name, ObjectVersion version) throws SQLException {
        ObjectEvent event = new ObjectEvent(
                name,
                bucket.name(),
                version.key(),
                change.nextSequence(),
                ground.clock().instant(),
                OptionalLong.empty(),
                Optional.empty(),
                bucket.showsVersions() ? Optional.of(version.versionId()) : Optional.empty());
        write(change, event);
    }

    private static boolean isNew(EventName name) {
        return name != EventName.TAGGING_PUT && name != EventName.TAGGING_DELETE;
    }

    private void write(Change change, ObjectEvent event) throws SQLException {
        long now = ground.clock().millis();
        for (NotificationRule rule : NotificationRules.of(change.tx(), event.bucket())) {
            if (rule.matches(event.name(), event.key())) {
                if (ground.trial().holds(Trial.Defence.OUTBOX)) {
                    write(change.tx(), rule, event, now);
                    change.wroteEvents();
                } else {
                    change.writeEventsAfterwards(tx -> write(tx, rule, event, now));
                }
            }
        }
    }

    private int write(Transaction tx, NotificationRule rule, ObjectEvent event, long now) throws SQLException {
        return tx.update(
                "INSERT INTO event (target, bucket, key, payload, created, attempts, due)"
                        + " VALUES (?, ?, ?, ?, ?, 0, ?)",
                rule.target().toString(),
                event.bucket(),
                Key.bytes(event.key()),
                json.event(rule, event),
                now,
                now);
    }

    /// Events whose time has come, oldest first; of one key only the first to each target, which keeps their order.
    static List<Waiting> due(Transaction tx, Instant now, int limit) throws SQLException {
        return tx.query(
                "SELECT id, target, payload, created, attempts FROM event AS e WHERE due <= ? AND NOT EXISTS"
                        + " (SELECT 1 FROM event AS f WHERE f.target = e.target AND f.bucket = e.bucket"
                        + " AND f.key = e.key AND f.id < e.id) ORDER BY id LIMIT ?",
                row -> new Waiting(
                        row.getLong(1),
                        Arn.parse(row.getString(2)),
                        row.getString(3),
                        Instant.ofEpochMilli(row.getLong(4)),
                        row.getInt(5)),
                now.toEpochMilli(),
                limit);
    }

    static void delete(Transaction tx, long id) throws SQLException {
        tx.update("DELETE FROM event WHERE id = ?", id);
    }

    static void postpone(Transaction tx, long id, int attempts, Instant due) throws SQLException {
        tx.update("UPDATE event SET attempts = ?, due = ? WHERE id = ?", attempts, due.toEpochMilli(), id);
    }

    static void countDropped(Transaction tx) throws SQLException {
        tx.update("UPDATE counter SET value = value + 1 WHERE name = 'dropped-notifications'");
    }

    static long dropped(Transaction tx) throws SQLException {
        return tx.first("SELECT value FROM counter WHERE name = 'dropped-notifications'", row -> row.getLong(1))
                .orElseThrow();
    }

    static long waiting(Transaction tx) throws SQLException {
        return tx.first("SELECT count(*) FROM event", row -> row.getLong(1)).orElseThrow();
    }
}
