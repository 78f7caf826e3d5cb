package dev.feedline.lambda;

import dev.feedline.kernel.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.DeadLetterConfig;
import software.amazon.awssdk.services.lambda.model.FunctionEventInvokeConfig;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A message about an event that is given up, written in the transaction that gives it up and sent
/// afterwards.
///
/// @param attributes JSON of name to value; numbers become `Number` attributes
record Letter(long id, String queue, Instant written, int failures, String attributes, String body) {
    /// Why an event was given up.
    enum Reason {
        RETRIES_EXHAUSTED("RetriesExhausted"),
        EVENT_AGE_EXCEEDED("EventAgeExceeded");

        private final String condition;

        Reason(String condition) {
            this.condition = condition;
        }
    }

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LONGEST_MESSAGE = 1024;

    /// Writes what the function's configuration asks for: to its dead-letter queue, to its failure
    /// destination, to both, or nothing.
    static void write(
            Transaction tx,
            Function function,
            @Nullable FunctionEventInvokeConfig config,
            Event event,
            int failures,
            Reason reason,
            Outcome.@Nullable Failed last,
            Instant now)
            throws SQLException {
        DeadLetterConfig dead = function.configuration().deadLetterConfig();
        if (dead != null && dead.targetArn() != null && !dead.targetArn().isEmpty()) {
            insert(
                    tx,
                    dead.targetArn(),
                    now,
                    deadLetterAttributes(event, last),
                    event.payload().asUtf8String());
        }
        String destination = destination(config);
        if (destination != null) {
            insert(tx, destination, now, "{}", failureRecord(function, event, failures, reason, last, now));
        }
    }

    static List<Letter> due(Transaction tx, Instant now, int limit) throws SQLException {
        return tx.query(
                "SELECT id, queue, written, failures, attributes, body FROM letter WHERE not_before <= ? "
                        + "ORDER BY not_before, id LIMIT ?",
                row -> new Letter(
                        row.getLong(1),
                        row.getString(2),
                        Instant.ofEpochMilli(row.getLong(3)),
                        row.getInt(4),
                        row.getString(5),
                        row.getString(6)),
                now.toEpochMilli(),
                limit);
    }

    int delete(Transaction tx) throws SQLException {
        return tx.update("DELETE FROM letter WHERE id = ?", id);
    }

    int notSentUntil(Transaction tx, Instant notBefore) throws SQLException {
        return tx.update(
                "UPDATE letter SET failures = failures + 1, not_before = ? WHERE id = ?", notBefore.toEpochMilli(), id);
    }

    Map<String, MessageAttributeValue> messageAttributes() {
        Map<String, MessageAttributeValue> values = new HashMap<>();
        JSON.readTree(attributes)
                .forEachEntry((name, value) -> values.put(
                        name,
                        MessageAttributeValue.builder()
                                .dataType(value.isNumber() ? "Number" : "String")
                                .stringValue(value.asString())
                                .build()));
        return values;
    }

    private static void insert(Transaction tx, String queue, Instant now, String attributes, String body)
            throws SQLException {
        tx.update(
                "INSERT INTO letter (queue, written, failures, not_before, attributes, body) VALUES (?, ?, 0, ?, ?, ?)",
                queue,
                now.toEpochMilli(),
                now.toEpochMilli(),
                attributes,
                body);
    }

    private static @Nullable String destination(@Nullable FunctionEventInvokeConfig config) {
        if (config == null || config.destinationConfig() == null) {
            return null;
        }
        var onFailure = config.destinationConfig().onFailure();
        return onFailure == null ? null : onFailure.destination();
    }

    /// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-dlq
    private static String deadLetterAttributes(Event event, Outcome.@Nullable Failed last) {
        ObjectNode attributes = JSON.createObjectNode();
        attributes.put("RequestID", event.requestId());
        attributes.put("ErrorCode", 200); // the function ran; its failure is an answer like any other
        String message = last == null ? "" : last.message();
        if (!message.isEmpty()) { // an attribute cannot be empty
            attributes.put("ErrorMessage", message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)));
        }
        return JSON.writeValueAsString(attributes);
    }

    /// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-async-destinations
    private static String failureRecord(
            Function function, Event event, int failures, Reason reason, Outcome.@Nullable Failed last, Instant now) {
        ObjectNode record = JSON.createObjectNode();
        record.put("version", "1.0");
        record.put("timestamp", now.toString());
        ObjectNode request = record.putObject("requestContext");
        request.put("requestId", event.requestId());
        request.put("functionArn", function.arn() + ":" + FunctionName.LATEST);
        request.put("condition", reason.condition);
        request.put("approximateInvokeCount", failures);
        json(record, "requestPayload", event.payload());
        if (last != null) {
            ObjectNode response = record.putObject("responseContext");
            response.put("statusCode", 200);
            response.put("executedVersion", FunctionName.LATEST);
            response.put("functionError", Outcome.Failed.FUNCTION_ERROR);
            json(record, "responsePayload", last.payload());
        }
        return JSON.writeValueAsString(record);
    }

    /// A runtime may answer with what is no JSON; it is then carried as text.
    private static void json(ObjectNode into, String name, SdkBytes payload) {
        try {
            into.set(name, JSON.readTree(payload.asByteArrayUnsafe()));
        } catch (JacksonException e) {
            into.put(name, payload.asUtf8String());
        }
    }
}
