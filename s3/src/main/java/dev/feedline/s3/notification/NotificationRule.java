package dev.feedline.s3.notification;

import dev.feedline.kernel.Arn;
import java.util.List;

/// One entry of a bucket's notification configuration: these events of those keys go to that target.
///
/// @param target the ARN of a function or queue
/// @param events event types as configured, e.g. `s3:ObjectCreated:*`
public record NotificationRule(String id, Arn target, List<String> events, String prefix, String suffix) {
    public NotificationRule {
        events = List.copyOf(events);
    }

    boolean matches(EventName event, String key) {
        return key.startsWith(prefix) && key.endsWith(suffix) && names().contains(event);
    }

    /// Says whether one event of one key could match both; S3 refuses such pairs.
    boolean overlaps(NotificationRule other) {
        boolean prefixes = prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix);
        boolean suffixes = suffix.endsWith(other.suffix) || other.suffix.endsWith(suffix);
        return prefixes && suffixes && names().stream().anyMatch(other.names()::contains);
    }

    boolean isForQueue() {
        return target.service().equals("sqs");
    }

    private List<EventName> names() {
        return events.stream()
                .flatMap(type -> EventName.matching(type).orElse(List.of()).stream())
                .toList();
    }
}
