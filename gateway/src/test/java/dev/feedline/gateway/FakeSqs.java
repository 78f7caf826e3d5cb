package dev.feedline.gateway;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.utils.Md5Utils;

/// Answers as SQS does, with the MD5 that the SDK checks; no queue exists by name, and a long poll is cut off as by a
/// server that closes.
final class FakeSqs implements SqsClient {
    @Override
    public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
        throw AbortedException.create("interrupted while waiting for messages", new InterruptedException());
    }

    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
        byte[] md5 = Md5Utils.computeMD5Hash(request.messageBody().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return SendMessageResponse.builder()
                .messageId("id of " + request.messageBody())
                .md5OfMessageBody(java.util.HexFormat.of().formatHex(md5))
                .build();
    }

    @Override
    public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
        throw QueueDoesNotExistException.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("QueueDoesNotExist")
                        .errorMessage("The specified queue does not exist.")
                        .build())
                .build();
    }

    @Override
    public String serviceName() {
        return "sqs";
    }

    @Override
    public void close() {}
}
