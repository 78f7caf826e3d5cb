package dev.feedline.lambda;

import dev.feedline.kernel.Arn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a function is told of the messages of a queue, and what its answer says of them.
///
/// Source: docs.aws.amazon.com/lambda/latest/dg/with-sqs.html and services-sqs-errorhandling.html
final class SqsEvent {
    private static final JsonMapper JSON = JsonMapper.shared();

    private SqsEvent() {}

    /// Cuts what was received into batches of at most so many messages that fit into an invocation.
    static List<List<Message>> batches(List<Message> received, int most) {
        List<List<Message>> batches = new ArrayList<>();
        List<Message> batch = new ArrayList<>();
        long bytes = 0;
        for (Message message : received) {
            long length = JSON.writeValueAsBytes(record(message, "")).length + 256L;
            if (!batch.isEmpty() && (batch.size() == most || bytes + length > Invocation.LARGEST_PAYLOAD_BYTES)) {
                batches.add(batch);
                batch = new ArrayList<>();
                bytes = 0;
            }
            batch.add(message);
            bytes += length;
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    static SdkBytes of(List<Message> messages, String queueArn) {
        ObjectNode event = JSON.createObjectNode();
        ArrayNode records = event.putArray("Records");
        messages.forEach(message -> records.add(record(message, queueArn)));
        return SdkBytes.fromByteArrayUnsafe(JSON.writeValueAsBytes(event));
    }

    /// The messages that are not done according to the function's answer; all of them when the answer cannot be read.
    static List<Message> failures(List<Message> messages, SdkBytes answer) {
        return named(answer)
                .filter(ids ->
                        messages.stream().map(Message::messageId).toList().containsAll(ids))
                .map(ids -> messages.stream()
                        .filter(message -> ids.contains(message.messageId()))
                        .toList())
                .orElse(messages);
    }

    /// The messages that the answer names, none when it names none; empty when it has not the form.
    private static Optional<Set<String>> named(SdkBytes answer) {
        JsonNode said;
        try {
            said = JSON.readTree(answer.asByteArrayUnsafe());
        } catch (JacksonException e) {
            return Optional.empty();
        }
        if (said.isMissingNode() || said.isNull()) {
            return Optional.of(Set.of());
        }
        if (!said.isObject()) {
            return Optional.empty();
        }
        JsonNode failures = said.path("batchItemFailures");
        if (failures.isMissingNode() || failures.isNull()) {
            return Optional.of(Set.of());
        }
        if (!failures.isArray()) {
            return Optional.empty();
        }
        Set<String> ids = new HashSet<>();
        for (JsonNode failure : failures) {
            String id = failure.path("itemIdentifier").asString("");
            if (id.isEmpty()) {
                return Optional.empty();
            }
            ids.add(id);
        }
        return Optional.of(ids);
    }

    private static ObjectNode record(Message message, String queueArn) {
        ObjectNode record = JSON.createObjectNode();
        record.put("messageId", message.messageId());
        record.put("receiptHandle", message.receiptHandle());
        record.put("body", message.body());
        ObjectNode attributes = record.putObject("attributes");
        message.attributesAsStrings().forEach(attributes::put);
        ObjectNode own = record.putObject("messageAttributes");
        message.messageAttributes().forEach((name, value) -> own.set(name, attribute(value)));
        record.put("md5OfBody", message.md5OfBody());
        if (message.md5OfMessageAttributes() != null) {
            record.put("md5OfMessageAttributes", message.md5OfMessageAttributes());
        }
        record.put("eventSource", "aws:sqs");
        record.put("eventSourceARN", queueArn);
        record.put("awsRegion", queueArn.isEmpty() ? "" : Arn.parse(queueArn).region());
        return record;
    }

    private static ObjectNode attribute(MessageAttributeValue value) {
        ObjectNode node = JSON.createObjectNode();
        if (value.stringValue() != null) {
            node.put("stringValue", value.stringValue());
        }
        if (value.binaryValue() != null) {
            node.put("binaryValue", value.binaryValue().asByteArray());
        }
        node.putArray("stringListValues");
        node.putArray("binaryListValues");
        node.put("dataType", value.dataType());
        return node;
    }
}
