package dev.feedline.s3.lifecycle;

import dev.feedline.s3.error.Honoured;
import dev.feedline.s3.error.S3Error;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.BucketLifecycleConfiguration;
import software.amazon.awssdk.services.s3.model.LifecycleRule;

/// One rule of a lifecycle configuration, of the one kind there is here: objects under a prefix expire after days.
///
/// @param days since the object was put, at least 1
record ExpiryRule(String prefix, int days, boolean enabled) {
    /// S3 user guide: a lifecycle configuration has at most 1,000 rules.
    static final int MOST = 1000;

    private static final Honoured RULE = Honoured.members("ID", "Status", "Prefix", "Filter", "Expiration");
    private static final Honoured FILTER = Honoured.members("Prefix");
    private static final Honoured EXPIRATION = Honoured.members("Days");

    /// Reads a configuration; a rule that wants anything else is refused by the name of what it wants.
    static List<ExpiryRule> read(BucketLifecycleConfiguration configuration) {
        if (configuration.rules().isEmpty() || configuration.rules().size() > MOST) {
            throw S3Error.MALFORMED_XML.because("A lifecycle configuration has 1 to " + MOST + " rules");
        }
        return configuration.rules().stream().map(ExpiryRule::read).toList();
    }

    private static ExpiryRule read(LifecycleRule rule) {
        RULE.refuseOthers(rule, "LifecycleRule");
        if (rule.filter() != null) {
            FILTER.refuseOthers(rule.filter(), "LifecycleRule.Filter");
        }
        if (rule.expiration() == null) {
            throw S3Error.INVALID_REQUEST.because("At least one action needs to be specified in a rule: Expiration");
        }
        EXPIRATION.refuseOthers(rule.expiration(), "LifecycleRule.Expiration");
        int days = Optional.ofNullable(rule.expiration().days()).orElse(0);
        if (days < 1) {
            throw S3Error.INVALID_ARGUMENT.because("'Days' for Expiration action must be a positive integer");
        }
        String status = String.valueOf(rule.statusAsString());
        if (!status.equals("Enabled") && !status.equals("Disabled")) {
            throw S3Error.MALFORMED_XML.because("A rule's Status must be Enabled or Disabled, not " + status);
        }
        return new ExpiryRule(prefix(rule), days, status.equals("Enabled"));
    }

    @SuppressWarnings("deprecation") // older configurations have the prefix beside the filter
    private static String prefix(LifecycleRule rule) {
        Optional<String> inFilter = Optional.ofNullable(rule.filter()).map(filter -> filter.prefix());
        return inFilter.or(() -> Optional.ofNullable(rule.prefix())).orElse("");
    }

    byte[] prefixBytes() {
        return prefix.getBytes(StandardCharsets.UTF_8);
    }

    /// What was put no later has expired: S3 adds the days and goes on to the next midnight, UTC.
    Instant expired(Instant now) {
        return now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(days));
    }
}
