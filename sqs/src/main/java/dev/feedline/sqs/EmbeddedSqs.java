package dev.feedline.sqs;

import dev.feedline.kernel.Ground;
import dev.feedline.sqs.message.Receiving;
import dev.feedline.sqs.message.Sending;
import dev.feedline.sqs.message.Settling;
import dev.feedline.sqs.queue.QueueAttributes;
import dev.feedline.sqs.queue.QueueLife;
import dev.feedline.sqs.queue.QueueStore;
import dev.feedline.sqs.queue.QueueTags;
import dev.feedline.sqs.queue.QueueUrls;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;
import software.amazon.awssdk.services.sqs.model.CreateQueueResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.DeleteQueueRequest;
import software.amazon.awssdk.services.sqs.model.DeleteQueueResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.ListDeadLetterSourceQueuesRequest;
import software.amazon.awssdk.services.sqs.model.ListDeadLetterSourceQueuesResponse;
import software.amazon.awssdk.services.sqs.model.ListQueueTagsRequest;
import software.amazon.awssdk.services.sqs.model.ListQueueTagsResponse;
import software.amazon.awssdk.services.sqs.model.ListQueuesRequest;
import software.amazon.awssdk.services.sqs.model.ListQueuesResponse;
import software.amazon.awssdk.services.sqs.model.PurgeQueueRequest;
import software.amazon.awssdk.services.sqs.model.PurgeQueueResponse;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.TagQueueRequest;
import software.amazon.awssdk.services.sqs.model.TagQueueResponse;
import software.amazon.awssdk.services.sqs.model.UntagQueueRequest;
import software.amazon.awssdk.services.sqs.model.UntagQueueResponse;

/// SQS on one machine: standard queues, durable in a folder.
///
/// Acknowledged means on disk. Messages are delivered at least once and roughly in the order they were sent. Nothing
/// runs in the background: what is due by the clock is found by whoever asks.
public final class EmbeddedSqs implements SqsClient, AutoCloseable {
    private final QueueStore store;
    private final QueueLife life;
    private final QueueAttributes attributes;
    private final QueueTags tags;
    private final Sending sending;
    private final Receiving receiving;
    private final Settling settling;

    private EmbeddedSqs(QueueStore store, QueueUrls urls) {
        this.store = store;
        this.life = new QueueLife(store, urls);
        this.attributes = new QueueAttributes(store, urls, life);
        this.tags = new QueueTags(store, urls);
        this.sending = new Sending(store, urls);
        this.receiving = new Receiving(store, urls);
        this.settling = new Settling(store, urls);
    }

    /// Opens or creates the service in a folder of its own.
    ///
    /// @param endpoint what the URLs of queues begin with; asked whenever one is shown
    public static EmbeddedSqs open(Path folder, Ground ground, Supplier<URI> endpoint) throws IOException {
        return new EmbeddedSqs(QueueStore.open(folder, ground), new QueueUrls(ground.account(), endpoint));
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /// Answers whoever waits for messages, so that a port that closes need not cut them off.
    public void endWaits() {
        receiving.endWaits();
    }

    @Override
    public void close() {
        store.close();
    }

    @Override
    public CreateQueueResponse createQueue(CreateQueueRequest request) {
        return life.create(request);
    }

    @Override
    public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
        return life.url(request);
    }

    @Override
    public ListQueuesResponse listQueues(ListQueuesRequest request) {
        return life.list(request);
    }

    @Override
    public ListDeadLetterSourceQueuesResponse listDeadLetterSourceQueues(ListDeadLetterSourceQueuesRequest request) {
        return life.listSources(request);
    }

    @Override
    public DeleteQueueResponse deleteQueue(DeleteQueueRequest request) {
        return life.delete(request);
    }

    @Override
    public SetQueueAttributesResponse setQueueAttributes(SetQueueAttributesRequest request) {
        return attributes.set(request);
    }

    @Override
    public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
        return attributes.get(request);
    }

    @Override
    public TagQueueResponse tagQueue(TagQueueRequest request) {
        return tags.tag(request);
    }

    @Override
    public UntagQueueResponse untagQueue(UntagQueueRequest request) {
        return tags.untag(request);
    }

    @Override
    public ListQueueTagsResponse listQueueTags(ListQueueTagsRequest request) {
        return tags.list(request);
    }

    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
        return sending.send(request);
    }

    @Override
    public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
        return sending.sendBatch(request);
    }

    @Override
    public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
        return receiving.receive(request);
    }

    @Override
    public DeleteMessageResponse deleteMessage(DeleteMessageRequest request) {
        return settling.delete(request);
    }

    @Override
    public DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
        return settling.deleteBatch(request);
    }

    @Override
    public ChangeMessageVisibilityResponse changeMessageVisibility(ChangeMessageVisibilityRequest request) {
        return settling.changeVisibility(request);
    }

    @Override
    public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
            ChangeMessageVisibilityBatchRequest request) {
        return settling.changeVisibilityBatch(request);
    }

    @Override
    public PurgeQueueResponse purgeQueue(PurgeQueueRequest request) {
        return settling.purge(request);
    }
}
