package dev.feedline.feeds.deployment;

import dev.feedline.convert.Keys;
import dev.feedline.feeds.FeedTable;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.FilterRuleName;
import software.amazon.awssdk.services.s3.model.LambdaFunctionConfiguration;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.NotificationConfigurationFilter;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.S3KeyFilter;

/// Buckets and what they tell to whom.
final class BucketSetup {
    private static final String CREATED = "s3:ObjectCreated:*";

    private final S3Client s3;

    BucketSetup(S3Client s3) {
        this.s3 = s3;
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
    void expireLanding(String bucket, List<FeedTable> feeds) {
        List<LifecycleRule> rules = feeds.stream()
                .flatMap(feed -> Stream.of(
                        expiry("landing-" + feed.feed(), Keys.data(feed.feed()), feed.keepLandingDays()),
                        expiry("index-" + feed.feed(), Keys.indexes(feed.feed()), feed.keepLandingDays() + 1)))
                .toList();
        if (!rules.isEmpty()) {
            s3.putBucketLifecycleConfiguration(
                    request -> request.bucket(bucket).lifecycleConfiguration(it -> it.rules(rules)));
        }
    }

    private static LifecycleRule expiry(String id, String prefix, int days) {
        return LifecycleRule.builder()
                .id(id)
                .status(ExpirationStatus.ENABLED)
                .filter(it -> it.prefix(prefix))
                .expiration(it -> it.days(days))
                .build();
    }

    void tell(String bucket, List<LambdaFunctionConfiguration> functions, List<QueueConfiguration> queues) {
        NotificationConfiguration wanted = NotificationConfiguration.builder()
                .lambdaFunctionConfigurations(functions)
                .queueConfigurations(queues)
                .build();
        s3.putBucketNotificationConfiguration(request -> request.bucket(bucket).notificationConfiguration(wanted));
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

    private static NotificationConfigurationFilter prefixed(String prefix) {
        FilterRule rule =
                FilterRule.builder().name(FilterRuleName.PREFIX).value(prefix).build();
        return NotificationConfigurationFilter.builder()
                .key(S3KeyFilter.builder().filterRules(rule).build())
                .build();
    }
}
