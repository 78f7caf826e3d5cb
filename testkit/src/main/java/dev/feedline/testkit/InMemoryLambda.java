package dev.feedline.testkit;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/// Lambda as far as the pipeline uses it: asynchronous invocations wait in a queue until a test takes them.
public final class InMemoryLambda implements LambdaClient {
    private final Queue<InvokeRequest> waiting = new ArrayDeque<>();

    @Override
    public InvokeResponse invoke(InvokeRequest request) {
        if (request.invocationType() != InvocationType.EVENT) {
            throw new IllegalArgumentException("only InvocationType EVENT, not " + request.invocationTypeAsString());
        }
        waiting.add(request);
        return InvokeResponse.builder().statusCode(202).build();
    }

    /// The oldest invocation that waits, if there is one.
    public Optional<InvokeRequest> take() {
        return Optional.ofNullable(waiting.poll());
    }

    @Override
    public String serviceName() {
        return "lambda";
    }

    @Override
    public void close() {}
}
