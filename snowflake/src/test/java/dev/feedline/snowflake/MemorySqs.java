package dev.feedline.snowflake;

import dev.feedline.kernel.Account;
import dev.feedline.kernel.Bell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;
import software.amazon.awssdk.services.sqs.model.CreateQueueResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/// One queue in memory; a message that was received is not given again.
final class MemorySqs implements SqsClient {
    private final Bell bell;
    private final Map<String, String> waiting = new LinkedHashMap<>();
    private final Map<String, String> taken = new LinkedHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final List<String> queues = new ArrayList<>();

    MemorySqs(Bell bell) {
        this.bell = bell;
    }

    /// An S3 event of one created object.
    void objectCreated(String bucket, String key, long size, String etag) {
        String urlKey = java.net.URLEncoder.encode(key, java.nio.charset.StandardCharsets.UTF_8)
                .replace("%2F", "/");
        send("""
                {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put",
                "s3":{"bucket":{"name":"%s"},"object":{"key":"%s","size":%d,"eTag":"%s"}}}]}""".formatted(bucket, urlKey, size, etag));
    }

    void send(String body) {
        synchronized (this) {
            waiting.put("m" + numbers.incrementAndGet(), body);
        }
        bell.ring(Account.LOCAL.arn("sqs", "sf-snowpipe-feedline").toString());
    }

    /// Messages neither taken nor deleted, and those taken and not deleted.
    synchronized int left() {
        return waiting.size() + taken.size();
    }

    synchronized List<String> queues() {
        return List.copyOf(queues);
    }

    /// Gives what was taken and not deleted again, as a queue does after the visibility timeout.
    synchronized void giveAgain() {
        waiting.putAll(taken);
        taken.clear();
    }

    @Override
    public synchronized GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
        if (!queues.contains(request.queueName())) {
            throw QueueDoesNotExistException.builder()
                    .message("The specified queue does not exist.")
                    .build();
        }
        return GetQueueUrlResponse.builder()
                .queueUrl("http://127.0.0.1:4566/000000000000/" + request.queueName())
                .build();
    }

    @Override
    public synchronized CreateQueueResponse createQueue(CreateQueueRequest request) {
        queues.add(request.queueName());
        return CreateQueueResponse.builder()
                .queueUrl("http://127.0.0.1:4566/000000000000/" + request.queueName())
                .build();
    }

    @Override
    public synchronized ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
        List<Message> messages = new ArrayList<>();
        for (String id : List.copyOf(waiting.keySet())) {
            if (messages.size() == 10) {
                break;
            }
            String body = java.util.Objects.requireNonNull(waiting.remove(id));
            taken.put(id, body);
            messages.add(
                    Message.builder().messageId(id).receiptHandle(id).body(body).build());
        }
        return ReceiveMessageResponse.builder().messages(messages).build();
    }

    @Override
    public synchronized GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
        return GetQueueAttributesResponse.builder()
                .attributes(java.util.Map.of(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, String.valueOf(waiting.size())))
                .build();
    }

    @Override
    public synchronized DeleteMessageResponse deleteMessage(DeleteMessageRequest request) {
        taken.remove(request.receiptHandle());
        return DeleteMessageResponse.builder().build();
    }

    @Override
    public synchronized DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
        request.entries().forEach(entry -> taken.remove(entry.receiptHandle()));
        return DeleteMessageBatchResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return "sqs";
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
