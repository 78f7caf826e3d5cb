package dev.feedline.lambda;

import dev.feedline.kernel.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;

/// An asynchronous invocation that has been accepted and is not yet over.
///
/// @param attempts how often it could not even be tried, for reasons that are not the function's
/// @param failures how often the function failed on it
record Event(
        long id, String function, String requestId, Instant accepted, int attempts, int failures, SdkBytes payload) {
    private static final String COLUMNS = "id, function, request_id, accepted, attempts, failures, payload";

    static void insert(Transaction tx, String function, String requestId, Instant now, SdkBytes payload)
            throws SQLException {
        tx.update(
                "INSERT INTO event (function, request_id, accepted, attempts, failures, not_before, payload) "
                        + "VALUES (?, ?, ?, 0, 0, ?, ?)",
                function,
                requestId,
                now.toEpochMilli(),
                now.toEpochMilli(),
                payload.asByteArrayUnsafe());
    }

    /// The next function in alphabetical order that has events: one index seek, however many there are.
    static Optional<String> functionAfter(Transaction tx, String function) throws SQLException {
        return tx.first(
                "SELECT function FROM event WHERE function > ? ORDER BY function LIMIT 1",
                row -> row.getString(1),
                function);
    }

    static List<Long> due(Transaction tx, String function, Instant now, int limit) throws SQLException {
        return tx.query(
                "SELECT id FROM event WHERE function = ? AND not_before <= ? ORDER BY not_before, id LIMIT ?",
                row -> row.getLong(1),
                function,
                now.toEpochMilli(),
                limit);
    }

    static Optional<Instant> nextAfter(Transaction tx, String function, Instant now) throws SQLException {
        return tx.first(
                "SELECT not_before FROM event WHERE function = ? AND not_before > ? ORDER BY not_before LIMIT 1",
                row -> Instant.ofEpochMilli(row.getLong(1)),
                function,
                now.toEpochMilli());
    }

    /// The event, when it is still there and its next try is due.
    static Optional<Event> findDue(Transaction tx, long id, Instant now) throws SQLException {
        return tx.first(
                "SELECT " + COLUMNS + " FROM event WHERE id = ? AND not_before <= ?",
                Event::read,
                id,
                now.toEpochMilli());
    }

    static List<Event> oldest(Transaction tx, int limit) throws SQLException {
        return tx.query("SELECT " + COLUMNS + " FROM event ORDER BY id LIMIT ?", Event::read, limit);
    }

    static long count(Transaction tx) throws SQLException {
        return tx.first("SELECT count(*) FROM event", row -> row.getLong(1)).orElse(0L);
    }

    /// Says whether it was still there: its function may have been deleted meanwhile.
    boolean delete(Transaction tx) throws SQLException {
        return tx.update("DELETE FROM event WHERE id = ?", id) > 0;
    }

    int failedUntil(Transaction tx, Instant notBefore) throws SQLException {
        return tx.update(
                "UPDATE event SET failures = failures + 1, not_before = ? WHERE id = ?", notBefore.toEpochMilli(), id);
    }

    int notTriedUntil(Transaction tx, Instant notBefore) throws SQLException {
        return tx.update(
                "UPDATE event SET attempts = attempts + 1, not_before = ? WHERE id = ?", notBefore.toEpochMilli(), id);
    }

    private static Event read(ResultSet row) throws SQLException {
        return new Event(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                Instant.ofEpochMilli(row.getLong(4)),
                row.getInt(5),
                row.getInt(6),
                SdkBytes.fromByteArrayUnsafe(row.getBytes(7)));
    }
}
