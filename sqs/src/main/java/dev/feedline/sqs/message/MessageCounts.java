package dev.feedline.sqs.message;

import dev.feedline.kernel.Transaction;
import java.sql.SQLException;
import java.time.Instant;

/// How many messages of a queue can be received now, were received and not deleted, and are delayed.
public record MessageCounts(long visible, long inFlight, long delayed) {
    public static MessageCounts of(Transaction tx, String queue, Instant now) throws SQLException {
        long at = now.toEpochMilli();
        return tx.first(
                        "SELECT count(*) FILTER (WHERE visible <= ?),"
                                + " count(*) FILTER (WHERE visible > ? AND receipt IS NOT NULL),"
                                + " count(*) FILTER (WHERE visible > ? AND receipt IS NULL)"
                                + " FROM message WHERE queue = ? AND expires > ?",
                        row -> new MessageCounts(row.getLong(1), row.getLong(2), row.getLong(3)),
                        at,
                        at,
                        at,
                        queue,
                        at)
                .orElseThrow();
    }
}
