package dev.feedline.lambda;

import dev.feedline.kernel.Arn;

/// The queue that takes what a function could not do: only SQS queues are supported here.
final class DeadLetterQueue {
    private DeadLetterQueue() {}

    static void require(String member, String arn) {
        try {
            if (Arn.parse(arn).service().equals("sqs")) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw LambdaError.INVALID_PARAMETER_VALUE.because(member + " is not an ARN: " + arn, e);
        }
        throw LambdaError.INVALID_PARAMETER_VALUE.because(
                member + " " + arn + " is not supported by Feedline: only SQS queues are");
    }
}
