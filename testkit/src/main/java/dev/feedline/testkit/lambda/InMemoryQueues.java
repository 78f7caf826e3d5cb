package dev.feedline.testkit.lambda;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;
import software.amazon.awssdk.services.sqs.model.CreateQueueResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/// Queues as far as dead letters use them: a message that was received is gone.
public final class InMemoryQueues implements SqsClient {
    private static final String PREFIX = "http://localhost/000000000000/";

    private final Map<String, Queue<Message>> queues = new ConcurrentHashMap<>();

    @Override
    public CreateQueueResponse createQueue(CreateQueueRequest request) {
        queues.putIfAbsent(request.queueName(), new ArrayDeque<>());
        return CreateQueueResponse.builder()
                .queueUrl(PREFIX + request.queueName())
                .build();
    }

    @Override
    public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
        existing(request.queueName());
        return GetQueueUrlResponse.builder()
                .queueUrl(PREFIX + request.queueName())
                .build();
    }

    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
        Queue<Message> queue = existing(request.queueUrl().substring(PREFIX.length()));
        synchronized (queue) {
            queue.add(Message.builder()
                    .body(request.messageBody())
                    .messageAttributes(request.messageAttributes())
                    .build());
        }
        return SendMessageResponse.builder().build();
    }

    @Override
    public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
        Queue<Message> queue = existing(request.queueUrl().substring(PREFIX.length()));
        List<Message> taken = new ArrayList<>();
        synchronized (queue) {
            while (!queue.isEmpty()) {
                taken.add(queue.remove());
            }
        }
        return ReceiveMessageResponse.builder().messages(taken).build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    private Queue<Message> existing(String name) {
        Queue<Message> queue = queues.get(name);
        if (queue == null) {
            throw QueueDoesNotExistException.builder()
                    .message("The specified queue does not exist: " + name)
                    .statusCode(400)
                    .build();
        }
        return queue;
    }
}
