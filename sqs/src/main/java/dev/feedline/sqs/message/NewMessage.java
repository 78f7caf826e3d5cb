package dev.feedline.sqs.message;

import dev.feedline.sqs.error.SqsError;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;

/// A message about to be sent, its content checked ("SendMessage" in the SQS API reference).
record NewMessage(
        String id, String body, String sender, Map<String, MessageAttributeValue> attributes, Optional<String> trace) {
    private static final int MOST_ATTRIBUTES = 10;
    private static final Pattern ATTRIBUTE_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,256}");
    private static final Pattern TYPE = Pattern.compile("(String|Number|Binary)(\\..+)?");

    NewMessage {
        requireContent(body);
        if (attributes.size() > MOST_ATTRIBUTES) {
            throw SqsError.INVALID_PARAMETER_VALUE.because(
                    "Number of message attributes [" + attributes.size() + "] exceeds the allowed maximum [10].");
        }
        attributes.forEach(NewMessage::requireAttribute);
    }

    /// The trace header among system attributes, which is the only one a sender may set.
    static Optional<String> trace(Map<String, MessageSystemAttributeValue> given) {
        given.keySet().forEach(name -> {
            if (!name.equals(SystemAttributes.TRACE)) {
                throw SqsError.INVALID_PARAMETER_VALUE.because(
                        "Message system attribute name '" + name + "' is invalid.");
            }
        });
        return Optional.ofNullable(given.get(SystemAttributes.TRACE)).map(MessageSystemAttributeValue::stringValue);
    }

    /// In bytes, as SQS counts: body, and names, types and values of attributes.
    long size() {
        long size = utf8Length(body);
        for (Map.Entry<String, MessageAttributeValue> one : attributes.entrySet()) {
            MessageAttributeValue value = one.getValue();
            size += utf8Length(one.getKey()) + utf8Length(value.dataType());
            size += value.binaryValue() != null
                    ? value.binaryValue().asByteArrayUnsafe().length
                    : utf8Length(value.stringValue());
        }
        return size;
    }

    private static long utf8Length(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }

    /// A body is text that XML 1.0 can hold.
    private static void requireContent(@Nullable String body) {
        if (body == null || body.isEmpty()) {
            throw SqsError.MISSING_PARAMETER.because("The request must contain the parameter MessageBody.");
        }
        if (!body.codePoints().allMatch(NewMessage::isAllowed)) {
            throw SqsError.INVALID_MESSAGE_CONTENTS.because("Invalid characters found. Valid unicode characters are"
                    + " #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF");
        }
    }

    private static boolean isAllowed(int point) {
        return point == 9
                || point == 10
                || point == 13
                || (point >= 0x20 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point >= 0x10000;
    }

    private static void requireAttribute(String name, MessageAttributeValue value) {
        String type = String.valueOf(value.dataType());
        boolean binary = type.startsWith("Binary");
        if (!ATTRIBUTE_NAME.matcher(name).matches() || !TYPE.matcher(type).matches()) {
            throw SqsError.INVALID_PARAMETER_VALUE.because(
                    "The message attribute '" + name + "' has an invalid message attribute name or type: " + type);
        }
        boolean empty = binary
                ? value.binaryValue() == null || value.binaryValue().asByteArrayUnsafe().length == 0
                : value.stringValue() == null || value.stringValue().isEmpty();
        if (empty || value.hasStringListValues() || value.hasBinaryListValues()) {
            throw SqsError.INVALID_PARAMETER_VALUE.because("The message attribute '" + name
                    + "' must contain a non-empty message attribute value of its type " + type);
        }
    }
}
