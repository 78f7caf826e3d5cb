package dev.feedline.sqs.message;

import dev.feedline.kernel.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// The tables of messages and their attributes.
final class Messages {
    private static final String SELECT =
            "SELECT sequence, id, body, sender, trace, dead_letter_source, sent, received, first_received FROM message";

    private Messages() {}

    private record NamedValue(String name, MessageAttributeValue value) {}

    static void insert(Transaction tx, String queue, NewMessage message, Instant now, Instant visible, Instant expires)
            throws SQLException {
        long sequence = tx.insert(
                "INSERT INTO message (queue, id, body, sender, trace, sent, expires, visible)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                queue,
                message.id(),
                message.body(),
                message.sender(),
                message.trace().orElse(null),
                now.toEpochMilli(),
                expires.toEpochMilli(),
                visible.toEpochMilli());
        for (Map.Entry<String, MessageAttributeValue> one : message.attributes().entrySet()) {
            insertAttribute(tx, sequence, one.getKey(), one.getValue());
        }
    }

    /// Messages that can be received, roughly in the order they were sent.
    static List<StoredMessage> visible(Transaction tx, String queue, Instant now, int limit) throws SQLException {
        List<StoredMessage> messages = tx.query(
                SELECT + " WHERE queue = ? AND visible <= ? AND expires > ? ORDER BY visible, sequence LIMIT ?",
                Messages::read,
                queue,
                now.toEpochMilli(),
                now.toEpochMilli(),
                limit);
        for (StoredMessage message : messages) {
            message.attributes().putAll(attributes(tx, message.sequence()));
        }
        return messages;
    }

    /// When the next message of the queue can be received; it may be in the past.
    static Optional<Instant> nextVisible(Transaction tx, String queue, Instant now) throws SQLException {
        return tx.first(
                "SELECT visible FROM message WHERE queue = ? AND expires > ? ORDER BY visible LIMIT 1",
                row -> Instant.ofEpochMilli(row.getLong(1)),
                queue,
                now.toEpochMilli());
    }

    static void markReceived(Transaction tx, StoredMessage message, String receipt, Instant now, Instant visible)
            throws SQLException {
        tx.update(
                "UPDATE message SET received = received + 1, first_received = coalesce(first_received, ?),"
                        + " receipt = ?, visible = ? WHERE sequence = ?",
                now.toEpochMilli(),
                receipt,
                visible.toEpochMilli(),
                message.sequence());
    }

    /// Moves a message to another queue, where it begins anew but keeps its age.
    static void move(Transaction tx, StoredMessage message, String to, String sourceArn, Instant now, Instant expires)
            throws SQLException {
        tx.update(
                "UPDATE message SET queue = ?, dead_letter_source = ?, visible = ?, expires = ?, received = 0,"
                        + " first_received = NULL, receipt = NULL WHERE sequence = ?",
                to,
                sourceArn,
                now.toEpochMilli(),
                expires.toEpochMilli(),
                message.sequence());
    }

    /// Deletes the message if the receipt is that of its last reception; says whether it did.
    static boolean delete(Transaction tx, String queue, ReceiptHandle handle) throws SQLException {
        return tx.update(
                        "DELETE FROM message WHERE sequence = ? AND queue = ? AND receipt = ?",
                        handle.sequence(),
                        queue,
                        handle.receipt())
                > 0;
    }

    /// When the message of the receipt becomes visible again; empty when it was received again, or is gone.
    static Optional<Instant> visibleAt(Transaction tx, String queue, ReceiptHandle handle) throws SQLException {
        return tx.first(
                "SELECT visible FROM message WHERE sequence = ? AND queue = ? AND receipt = ?",
                row -> Instant.ofEpochMilli(row.getLong(1)),
                handle.sequence(),
                queue,
                handle.receipt());
    }

    static boolean isThere(Transaction tx, String queue, ReceiptHandle handle) throws SQLException {
        return tx.first("SELECT 1 FROM message WHERE sequence = ? AND queue = ?", row -> true, handle.sequence(), queue)
                .isPresent();
    }

    static void setVisible(Transaction tx, ReceiptHandle handle, Instant visible) throws SQLException {
        tx.update("UPDATE message SET visible = ? WHERE sequence = ?", visible.toEpochMilli(), handle.sequence());
    }

    static void purge(Transaction tx, String queue) throws SQLException {
        tx.update("DELETE FROM message WHERE queue = ?", queue);
    }

    static void deleteExpired(Transaction tx, String queue, Instant now) throws SQLException {
        tx.update("DELETE FROM message WHERE queue = ? AND expires <= ?", queue, now.toEpochMilli());
    }

    private static StoredMessage read(ResultSet row) throws SQLException {
        long first = row.getLong(9);
        boolean neverReceived = row.wasNull();
        return new StoredMessage(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                Optional.ofNullable(row.getString(5)),
                Optional.ofNullable(row.getString(6)),
                Instant.ofEpochMilli(row.getLong(7)),
                row.getInt(8),
                neverReceived ? Optional.empty() : Optional.of(Instant.ofEpochMilli(first)),
                new TreeMap<>());
    }

    private static void insertAttribute(Transaction tx, long message, String name, MessageAttributeValue value)
            throws SQLException {
        SdkBytes bytes = value.binaryValue();
        tx.update(
                "INSERT INTO message_attribute VALUES (?, ?, ?, ?, ?)",
                message,
                name,
                value.dataType(),
                value.stringValue(),
                bytes == null ? null : bytes.asByteArray());
    }

    private static Map<String, MessageAttributeValue> attributes(Transaction tx, long message) throws SQLException {
        Map<String, MessageAttributeValue> attributes = new TreeMap<>();
        tx.query(
                        "SELECT name, type, text, bytes FROM message_attribute WHERE message = ?",
                        row -> new NamedValue(
                                row.getString(1), value(row.getString(2), row.getString(3), row.getBytes(4))),
                        message)
                .forEach(one -> attributes.put(one.name(), one.value()));
        return attributes;
    }

    private static MessageAttributeValue value(String type, @Nullable String text, byte @Nullable [] bytes) {
        return MessageAttributeValue.builder()
                .dataType(type)
                .stringValue(text)
                .binaryValue(bytes == null ? null : SdkBytes.fromByteArray(bytes))
                .build();
    }
}
