package dev.feedline.s3.notification;

import dev.feedline.kernel.Arn;
import dev.feedline.kernel.Ids;
import dev.feedline.s3.error.S3Error;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.NotificationConfigurationFilter;

/// Turns a notification configuration into rules, or says what is wrong with it.
final class RuleReading {
    /// S3 user guide: at most 100 notification configurations on a bucket.
    static final int MOST = 100;

    private final Ids ids;

    RuleReading(Ids ids) {
        this.ids = ids;
    }

    List<NotificationRule> read(NotificationConfiguration configuration) {
        if (configuration.hasTopicConfigurations()
                && !configuration.topicConfigurations().isEmpty()) {
            throw S3Error.NOT_IMPLEMENTED.because(
                    "PutBucketNotificationConfiguration: Feedline has no SNS, so TopicConfigurations cannot be honoured");
        }
        if (configuration.eventBridgeConfiguration() != null) {
            throw S3Error.NOT_IMPLEMENTED.because("PutBucketNotificationConfiguration: Feedline has no EventBridge,"
                    + " so EventBridgeConfiguration cannot be honoured");
        }
        List<NotificationRule> rules = new ArrayList<>();
        configuration
                .lambdaFunctionConfigurations()
                .forEach(one -> rules.add(
                        rule(one.id(), one.lambdaFunctionArn(), "lambda", one.eventsAsStrings(), one.filter())));
        configuration
                .queueConfigurations()
                .forEach(one -> rules.add(rule(one.id(), one.queueArn(), "sqs", one.eventsAsStrings(), one.filter())));
        requireRoom(rules);
        refuseSameId(rules);
        refuseOverlaps(rules);
        return rules;
    }

    private NotificationRule rule(
            @Nullable String id,
            String target,
            String service,
            List<String> events,
            @Nullable NotificationConfigurationFilter filter) {
        if (events.isEmpty()) {
            throw S3Error.MALFORMED_XML.because("A notification configuration names at least one event");
        }
        events.forEach(RuleReading::requireEvent);
        List<FilterRule> filters = filter == null || filter.key() == null
                ? List.of()
                : filter.key().filterRules();
        return new NotificationRule(
                id == null || id.isEmpty() ? ids.uuid().toString() : id,
                target(target, service),
                events,
                filterValue(filters, "prefix"),
                filterValue(filters, "suffix"));
    }

    private static Arn target(String text, String service) {
        Optional<Arn> arn = parse(text).filter(one -> one.service().equals(service));
        return arn.filter(one -> !one.name().endsWith(".fifo"))
                .orElseThrow(() -> S3Error.INVALID_ARGUMENT.because(
                        "Unable to validate the following destination configurations: " + text + " is no ARN of "
                                + (service.equals("sqs") ? "a standard queue" : "a function")));
    }

    private static Optional<Arn> parse(String text) {
        try {
            return Optional.of(Arn.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // the caller says what the ARN should have been
        }
    }

    private static void requireEvent(String type) {
        if (EventName.matching(type).isEmpty()) {
            throw S3Error.INVALID_ARGUMENT.because("The event '" + type
                    + "' is not supported for notifications: it is unknown, or nothing in Feedline ever causes it");
        }
    }

    private static String filterValue(List<FilterRule> filters, String name) {
        List<String> values = new ArrayList<>();
        for (FilterRule filter : filters) {
            String given = String.valueOf(filter.nameAsString()).toLowerCase(Locale.ROOT);
            if (!given.equals("prefix") && !given.equals("suffix")) {
                throw S3Error.INVALID_ARGUMENT.because(
                        "filter rule name must be either prefix or suffix, not " + given);
            }
            if (given.equals(name)) {
                values.add(Optional.ofNullable(filter.value()).orElse(""));
            }
        }
        if (values.size() > 1) {
            throw S3Error.INVALID_ARGUMENT.because("Cannot specify more than one " + name + " rule in a filter.");
        }
        return values.isEmpty() ? "" : values.getFirst();
    }

    private static void requireRoom(List<NotificationRule> rules) {
        if (rules.size() > MOST) {
            throw S3Error.INVALID_ARGUMENT.because(
                    "A bucket has at most " + MOST + " notification configurations; these are " + rules.size());
        }
    }

    private static void refuseSameId(List<NotificationRule> rules) {
        Set<String> seen = new HashSet<>();
        for (NotificationRule rule : rules) {
            if (!seen.add(rule.id())) {
                throw S3Error.INVALID_ARGUMENT.because(
                        "Same ID used for multiple configurations. IDs must be unique: " + rule.id());
            }
        }
    }

    private static void refuseOverlaps(List<NotificationRule> rules) {
        for (int i = 0; i < rules.size(); i++) {
            for (int j = i + 1; j < rules.size(); j++) {
                if (rules.get(i).overlaps(rules.get(j))) {
                    throw S3Error.INVALID_ARGUMENT.because(
                            "Configuration is ambiguously defined. Cannot have overlapping"
                                    + " suffixes in two rules if the prefixes are overlapping for the same event type: "
                                    + rules.get(i).id() + " and " + rules.get(j).id());
                }
            }
        }
    }
}
