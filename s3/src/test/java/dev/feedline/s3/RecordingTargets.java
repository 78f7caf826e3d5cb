package dev.feedline.s3;

import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/// A Lambda and an SQS that write down what they are sent; names in `missing` are not there.
final class RecordingTargets {
    final Set<String> missing = ConcurrentHashMap.newKeySet();
    final List<String> refused = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();

    record Message(String target, String text) {}

    /// The next message; fails the test when none comes.
    Message next() throws InterruptedException {
        Message message = received.poll(20, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no message came; refused were " + refused);
        }
        return message;
    }

    LambdaClient lambda() {
        return new LambdaClient() {
            @Override
            public InvokeResponse invoke(InvokeRequest request) {
                if (request.invocationType() != InvocationType.EVENT) {
                    throw new AssertionError("not asynchronous: " + request);
                }
                requireFunction(request.functionName());
                received.add(
                        new Message(request.functionName(), request.payload().asUtf8String()));
                return InvokeResponse.builder().statusCode(202).build();
            }

            @Override
            public GetFunctionResponse getFunction(GetFunctionRequest request) {
                requireFunction(request.functionName());
                return GetFunctionResponse.builder().build();
            }

            @Override
            public String serviceName() {
                return "lambda";
            }

            @Override
            public void close() {}
        };
    }

    SqsClient sqs() {
        return new SqsClient() {
            @Override
            public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
                if (missing.contains(request.queueName())) {
                    refused.add(request.queueName());
                    throw QueueDoesNotExistException.builder()
                            .message("no queue " + request.queueName())
                            .build();
                }
                return GetQueueUrlResponse.builder()
                        .queueUrl("http://localhost/000000000000/" + request.queueName())
                        .build();
            }

            @Override
            public SendMessageResponse sendMessage(SendMessageRequest request) {
                received.add(new Message(request.queueUrl(), request.messageBody()));
                return SendMessageResponse.builder().build();
            }

            @Override
            public String serviceName() {
                return "sqs";
            }

            @Override
            public void close() {}
        };
    }

    private void requireFunction(String arn) {
        if (missing.contains(arn)) {
            refused.add(arn);
            throw ResourceNotFoundException.builder()
                    .message("no function " + arn)
                    .build();
        }
    }
}
