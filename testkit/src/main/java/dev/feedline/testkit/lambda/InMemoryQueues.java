package dev.feedline.testkit.lambda;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;
import software.amazon.awssdk.services.sqs.model.CreateQueueResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/// Queues as far as Lambda uses them: a message that was received stays hidden until its visibility is changed.
/// A test of what queues do wrong overrides the request.
public class InMemoryQueues implements SqsClient {
    private static final String PREFIX = "http://localhost/000000000000/";

    private final Map<String, Queue> queues = new ConcurrentHashMap<>();
    private final Set<Integer> hiddenFor = ConcurrentHashMap.newKeySet();

    private record Queue(List<Stored> messages, String visibilityTimeout) {}

    private static final class Stored {
        private final Message message;
        private int received;
        private long visibleAt = System.nanoTime();

        Stored(Message message) {
            this.message = message;
        }

        Message receive() {
            received++;
            visibleAt = Long.MAX_VALUE;
            return message.toBuilder()
                    .attributes(
                            Map.of(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, Integer.toString(received)))
                    .build();
        }
    }

    @Override
    public CreateQueueResponse createQueue(CreateQueueRequest request) {
        String visibility = request.attributes().getOrDefault(QueueAttributeName.VISIBILITY_TIMEOUT, "30");
        queues.putIfAbsent(request.queueName(), new Queue(new ArrayList<>(), visibility));
        return CreateQueueResponse.builder()
                .queueUrl(PREFIX + request.queueName())
                .build();
    }

    @Override
    public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
        existing(PREFIX + request.queueName());
        return GetQueueUrlResponse.builder()
                .queueUrl(PREFIX + request.queueName())
                .build();
    }

    @Override
    public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
        Queue queue = existing(request.queueUrl());
        return GetQueueAttributesResponse.builder()
                .attributes(Map.of(
                        QueueAttributeName.QUEUE_ARN,
                        "arn:aws:sqs:us-east-1:000000000000:"
                                + request.queueUrl().substring(PREFIX.length()),
                        QueueAttributeName.VISIBILITY_TIMEOUT,
                        queue.visibilityTimeout()))
                .build();
    }

    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
        Queue queue = existing(request.queueUrl());
        String id = UUID.randomUUID().toString();
        synchronized (queue) {
            queue.messages()
                    .add(new Stored(Message.builder()
                            .messageId(id)
                            .receiptHandle(id)
                            .body(request.messageBody())
                            .messageAttributes(request.messageAttributes())
                            .build()));
            queue.notifyAll();
        }
        return SendMessageResponse.builder().messageId(id).build();
    }

    @Override
    public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
        Queue queue = existing(request.queueUrl());
        int most = request.maxNumberOfMessages() == null ? Integer.MAX_VALUE : request.maxNumberOfMessages();
        long end = System.nanoTime()
                + TimeUnit.SECONDS.toNanos(request.waitTimeSeconds() == null ? 0 : request.waitTimeSeconds());
        synchronized (queue) {
            List<Message> taken = take(queue, most);
            while (taken.isEmpty() && awaitsChange(queue, end)) {
                taken = take(queue, most);
            }
            if (!taken.isEmpty() && request.visibilityTimeout() != null) {
                hiddenFor.add(request.visibilityTimeout());
            }
            return ReceiveMessageResponse.builder().messages(taken).build();
        }
    }

    /// Waits until a message may be there that was not, and says whether that was before the end.
    private static boolean awaitsChange(Queue queue, long end) {
        long now = System.nanoTime();
        long shown = queue.messages().stream()
                .mapToLong(stored -> stored.visibleAt - now)
                .min()
                .orElse(Long.MAX_VALUE);
        if (end - now <= 0) {
            return false;
        }
        try {
            TimeUnit.NANOSECONDS.timedWait(queue, Math.max(1, Math.min(shown, end - now)));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("interrupted while waiting for messages", e);
        }
    }

    private static List<Message> take(Queue queue, int most) {
        List<Message> taken = new ArrayList<>();
        synchronized (queue) {
            Iterator<Stored> all = queue.messages().iterator();
            while (all.hasNext() && taken.size() < most) {
                Stored stored = all.next();
                if (stored.visibleAt <= System.nanoTime()) {
                    taken.add(stored.receive());
                }
            }
        }
        return taken;
    }

    @Override
    public DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
        Queue queue = existing(request.queueUrl());
        synchronized (queue) {
            request.entries()
                    .forEach(entry -> queue.messages()
                            .removeIf(stored -> stored.message.receiptHandle().equals(entry.receiptHandle())));
        }
        return DeleteMessageBatchResponse.builder().failed(List.of()).build();
    }

    @Override
    public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
            ChangeMessageVisibilityBatchRequest request) {
        Queue queue = existing(request.queueUrl());
        synchronized (queue) {
            request.entries()
                    .forEach(entry -> queue.messages().stream()
                            .filter(stored -> stored.message.receiptHandle().equals(entry.receiptHandle()))
                            .forEach(stored -> stored.visibleAt =
                                    System.nanoTime() + TimeUnit.SECONDS.toNanos(entry.visibilityTimeout())));
            queue.notifyAll();
        }
        return ChangeMessageVisibilityBatchResponse.builder().failed(List.of()).build();
    }

    /// For how many seconds messages were asked to be hidden when they were received.
    public Set<Integer> hiddenFor() {
        return Set.copyOf(hiddenFor);
    }

    /// How many messages there are, hidden ones too.
    public int size(String name) {
        Queue queue = existing(PREFIX + name);
        synchronized (queue) {
            return queue.messages().size();
        }
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    private Queue existing(String url) {
        Queue queue = queues.get(url.substring(PREFIX.length()));
        if (queue == null) {
            throw QueueDoesNotExistException.builder()
                    .message("The specified queue does not exist: " + url)
                    .statusCode(400)
                    .build();
        }
        return queue;
    }
}
