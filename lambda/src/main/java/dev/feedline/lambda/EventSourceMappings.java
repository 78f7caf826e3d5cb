package dev.feedline.lambda;

import dev.feedline.kernel.Arn;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.SdkJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingRequest;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;
import software.amazon.awssdk.services.lambda.model.ListEventSourceMappingsRequest;
import software.amazon.awssdk.services.lambda.model.ListEventSourceMappingsResponse;
import software.amazon.awssdk.services.lambda.model.ScalingConfig;
import software.amazon.awssdk.services.lambda.model.UpdateEventSourceMappingRequest;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/// Which queues feed which functions: made, shown, changed and deleted.
///
/// Only standard SQS queues are sources here, without filters and without a batching window, so that a batch has
/// at most ten messages. A mapping goes with its function. Whatever its `MaximumConcurrency`, no more batches run
/// at once than its function may run.
final class EventSourceMappings {
    private static final int STANDARD_BATCH = 10;
    /// What one request receives; larger batches need a batching window.
    private static final int LARGEST_BATCH = 10;
    private static final int LEAST_CONCURRENCY = 2;
    private static final int MOST_CONCURRENCY = 1000;
    private static final int LONGEST_PAGE = 100;

    private static final Set<String> CREATE = Set.of(
            "EventSourceArn",
            "FunctionName",
            "Enabled",
            "BatchSize",
            "MaximumBatchingWindowInSeconds",
            "FunctionResponseTypes",
            "ScalingConfig");
    private static final Set<String> UPDATE = Set.of(
            "UUID",
            "FunctionName",
            "Enabled",
            "BatchSize",
            "MaximumBatchingWindowInSeconds",
            "FunctionResponseTypes",
            "ScalingConfig");

    private final LambdaStore store;
    private final SqsClient sqs;
    private final Ground ground;

    EventSourceMappings(LambdaStore store, SqsClient sqs, Ground ground) {
        this.store = store;
        this.sqs = sqs;
        this.ground = ground;
    }

    EventSourceMappingConfiguration create(CreateEventSourceMappingRequest request) {
        Requests.requireOnly(CREATE, request);
        FunctionName name = FunctionName.parse(request.functionName(), null, ground.account());
        Arn queue = queue(request.eventSourceArn());
        check(request.batchSize(), request.maximumBatchingWindowInSeconds(), request.scalingConfig(), request);
        check(request.functionResponseTypesAsStrings());
        Function function = store.read(tx -> Function.existing(tx, name, ground.account()));
        requireQueue(queue, function.timeout());
        String uuid = ground.ids().uuid().toString();
        SourceMapping made = new SourceMapping(
                name.name(),
                EventSourceMappingConfiguration.builder()
                        .uuid(uuid)
                        .eventSourceMappingArn(ground.account()
                                .arn("lambda", "event-source-mapping:" + uuid)
                                .toString())
                        .eventSourceArn(queue.toString())
                        .functionArn(function.arn())
                        .batchSize(request.batchSize() == null ? STANDARD_BATCH : request.batchSize())
                        .maximumBatchingWindowInSeconds(0)
                        .functionResponseTypes(
                                request.hasFunctionResponseTypes() ? request.functionResponseTypes() : null)
                        .scalingConfig(request.scalingConfig())
                        .state(state(request.enabled()))
                        .stateTransitionReason("USER_INITIATED")
                        .lastModified(ground.clock().instant())
                        .build());
        store.write(tx -> {
            Function.existing(tx, name, ground.account());
            SourceMapping.of(tx, name.name(), made.queue()).ifPresent(present -> {
                throw LambdaError.RESOURCE_CONFLICT.because("The event source arn (\" " + present.queue()
                        + " \") and function (\" " + present.function() + " \") provided mapping already exists."
                        + " Please update or delete the existing mapping with UUID " + present.uuid());
            });
            made.put(tx);
            return null;
        });
        return made.configuration();
    }

    EventSourceMappingConfiguration get(String uuid) {
        return store.read(tx -> SourceMapping.find(tx, uuid).orElseThrow(EventSourceMappings::missing))
                .configuration();
    }

    ListEventSourceMappingsResponse list(ListEventSourceMappingsRequest request) {
        Requests.requireOnly(Set.of("EventSourceArn", "FunctionName", "Marker", "MaxItems"), request);
        int most = request.maxItems() == null ? LONGEST_PAGE : Math.min(request.maxItems(), LONGEST_PAGE);
        Requests.requireWithin("maxItems", most, 1, LONGEST_PAGE);
        String after = request.marker() == null ? "" : request.marker();
        String function = request.functionName() == null
                ? ""
                : FunctionName.parse(request.functionName(), null, ground.account())
                        .name();
        List<EventSourceMappingConfiguration> found = store.read(SourceMapping::all).stream()
                .filter(one -> one.uuid().compareTo(after) > 0)
                .filter(one -> function.isEmpty() || one.function().equals(function))
                .filter(one -> request.eventSourceArn() == null || one.queue().equals(request.eventSourceArn()))
                .map(SourceMapping::configuration)
                .toList();
        return ListEventSourceMappingsResponse.builder()
                .eventSourceMappings(found.subList(0, Math.min(most, found.size())))
                .nextMarker(found.size() > most ? found.get(most - 1).uuid() : null)
                .build();
    }

    EventSourceMappingConfiguration update(UpdateEventSourceMappingRequest request) {
        Requests.requireOnly(UPDATE, request);
        check(request.batchSize(), request.maximumBatchingWindowInSeconds(), request.scalingConfig(), request);
        check(request.functionResponseTypesAsStrings());
        return store.write(tx -> {
            SourceMapping present = SourceMapping.find(tx, request.uuid()).orElseThrow(EventSourceMappings::missing);
            String name = request.functionName() == null
                    ? present.function()
                    : FunctionName.parse(request.functionName(), null, ground.account())
                            .name();
            if (!name.equals(present.function())) {
                throw Requests.unsupported("FunctionName of another function", request);
            }
            EventSourceMappingConfiguration old = present.configuration();
            EventSourceMappingConfiguration.Builder changed =
                    old.toBuilder().lastModified(ground.clock().instant());
            if (request.batchSize() != null) {
                changed.batchSize(request.batchSize());
            }
            if (request.hasFunctionResponseTypes()) {
                changed.functionResponseTypes(request.functionResponseTypes());
            }
            if (request.scalingConfig() != null) {
                changed.scalingConfig(request.scalingConfig());
            }
            if (request.enabled() != null) {
                changed.state(state(request.enabled()));
            }
            SourceMapping updated = new SourceMapping(present.function(), changed.build());
            updated.put(tx);
            return updated.configuration();
        });
    }

    EventSourceMappingConfiguration delete(String uuid) {
        return store
                .write(tx -> {
                    SourceMapping present = SourceMapping.find(tx, uuid).orElseThrow(EventSourceMappings::missing);
                    present.delete(tx);
                    return present.configuration();
                })
                .toBuilder()
                .state("Deleting")
                .build();
    }

    /// The same answer in another response of the SDK's, whose members have the same names.
    static <T> T as(SdkBuilder<?, T> response, SdkPojo mapping) {
        return SdkJson.read(SdkJson.write(mapping), response);
    }

    private static String state(@Nullable Boolean enabled) {
        return Boolean.FALSE.equals(enabled) ? SourceMapping.DISABLED : SourceMapping.ENABLED;
    }

    private static Arn queue(@Nullable String arn) {
        if (arn == null) {
            throw LambdaError.INVALID_PARAMETER_VALUE.because("Missing parameter 'EventSourceArn'");
        }
        DeadLetterQueue.require("EventSourceArn", arn);
        if (arn.endsWith(".fifo")) {
            throw LambdaError.INVALID_PARAMETER_VALUE.because(
                    "EventSourceArn " + arn + " is not supported by Feedline: only standard queues are");
        }
        return Arn.parse(arn);
    }

    private static void check(
            @Nullable Integer batch, @Nullable Integer window, @Nullable ScalingConfig scaling, SdkPojo request) {
        if (batch != null) {
            Requests.requireWithin("batchSize", batch, 1, LARGEST_BATCH);
        }
        if (window != null && window != 0) {
            throw Requests.unsupported("MaximumBatchingWindowInSeconds", request);
        }
        if (scaling != null && scaling.maximumConcurrency() != null) {
            Requests.requireWithin(
                    "scalingConfig.maximumConcurrency",
                    scaling.maximumConcurrency(),
                    LEAST_CONCURRENCY,
                    MOST_CONCURRENCY);
        }
    }

    private static void check(List<String> responseTypes) {
        for (String type : responseTypes) {
            if (!type.equals(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES.toString())) {
                throw LambdaError.INVALID_PARAMETER_VALUE.because("FunctionResponseTypes " + type + " is none of "
                        + FunctionResponseType.REPORT_BATCH_ITEM_FAILURES);
            }
        }
    }

    /// A message that became visible while its function still works on it would be worked on twice.
    private void requireQueue(Arn queue, Duration timeout) {
        Map<QueueAttributeName, String> attributes;
        try {
            String url = sqs.getQueueUrl(get -> get.queueName(queue.resource())).queueUrl();
            attributes = sqs.getQueueAttributes(get -> get.queueUrl(url)
                            .attributeNames(QueueAttributeName.QUEUE_ARN, QueueAttributeName.VISIBILITY_TIMEOUT))
                    .attributes();
        } catch (SdkException e) {
            throw LambdaError.INVALID_PARAMETER_VALUE.because(
                    "Error occurred while ReceiveMessage. The queue " + queue + " does not answer: " + e.getMessage(),
                    e);
        }
        String here = attributes.get(QueueAttributeName.QUEUE_ARN);
        if (!queue.toString().equals(here)) {
            throw LambdaError.INVALID_PARAMETER_VALUE.because(
                    "Error occurred while ReceiveMessage. The queue of that name is " + here + ", not " + queue);
        }
        long visibility = Long.parseLong(attributes.getOrDefault(QueueAttributeName.VISIBILITY_TIMEOUT, "30"));
        if (visibility < timeout.toSeconds()) {
            throw LambdaError.INVALID_PARAMETER_VALUE.because("Queue visibility timeout: " + visibility
                    + " seconds is less than Function timeout: " + timeout.toSeconds() + " seconds");
        }
    }

    private static RuntimeException missing() {
        return LambdaError.RESOURCE_NOT_FOUND.because("The resource you requested does not exist.");
    }
}
