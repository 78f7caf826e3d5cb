package dev.feedline.sqs.queue;

import dev.feedline.sqs.error.SqsError;
import dev.feedline.sqs.message.MessageCounts;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesResponse;

/// Sets and shows a queue's attributes; the counts among them are exact.
public final class QueueAttributes {
    private static final Set<String> OF_FIFO_AND_KEYS = Set.of(
            "FifoQueue",
            "ContentBasedDeduplication",
            "DeduplicationScope",
            "FifoThroughputLimit",
            "KmsMasterKeyId",
            "KmsDataKeyReusePeriodSeconds",
            "RedriveAllowPolicy");

    private final QueueStore store;
    private final QueueUrls urls;
    private final QueueLife life;

    public QueueAttributes(QueueStore store, QueueUrls urls, QueueLife life) {
        this.store = store;
        this.urls = urls;
        this.life = life;
    }

    public SetQueueAttributesResponse set(SetQueueAttributesRequest request) {
        String name = urls.name(request.queueUrl());
        Map<String, String> given = checked(request.attributesAsStrings());
        Instant now = store.ground().clock().instant();
        store.write(tx -> {
            Queues.require(tx, name);
            life.requireDeadLetterQueue(tx, given);
            Queues.setAttributes(tx, name, given, now);
            return true;
        });
        return SetQueueAttributesResponse.builder().build();
    }

    public GetQueueAttributesResponse get(GetQueueAttributesRequest request) {
        String name = urls.name(request.queueUrl());
        Instant now = store.ground().clock().instant();
        Map<String, String> all = store.read(tx -> {
            Queue queue = Queues.require(tx, name);
            return shown(queue, MessageCounts.of(tx, name, now));
        });
        List<String> asked = request.attributeNamesAsStrings();
        return GetQueueAttributesResponse.builder()
                .attributesWithStrings(selected(all, asked))
                .build();
    }

    /// Refuses attributes that are unknown, cannot be honoured, or have no such value.
    static Map<String, String> checked(Map<String, String> given) {
        given.forEach((name, value) -> {
            if (OF_FIFO_AND_KEYS.contains(name)) {
                throw SqsError.UNSUPPORTED_OPERATION.because("Feedline does not honour the queue attribute " + name
                        + " (no FIFO queues, no encryption, no redrive permissions) and will not ignore it");
            }
            QueueAttribute.named(name)
                    .orElseThrow(() -> SqsError.INVALID_ATTRIBUTE_NAME.because("Unknown Attribute " + name + "."))
                    .check(value);
        });
        return given;
    }

    private Map<String, String> shown(Queue queue, MessageCounts counts) {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("QueueArn", urls.arn(queue.name()));
        shown.put("CreatedTimestamp", Long.toString(queue.created().getEpochSecond()));
        shown.put("LastModifiedTimestamp", Long.toString(queue.modified().getEpochSecond()));
        shown.put("ApproximateNumberOfMessages", Long.toString(counts.visible()));
        shown.put("ApproximateNumberOfMessagesNotVisible", Long.toString(counts.inFlight()));
        shown.put("ApproximateNumberOfMessagesDelayed", Long.toString(counts.delayed()));
        for (QueueAttribute attribute : QueueAttribute.values()) {
            String value = queue.value(attribute);
            if (!value.isEmpty()) {
                shown.put(attribute.wireName(), value);
            }
        }
        return shown;
    }

    private static Map<String, String> selected(Map<String, String> all, List<String> asked) {
        if (asked.contains("All")) {
            return all;
        }
        for (String name : asked) {
            if (!all.containsKey(name) && QueueAttribute.named(name).isEmpty() && !OF_FIFO_AND_KEYS.contains(name)) {
                throw SqsError.INVALID_ATTRIBUTE_NAME.because("Unknown Attribute " + name + ".");
            }
        }
        Map<String, String> selected = new HashMap<>(all);
        selected.keySet().retainAll(asked);
        return selected;
    }
}
