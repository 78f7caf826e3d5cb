package dev.feedline.testkit.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.InvalidMessageContentsException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageNotInflightException;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.sqs.model.TooManyEntriesInBatchRequestException;

/// What happens to a message, whoever implements `SqsClient`.
public abstract class MessageContractSuite {
    private SqsClient sqs;
    private String name;
    private String url;

    protected abstract SqsClient client();

    @BeforeEach
    void createQueue() {
        sqs = client();
        name = "feedline-test-" + UUID.randomUUID();
        url = sqs.createQueue(request -> request.queueName(name)).queueUrl();
    }

    @Test
    void whatWasSentIsReceivedWithItsSums() {
        SendMessageResponse sent = send("hello");
        Message received = receive().getFirst();

        assertThat(received.body()).isEqualTo("hello");
        assertThat(received.messageId()).isEqualTo(sent.messageId());
        // md5sum of the five bytes
        assertThat(sent.md5OfMessageBody()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
        assertThat(received.md5OfBody()).isEqualTo(sent.md5OfMessageBody());
    }

    @Test
    void aReceivedMessageIsHiddenUntilItsTimeIsOver() {
        send("x");
        Message first = receive().getFirst();
        assertThat(receive()).isEmpty();

        sqs.changeMessageVisibility(request ->
                request.queueUrl(url).receiptHandle(first.receiptHandle()).visibilityTimeout(0));

        Message second = receive().getFirst();
        assertThat(second.messageId()).isEqualTo(first.messageId());
        assertThat(second.receiptHandle()).isNotEqualTo(first.receiptHandle());
    }

    @Test
    void theVisibilityOfManyIsChangedAtOnceEachWithItsResult() {
        send("x");
        Message first = receive().getFirst();

        var answer = sqs.changeMessageVisibilityBatch(request -> request.queueUrl(url)
                .entries(
                        entry -> entry.id("known")
                                .receiptHandle(first.receiptHandle())
                                .visibilityTimeout(0),
                        entry -> entry.id("unknown").receiptHandle("no receipt").visibilityTimeout(0)));

        assertThat(answer.successful()).extracting(entry -> entry.id()).containsExactly("known");
        assertThat(answer.failed()).singleElement().satisfies(entry -> {
            assertThat(entry.id()).isEqualTo("unknown");
            assertThat(entry.code()).isEqualTo("ReceiptHandleIsInvalid");
            assertThat(entry.senderFault()).isTrue();
        });
        assertThat(receive().getFirst().messageId()).isEqualTo(first.messageId());
    }

    @Test
    void aDeletedMessageIsGone() {
        send("x");
        Message received = receive().getFirst();
        sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(received.receiptHandle()));
        sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(received.receiptHandle()));

        assertThat(count(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .isZero();
        assertThatThrownBy(
                        () -> sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle("no receipt")))
                .isInstanceOf(ReceiptHandleIsInvalidException.class);
    }

    @Test
    void theReceiptOfAnEarlierReceptionDeletesNothing() {
        send("x");
        Message first = receiveVisibleAtOnce();
        Message second = receiveVisibleAtOnce();
        sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(first.receiptHandle()));
        assertThat(count(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)).isEqualTo(1);

        sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(second.receiptHandle()));
        assertThat(count(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)).isZero();
    }

    @Test
    void theCountsAreTrue() {
        send("seen");
        send("waiting");
        sqs.sendMessage(request -> request.queueUrl(url).messageBody("later").delaySeconds(900));
        sqs.receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(1));

        assertThat(count(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)).isEqualTo(1);
        assertThat(count(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .isEqualTo(1);
        assertThat(count(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
                .isEqualTo(1);
    }

    @Test
    void attributesTravelWithTheMessage() {
        Map<String, MessageAttributeValue> attributes = Map.of(
                "feed",
                        MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue("orders")
                                .build(),
                "feed.rows",
                        MessageAttributeValue.builder()
                                .dataType("Number")
                                .stringValue("12")
                                .build(),
                "raw",
                        MessageAttributeValue.builder()
                                .dataType("Binary.gzip")
                                .binaryValue(SdkBytes.fromByteArray(new byte[] {1, 0, (byte) 0xff}))
                                .build());
        SendMessageResponse sent = sqs.sendMessage(
                request -> request.queueUrl(url).messageBody("x").messageAttributes(attributes));

        Message all = receiveVisibleAtOnce("All");
        assertThat(all.messageAttributes()).isEqualTo(attributes);
        assertThat(all.md5OfMessageAttributes()).isEqualTo(sent.md5OfMessageAttributes());
        assertThat(receiveVisibleAtOnce("feed.*").messageAttributes().keySet())
                .containsExactlyInAnyOrder("feed", "feed.rows");
        assertThat(receiveVisibleAtOnce("raw").messageAttributes().keySet()).containsExactly("raw");
    }

    @Test
    void sqsItselfSaysWhenAndHowOftenAMessageWasReceived() {
        send("x");
        receiveVisibleAtOnce();

        Message second = sqs.receiveMessage(
                        request -> request.queueUrl(url).messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages()
                .getFirst();

        assertThat(second.attributes())
                .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2")
                .containsKeys(
                        MessageSystemAttributeName.SENDER_ID,
                        MessageSystemAttributeName.SENT_TIMESTAMP,
                        MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP);
    }

    @Test
    void messagesComeInTheOrderOfTheirSendingAtMostTenAtOnce() {
        IntStream.range(0, 12).forEach(i -> send("message " + i));

        List<Message> ten = sqs.receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(10))
                .messages();
        assertThat(ten)
                .extracting(Message::body)
                .containsExactlyElementsOf(
                        IntStream.range(0, 10).mapToObj(i -> "message " + i).toList());
        assertThatThrownBy(() ->
                        sqs.receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(11)))
                .isInstanceOf(SqsException.class)
                .hasMessageContaining("MaxNumberOfMessages");
    }

    @Test
    void aReceiverThatWaitsHearsOfAMessageSentMeanwhile() throws ExecutionException, InterruptedException {
        CompletableFuture<List<Message>> waiting = CompletableFuture.supplyAsync(
                () -> sqs.receiveMessage(request -> request.queueUrl(url).waitTimeSeconds(20))
                        .messages());
        send("at last");

        assertThat(waiting.get()).extracting(Message::body).containsExactly("at last");
    }

    @Test
    void aReceiverThatWaitsHearsOfAMessageThatBecomesVisible() {
        sqs.sendMessage(request -> request.queueUrl(url).messageBody("soon").delaySeconds(1));
        assertThat(receive()).isEmpty();

        assertThat(sqs.receiveMessage(request -> request.queueUrl(url).waitTimeSeconds(20))
                        .messages())
                .extracting(Message::body)
                .containsExactly("soon");
    }

    @Test
    void aMessageReceivedTooOftenGoesToTheDeadLetterQueue() {
        String dead =
                sqs.createQueue(request -> request.queueName(name + "-dead")).queueUrl();
        String deadArn = "arn:aws:sqs:us-east-1:000000000000:" + name + "-dead";
        sqs.setQueueAttributes(request -> request.queueUrl(url)
                .attributes(Map.of(
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"" + deadArn + "\",\"maxReceiveCount\":2}")));
        SendMessageResponse sent = send("poison");
        receiveVisibleAtOnce();
        receiveVisibleAtOnce();
        assertThat(receive()).isEmpty();

        Message letter = sqs.receiveMessage(
                        request -> request.queueUrl(dead).messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages()
                .getFirst();
        assertThat(letter.messageId()).isEqualTo(sent.messageId());
        assertThat(letter.body()).isEqualTo("poison");
        assertThat(letter.attributes())
                .containsEntry(
                        MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN,
                        "arn:aws:sqs:us-east-1:000000000000:" + name);
    }

    @Test
    void aBatchIsSentAndDeletedEntryByEntry() {
        SendMessageBatchResponse sent = sqs.sendMessageBatch(request ->
                request.queueUrl(url).entries(entry("a", "first"), entry("b", "\u0001"), entry("c", "third")));
        assertThat(sent.successful()).extracting(one -> one.id()).containsExactly("a", "c");
        assertThat(sent.failed()).singleElement().satisfies(one -> {
            assertThat(one.id()).isEqualTo("b");
            assertThat(one.code()).isEqualTo("InvalidMessageContents");
            assertThat(one.senderFault()).isTrue();
        });

        List<Message> received = sqs.receiveMessage(
                        request -> request.queueUrl(url).maxNumberOfMessages(10))
                .messages();
        var deleted = sqs.deleteMessageBatch(request -> request.queueUrl(url)
                .entries(
                        delete("x", received.get(0).receiptHandle()),
                        delete("y", received.get(1).receiptHandle()),
                        delete("z", "no receipt")));
        assertThat(deleted.successful()).extracting(one -> one.id()).containsExactly("x", "y");
        assertThat(deleted.failed()).extracting(one -> one.code()).containsExactly("ReceiptHandleIsInvalid");
        assertThat(count(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .isZero();
    }

    @Test
    void aBatchIsBounded() {
        SendMessageBatchRequestEntry[] eleven =
                IntStream.range(0, 11).mapToObj(i -> entry("e" + i, "x")).toArray(SendMessageBatchRequestEntry[]::new);
        assertThatThrownBy(() ->
                        sqs.sendMessageBatch(request -> request.queueUrl(url).entries(eleven)))
                .isInstanceOf(TooManyEntriesInBatchRequestException.class);
        assertThatThrownBy(() -> sqs.sendMessageBatch(
                        request -> request.queueUrl(url).entries(entry("a", "x"), entry("a", "y"))))
                .isInstanceOf(BatchEntryIdsNotDistinctException.class);
    }

    @Test
    void aMessageHoldsOneMebibyteOfText() {
        String largest = "x".repeat(1_048_576);
        send(largest);
        assertThat(receive().getFirst().body()).isEqualTo(largest);

        assertThatThrownBy(() -> send(largest + "x"))
                .isInstanceOf(SqsException.class)
                .hasMessageContaining("1048576");
        assertThatThrownBy(() -> send("nul \u0000")).isInstanceOf(InvalidMessageContentsException.class);
    }

    @Test
    void theVisibilityOfAMessageThatIsNotInFlightCannotBeChanged() {
        send("x");
        Message received = receiveVisibleAtOnce();

        assertThatThrownBy(() -> sqs.changeMessageVisibility(request -> request.queueUrl(url)
                        .receiptHandle(received.receiptHandle())
                        .visibilityTimeout(10)))
                .isInstanceOf(MessageNotInflightException.class);
    }

    @Test
    void aPurgeLeavesNothing() {
        send("a");
        send("b");
        receive();
        sqs.purgeQueue(request -> request.queueUrl(url));

        assertThat(count(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)).isZero();
        assertThat(count(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .isZero();
    }

    private SendMessageResponse send(String body) {
        return sqs.sendMessage(request -> request.queueUrl(url).messageBody(body));
    }

    private List<Message> receive() {
        return sqs.receiveMessage(request -> request.queueUrl(url)).messages();
    }

    /// Receives one message that stays visible.
    private Message receiveVisibleAtOnce(String... attributeNames) {
        return sqs.receiveMessage(
                        request -> request.queueUrl(url).visibilityTimeout(0).messageAttributeNames(attributeNames))
                .messages()
                .getFirst();
    }

    private long count(QueueAttributeName attribute) {
        return Long.parseLong(
                sqs.getQueueAttributes(request -> request.queueUrl(url).attributeNames(attribute))
                        .attributes()
                        .get(attribute));
    }

    private static SendMessageBatchRequestEntry entry(String id, String body) {
        return SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build();
    }

    private static DeleteMessageBatchRequestEntry delete(String id, String receipt) {
        return DeleteMessageBatchRequestEntry.builder()
                .id(id)
                .receiptHandle(receipt)
                .build();
    }
}
