package dev.feedline.snowflake.pipe;

import dev.feedline.snowflake.PipeQueue;
import dev.feedline.snowflake.SnowflakeError;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/// The one SQS queue that feeds the account's pipes, as Snowflake has one for each account.
public final class NotificationQueue {
    /// SQS's limit of messages in one answer.
    private static final int MOST_MESSAGES = 10;

    private final PipeQueue queue;
    private final SqsClient sqs;
    private volatile @Nullable String url;

    public NotificationQueue(PipeQueue queue) {
        this.queue = queue;
        this.sqs = queue.sqs();
    }

    String name() {
        return queue.name();
    }

    /// What SHOW PIPES calls the notification channel.
    public String arn() {
        return queue.account().arn("sqs", queue.name()).toString();
    }

    /// Creates the queue when it is not there, so that buckets can be told to notify it.
    public void ensure() {
        try {
            lost();
            url();
        } catch (SdkException e) {
            throw SnowflakeError.STORAGE.with("The queue " + queue.name() + " cannot be made: " + e.getMessage(), e);
        }
    }

    /// The next messages, or none when the wait is over; creates the queue when it is not there.
    List<Message> receive() {
        return Optional.ofNullable(sqs.receiveMessage(request -> request.queueUrl(url())
                                .maxNumberOfMessages(MOST_MESSAGES)
                                .waitTimeSeconds((int) queue.longestWait().toSeconds()))
                        .messages())
                .orElse(List.of());
    }

    /// Messages that wait and nobody has received; empty when the queue does not answer.
    Optional<Long> outstanding() {
        try {
            return Optional.ofNullable(sqs.getQueueAttributes(request -> request.queueUrl(url())
                                    .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                            .attributes()
                            .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                    .map(Long::valueOf);
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    void delete(List<Message> messages) {
        List<DeleteMessageBatchRequestEntry> entries = messages.stream()
                .map(message -> DeleteMessageBatchRequestEntry.builder()
                        .id(String.valueOf(messages.indexOf(message)))
                        .receiptHandle(message.receiptHandle())
                        .build())
                .toList();
        sqs.deleteMessageBatch(request -> request.queueUrl(url()).entries(entries));
    }

    /// Forgets the queue's address, so that the next call makes sure of the queue.
    void lost() {
        url = null;
    }

    private String url() {
        String known = url;
        if (known == null) {
            known = found();
            url = known;
        }
        return known;
    }

    /// A queue that is there is looked for first: to create it again without the attributes that somebody gave it would
    /// be refused.
    private String found() {
        try {
            return sqs.getQueueUrl(request -> request.queueName(queue.name())).queueUrl();
        } catch (QueueDoesNotExistException e) {
            return sqs.createQueue(request -> request.queueName(queue.name())).queueUrl();
        }
    }
}
