package dev.feedline.s3.notification;

import dev.feedline.s3.error.Honoured;
import dev.feedline.s3.error.S3Error;
import dev.feedline.s3.state.Buckets;
import dev.feedline.s3.state.S3Store;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.LambdaFunctionConfiguration;
import software.amazon.awssdk.services.s3.model.NotificationConfigurationFilter;
import software.amazon.awssdk.services.s3.model.PutBucketNotificationConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Puts and shows a bucket's notification configuration.
public final class BucketNotifications {
    private static final Honoured PUT =
            Honoured.members("Bucket", "NotificationConfiguration", "SkipDestinationValidation");
    private static final Honoured GET = Honoured.members("Bucket");

    private final S3Store store;
    private final LambdaClient lambda;
    private final Delivery delivery;
    private final EventJson json;

    public BucketNotifications(S3Store store, LambdaClient lambda, SqsClient sqs) {
        this.store = store;
        this.lambda = lambda;
        this.delivery = new Delivery(lambda, sqs);
        this.json = new EventJson(store.ground());
    }

    /// Replaces the configuration as a whole, once every target has been found: a function by its name, a queue by
    /// sending it the test event.
    public PutBucketNotificationConfigurationResponse put(PutBucketNotificationConfigurationRequest request) {
        PUT.check(request, store.ground().account());
        List<NotificationRule> rules = new RuleReading(store.ground().ids()).read(request.notificationConfiguration());
        store.read(tx -> Buckets.require(tx, request.bucket()));
        if (!Boolean.TRUE.equals(request.skipDestinationValidation())) {
            rules.forEach(rule -> requireTarget(request.bucket(), rule));
        }
        store.change(change -> {
            Buckets.require(change.tx(), request.bucket());
            NotificationRules.replace(change.tx(), request.bucket(), rules);
            return true;
        });
        return PutBucketNotificationConfigurationResponse.builder().build();
    }

    public GetBucketNotificationConfigurationResponse get(GetBucketNotificationConfigurationRequest request) {
        GET.check(request, store.ground().account());
        List<NotificationRule> rules = store.read(tx -> {
            Buckets.require(tx, request.bucket());
            return NotificationRules.of(tx, request.bucket());
        });
        List<LambdaFunctionConfiguration> functions = rules.stream()
                .filter(rule -> !rule.isForQueue())
                .map(BucketNotifications::function)
                .toList();
        List<QueueConfiguration> queues = rules.stream()
                .filter(NotificationRule::isForQueue)
                .map(BucketNotifications::queue)
                .toList();
        return GetBucketNotificationConfigurationResponse.builder()
                .lambdaFunctionConfigurations(functions.isEmpty() ? null : functions)
                .queueConfigurations(queues.isEmpty() ? null : queues)
                .build();
    }

    private void requireTarget(String bucket, NotificationRule rule) {
        try {
            if (rule.isForQueue()) {
                delivery.deliver(
                        rule.target(), json.test(bucket, store.ground().clock().instant()));
            } else {
                lambda.getFunction(request -> request.functionName(rule.target().toString()));
            }
        } catch (ResourceNotFoundException e) {
            throw unreachable(rule, e);
        } catch (SdkException e) {
            if (!rule.isForQueue()) {
                throw e;
            }
            throw unreachable(rule, e);
        }
    }

    private static RuntimeException unreachable(NotificationRule rule, SdkException e) {
        return S3Error.INVALID_ARGUMENT.because(
                "Unable to validate the following destination configurations: " + rule.target() + ": " + e.getMessage(),
                e);
    }

    private static LambdaFunctionConfiguration function(NotificationRule rule) {
        return LambdaFunctionConfiguration.builder()
                .id(rule.id())
                .lambdaFunctionArn(rule.target().toString())
                .eventsWithStrings(rule.events())
                .applyMutation(one -> filter(rule, one::filter))
                .build();
    }

    private static QueueConfiguration queue(NotificationRule rule) {
        return QueueConfiguration.builder()
                .id(rule.id())
                .queueArn(rule.target().toString())
                .eventsWithStrings(rule.events())
                .applyMutation(one -> filter(rule, one::filter))
                .build();
    }

    private static void filter(NotificationRule rule, Consumer<NotificationConfigurationFilter> into) {
        List<FilterRule> rules = Stream.of(
                        FilterRule.builder().name("Prefix").value(rule.prefix()).build(),
                        FilterRule.builder().name("Suffix").value(rule.suffix()).build())
                .filter(one -> !one.value().isEmpty())
                .toList();
        if (!rules.isEmpty()) {
            into.accept(NotificationConfigurationFilter.builder()
                    .key(key -> key.filterRules(rules))
                    .build());
        }
    }
}
