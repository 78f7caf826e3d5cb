package dev.feedline.sqs.message;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// What SQS itself says about a message.
final class SystemAttributes {
    static final String TRACE = "AWSTraceHeader";

    private SystemAttributes() {}

    /// Those asked for, as they stand after the reception under way.
    static Map<String, String> of(StoredMessage message, Instant now, List<String> asked) {
        Map<String, String> all = new HashMap<>();
        all.put("SenderId", message.sender());
        all.put("SentTimestamp", Long.toString(message.sent().toEpochMilli()));
        all.put("ApproximateReceiveCount", Integer.toString(message.received() + 1));
        all.put(
                "ApproximateFirstReceiveTimestamp",
                Long.toString(message.firstReceived().orElse(now).toEpochMilli()));
        message.trace().ifPresent(trace -> all.put(TRACE, trace));
        message.deadLetterSource().ifPresent(source -> all.put("DeadLetterQueueSourceArn", source));
        if (!asked.contains("All")) {
            all.keySet().retainAll(asked);
        }
        return all;
    }

    /// The sum over the only system attribute a sender can set.
    static @Nullable String md5(Optional<String> trace) {
        return trace.map(value -> Md5.ofAttributes(Map.of(
                        TRACE,
                        MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue(value)
                                .build())))
                .orElse(null);
    }
}
