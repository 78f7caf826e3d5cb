package dev.feedline.s3.notification;

import dev.feedline.kernel.Arn;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Hands a message to its target: a function asynchronously, or a queue.
final class Delivery {
    private final LambdaClient lambda;
    private final SqsClient sqs;

    Delivery(LambdaClient lambda, SqsClient sqs) {
        this.lambda = lambda;
        this.sqs = sqs;
    }

    /// Returns when the target has acknowledged the message; throws what the target's client throws.
    void deliver(Arn target, String message) {
        switch (target.service()) {
            case "lambda" ->
                lambda.invoke(request -> request.functionName(target.toString())
                        .invocationType(InvocationType.EVENT)
                        .payload(SdkBytes.fromUtf8String(message)));
            case "sqs" -> {
                String url = sqs.getQueueUrl(request -> request.queueName(target.name()))
                        .queueUrl();
                sqs.sendMessage(request -> request.queueUrl(url).messageBody(message));
            }
            default -> throw new IllegalStateException("no rule can name such a target: " + target);
        }
    }
}
