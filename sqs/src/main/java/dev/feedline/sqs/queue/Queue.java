package dev.feedline.sqs.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A queue and the attributes that were set on it; those that were not have SQS's defaults.
///
/// @param set attributes by name, as given
public record Queue(String name, Instant created, Instant modified, Map<String, String> set) {
    public Duration delay() {
        return seconds(QueueAttribute.DELAY_SECONDS);
    }

    public Duration retention() {
        return seconds(QueueAttribute.MESSAGE_RETENTION_PERIOD);
    }

    public Duration visibilityTimeout() {
        return seconds(QueueAttribute.VISIBILITY_TIMEOUT);
    }

    public Duration receiveWait() {
        return seconds(QueueAttribute.RECEIVE_MESSAGE_WAIT_TIME_SECONDS);
    }

    /// In bytes, body and attributes together.
    public int largestMessage() {
        return Integer.parseInt(value(QueueAttribute.MAXIMUM_MESSAGE_SIZE));
    }

    public Optional<RedrivePolicy> redrivePolicy() {
        String json = value(QueueAttribute.REDRIVE_POLICY);
        return json.isEmpty() ? Optional.empty() : Optional.of(RedrivePolicy.parse(json));
    }

    /// The value set, or the default; empty where there is neither.
    public String value(QueueAttribute attribute) {
        return set.getOrDefault(attribute.wireName(), attribute.standard());
    }

    private Duration seconds(QueueAttribute attribute) {
        return Duration.ofSeconds(Long.parseLong(value(attribute)));
    }
}
