package dev.feedline.feeds.deployment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.PutBucketNotificationConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// S3 as one account in one region other than us-east-1 sees it, as far as buckets are set up: names are the world's,
/// and what the request must say about the region is required.
final class AccountS3 implements S3Client {
    private final String account;
    private final String region;
    /// Whose each bucket is.
    final Map<String, String> owners = new HashMap<>();
    /// Buckets that the HEAD does not show yet, as when two ask at once.
    final List<String> unseen = new ArrayList<>();
    final Map<String, List<LifecycleRule>> rules = new HashMap<>();
    final Map<String, NotificationConfiguration> notifications = new HashMap<>();
    /// How often a notification is refused, since its queue does not let S3 in yet.
    int refusals;
    int puts;

    AccountS3(String account, String region) {
        this.account = account;
        this.region = region;
    }

    @Override
    public HeadBucketResponse headBucket(HeadBucketRequest request) {
        String owner = unseen.contains(request.bucket()) ? null : owners.get(request.bucket());
        if (owner == null) {
            throw refusal(S3Exception.builder(), 404, "");
        }
        if (!owner.equals(account) || !owner.equals(request.expectedBucketOwner())) {
            throw refusal(S3Exception.builder(), 403, "");
        }
        return HeadBucketResponse.builder().build();
    }

    @Override
    public CreateBucketResponse createBucket(CreateBucketRequest request) {
        @Nullable
        String asked = request.createBucketConfiguration() == null
                ? null
                : request.createBucketConfiguration().locationConstraintAsString();
        // The endpoint of us-east-1 wants none, every other one its own.
        if (!Optional.ofNullable(asked).orElse("us-east-1").equals(region) || "us-east-1".equals(asked)) {
            throw refusal(S3Exception.builder(), 400, "The unspecified location constraint is incompatible");
        }
        String owner = owners.putIfAbsent(request.bucket(), account);
        if (owner != null) {
            throw owner.equals(account)
                    ? refusal(BucketAlreadyOwnedByYouException.builder(), 409, "yours already")
                    : refusal(BucketAlreadyExistsException.builder(), 409, "not available");
        }
        return CreateBucketResponse.builder().build();
    }

    @Override
    public GetBucketLifecycleConfigurationResponse getBucketLifecycleConfiguration(
            GetBucketLifecycleConfigurationRequest request) {
        List<LifecycleRule> present = rules.get(request.bucket());
        if (present == null) {
            throw refusal(S3Exception.builder(), 404, "The lifecycle configuration does not exist");
        }
        return GetBucketLifecycleConfigurationResponse.builder().rules(present).build();
    }

    @Override
    public PutBucketLifecycleConfigurationResponse putBucketLifecycleConfiguration(
            PutBucketLifecycleConfigurationRequest request) {
        rules.put(request.bucket(), request.lifecycleConfiguration().rules());
        return PutBucketLifecycleConfigurationResponse.builder().build();
    }

    @Override
    public GetBucketNotificationConfigurationResponse getBucketNotificationConfiguration(
            GetBucketNotificationConfigurationRequest request) {
        NotificationConfiguration present = notifications.getOrDefault(
                request.bucket(), NotificationConfiguration.builder().build());
        return GetBucketNotificationConfigurationResponse.builder()
                .lambdaFunctionConfigurations(present.lambdaFunctionConfigurations())
                .queueConfigurations(present.queueConfigurations())
                .topicConfigurations(present.topicConfigurations())
                .eventBridgeConfiguration(present.eventBridgeConfiguration())
                .build();
    }

    @Override
    public PutBucketNotificationConfigurationResponse putBucketNotificationConfiguration(
            PutBucketNotificationConfigurationRequest request) {
        puts++;
        if (refusals-- > 0) {
            throw refusal(S3Exception.builder(), 400, "Unable to validate the following destination configurations");
        }
        notifications.put(request.bucket(), request.notificationConfiguration());
        return PutBucketNotificationConfigurationResponse.builder().build();
    }

    private static S3Exception refusal(S3Exception.Builder builder, int status, String message) {
        return (S3Exception) builder.statusCode(status).message(message).build();
    }

    @Override
    public String serviceName() {
        return "s3";
    }

    @Override
    public void close() {}
}
