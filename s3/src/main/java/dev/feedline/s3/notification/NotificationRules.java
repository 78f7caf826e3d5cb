package dev.feedline.s3.notification;

import dev.feedline.kernel.Arn;
import dev.feedline.kernel.Transaction;
import java.sql.SQLException;
import java.util.List;

/// The table of notification rules.
final class NotificationRules {
    private NotificationRules() {}

    static List<NotificationRule> of(Transaction tx, String bucket) throws SQLException {
        return tx.query(
                "SELECT id, target, events, prefix, suffix FROM notification_rule WHERE bucket = ? ORDER BY id",
                row -> new NotificationRule(
                        row.getString(1),
                        Arn.parse(row.getString(2)),
                        List.of(row.getString(3).split(" ")),
                        row.getString(4),
                        row.getString(5)),
                bucket);
    }

    static void replace(Transaction tx, String bucket, List<NotificationRule> rules) throws SQLException {
        tx.update("DELETE FROM notification_rule WHERE bucket = ?", bucket);
        for (NotificationRule rule : rules) {
            tx.update(
                    "INSERT INTO notification_rule VALUES (?, ?, ?, ?, ?, ?)",
                    bucket,
                    rule.id(),
                    rule.target().toString(),
                    String.join(" ", rule.events()),
                    rule.prefix(),
                    rule.suffix());
        }
    }
}
