package dev.feedline.sqs.queue;

import dev.feedline.sqs.error.SqsError;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.ListQueueTagsRequest;
import software.amazon.awssdk.services.sqs.model.ListQueueTagsResponse;
import software.amazon.awssdk.services.sqs.model.TagQueueRequest;
import software.amazon.awssdk.services.sqs.model.TagQueueResponse;
import software.amazon.awssdk.services.sqs.model.UntagQueueRequest;
import software.amazon.awssdk.services.sqs.model.UntagQueueResponse;

/// The three operations on a queue's tags.
public final class QueueTags {
    static final int MOST = 50;

    private final QueueStore store;
    private final QueueUrls urls;

    public QueueTags(QueueStore store, QueueUrls urls) {
        this.store = store;
        this.urls = urls;
    }

    public TagQueueResponse tag(TagQueueRequest request) {
        String name = urls.name(request.queueUrl());
        store.write(tx -> {
            Queues.require(tx, name);
            for (Map.Entry<String, String> tag : request.tags().entrySet()) {
                Queues.setTag(tx, name, tag.getKey(), tag.getValue());
            }
            int count = Queues.tags(tx, name).size();
            if (count > MOST) {
                throw SqsError.INVALID_PARAMETER_VALUE.because(
                        "A queue has at most " + MOST + " tags; it would have " + count);
            }
            return true;
        });
        return TagQueueResponse.builder().build();
    }

    public UntagQueueResponse untag(UntagQueueRequest request) {
        String name = urls.name(request.queueUrl());
        store.write(tx -> {
            Queues.require(tx, name);
            for (String key : request.tagKeys()) {
                Queues.deleteTag(tx, name, key);
            }
            return true;
        });
        return UntagQueueResponse.builder().build();
    }

    public ListQueueTagsResponse list(ListQueueTagsRequest request) {
        String name = urls.name(request.queueUrl());
        Map<String, String> tags = store.read(tx -> {
            Queues.require(tx, name);
            return Queues.tags(tx, name);
        });
        return ListQueueTagsResponse.builder().tags(tags).build();
    }
}
