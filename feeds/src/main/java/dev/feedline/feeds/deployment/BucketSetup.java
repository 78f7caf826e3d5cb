package dev.feedline.feeds.deployment;

import dev.feedline.convert.Keys;
import dev.feedline.feeds.FeedTable;
import dev.feedline.feeds.Sleeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.FilterRuleName;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.LambdaFunctionConfiguration;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.NotificationConfigurationFilter;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3KeyFilter;

/// Buckets and what they tell to whom.
final class BucketSetup {
    private static final String LANDING = "landing-";
    private static final String INDEX = "index-";
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final String CREATED = "s3:ObjectCreated:*";
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);
    private static final int TRIES = 12;

    private final S3Client s3;
    private final Sleeper sleeper;

    BucketSetup(S3Client s3, Sleeper sleeper) {
        this.s3 = s3;
        this.sleeper = sleeper;
    }

    /// Creates a bucket of AWS in its account and region; one that is somebody else's is left alone.
    void create(String bucket, String account, String region) {
        try {
            s3.headBucket(head -> head.bucket(bucket).expectedBucketOwner(account));
            return;
        } catch (S3Exception e) {
            // A refused HEAD has no body, so the reasons cannot be told apart.
            if (e.statusCode() == FORBIDDEN) {
                throw notOurs(bucket, account, e);
            }
            if (e.statusCode() != NOT_FOUND) {
                throw e;
            }
        }
        try {
            s3.createBucket(create -> {
                create.bucket(bucket);
                // us-east-1 is asked for by asking for no region.
                if (!region.equals("us-east-1")) {
                    create.createBucketConfiguration(it -> it.locationConstraint(region));
                }
            });
        } catch (BucketAlreadyOwnedByYouException e) {
            return; // somebody else deploys at the same time
        } catch (BucketAlreadyExistsException e) {
            throw notOurs(bucket, account, e);
        }
    }

    private static IllegalStateException notOurs(String bucket, String account, S3Exception e) {
        return new IllegalStateException(
                "The bucket " + bucket + " cannot be used: it belongs to another account than " + account
                        + ", or these credentials may not look at it (s3:ListBucket, s3:CreateBucket). Feedline takes"
                        + " over no bucket of others.",
                e);
    }

    void create(String bucket) {
        try {
            s3.createBucket(request -> request.bucket(bucket));
        } catch (BucketAlreadyOwnedByYouException e) {
            // us-east-1 answers 200 here, every other region says it is ours already; both are what was asked for.
            return;
        }
    }

    /// The version names the upload, so the source bucket must keep versions.
    void keepVersions(String bucket) {
        s3.putBucketVersioning(request ->
                request.bucket(bucket).versioningConfiguration(it -> it.status(BucketVersioningStatus.ENABLED)));
    }

    /// Lets landing objects go after their feed's time, and their indexes a day later, when nobody can miss them;
    /// receipts, quarantine and the pipeline's records stay.
    ///
    /// Rules that somebody else has put there stay.
    void expireLanding(String bucket, List<FeedTable> feeds) {
        List<LifecycleRule> rules = new ArrayList<>();
        for (FeedTable feed : feeds) {
            rules.add(expiry(LANDING + feed.feed(), Keys.data(feed.feed()), feed.keepLandingDays()));
            rules.add(expiry(INDEX + feed.feed(), Keys.indexes(feed.feed()), feed.keepLandingDays() + 1));
        }
        if (!rules.isEmpty()) {
            Set<String> ours = new HashSet<>();
            rules.forEach(rule -> ours.add(rule.id()));
            present(bucket).stream()
                    .filter(rule -> !ours.contains(rule.id()) && !isOfFeed(rule))
                    .forEach(rules::add);
            s3.putBucketLifecycleConfiguration(
                    request -> request.bucket(bucket).lifecycleConfiguration(it -> it.rules(rules)));
        }
    }

    private List<LifecycleRule> present(String bucket) {
        try {
            return s3.getBucketLifecycleConfiguration(get -> get.bucket(bucket)).rules();
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    /// Whether a deployment wrote it, of a feed that may be gone: the id and the prefix name the same feed.
    private static boolean isOfFeed(LifecycleRule rule) {
        if (rule.id() == null || rule.filter() == null) {
            return false;
        }
        String prefix = rule.filter().prefix();
        if (rule.id().startsWith(LANDING)) {
            return Keys.data(rule.id().substring(LANDING.length())).equals(prefix);
        }
        return rule.id().startsWith(INDEX)
                && Keys.indexes(rule.id().substring(INDEX.length())).equals(prefix);
    }

    private static LifecycleRule expiry(String id, String prefix, int days) {
        return LifecycleRule.builder()
                .id(id)
                .status(ExpirationStatus.ENABLED)
                .filter(it -> it.prefix(prefix))
                .expiration(it -> it.days(days))
                .build();
    }

    /// Has the bucket tell these, and whom somebody else has it tell. What is so already is not put again: a queue
    /// would be sent a test event each time.
    void tell(String bucket, List<LambdaFunctionConfiguration> functions, List<QueueConfiguration> queues)
            throws InterruptedException {
        GetBucketNotificationConfigurationResponse present =
                s3.getBucketNotificationConfiguration(get -> get.bucket(bucket));
        Set<String> ours = new HashSet<>();
        functions.forEach(one -> ours.add(one.id()));
        queues.forEach(one -> ours.add(one.id()));
        List<LambdaFunctionConfiguration> allFunctions = new ArrayList<>(functions);
        List<QueueConfiguration> allQueues = new ArrayList<>(queues);
        present.lambdaFunctionConfigurations().stream()
                .filter(one -> !ours.contains(one.id()))
                .forEach(allFunctions::add);
        present.queueConfigurations().stream()
                .filter(one -> !ours.contains(one.id()))
                .forEach(allQueues::add);
        if (told(allFunctions, allQueues)
                .equals(told(present.lambdaFunctionConfigurations(), present.queueConfigurations()))) {
            return;
        }
        put(
                bucket,
                NotificationConfiguration.builder()
                        .lambdaFunctionConfigurations(allFunctions)
                        .queueConfigurations(allQueues)
                        .topicConfigurations(present.hasTopicConfigurations() ? present.topicConfigurations() : null)
                        .eventBridgeConfiguration(present.eventBridgeConfiguration())
                        .build());
    }

    /// S3 sends each queue a test event first, which a policy that was set a moment ago may not let in yet.
    private void put(String bucket, NotificationConfiguration wanted) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                s3.putBucketNotificationConfiguration(put -> put.bucket(bucket).notificationConfiguration(wanted));
                return;
            } catch (S3Exception e) {
                boolean mayPass = wanted.hasQueueConfigurations()
                        && String.valueOf(e.getMessage()).contains("Unable to validate the following destination");
                if (!mayPass || tries == TRIES) {
                    throw e;
                }
                sleeper.sleep(BETWEEN_TRIES);
            }
        }
    }

    /// What is told to whom, in a form that does not depend on how S3 writes it.
    private static Set<List<String>> told(
            List<LambdaFunctionConfiguration> functions, List<QueueConfiguration> queues) {
        Set<List<String>> told = new HashSet<>();
        functions.forEach(
                one -> told.add(told(one.id(), one.lambdaFunctionArn(), one.eventsAsStrings(), one.filter())));
        queues.forEach(one -> told.add(told(one.id(), one.queueArn(), one.eventsAsStrings(), one.filter())));
        return told;
    }

    private static List<String> told(
            String id, String target, List<String> events, @Nullable NotificationConfigurationFilter filter) {
        List<String> all = new ArrayList<>(List.of(id, target));
        events.stream().sorted().forEach(all::add);
        if (filter != null && filter.key() != null) {
            filter.key().filterRules().stream()
                    .filter(rule -> !rule.value().isEmpty())
                    .map(rule -> rule.nameAsString().toLowerCase(Locale.ROOT) + "=" + rule.value())
                    .sorted()
                    .forEach(all::add);
        }
        return all;
    }

    static LambdaFunctionConfiguration function(String id, String functionArn, String prefix) {
        return LambdaFunctionConfiguration.builder()
                .id(id)
                .lambdaFunctionArn(functionArn)
                .events(List.of(Event.fromValue(CREATED)))
                .filter(prefixed(prefix))
                .build();
    }

    static QueueConfiguration queue(String id, String queueArn, String prefix) {
        return QueueConfiguration.builder()
                .id(id)
                .queueArn(queueArn)
                .events(List.of(Event.fromValue(CREATED)))
                .filter(prefixed(prefix))
                .build();
    }

    private static @Nullable NotificationConfigurationFilter prefixed(String prefix) {
        if (prefix.isEmpty()) {
            return null;
        }
        FilterRule rule =
                FilterRule.builder().name(FilterRuleName.PREFIX).value(prefix).build();
        return NotificationConfigurationFilter.builder()
                .key(S3KeyFilter.builder().filterRules(rule).build())
                .build();
    }
}
