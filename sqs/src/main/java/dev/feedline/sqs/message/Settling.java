package dev.feedline.sqs.message;

import dev.feedline.kernel.Transaction;
import dev.feedline.sqs.error.SqsError;
import dev.feedline.sqs.queue.QueueStore;
import dev.feedline.sqs.queue.QueueUrls;
import dev.feedline.sqs.queue.Queues;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.PurgeQueueRequest;
import software.amazon.awssdk.services.sqs.model.PurgeQueueResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// What a receiver does with what it received: delete it, or say when it may be received again.
public final class Settling {
    private final QueueStore store;
    private final QueueUrls urls;

    public Settling(QueueStore store, QueueUrls urls) {
        this.store = store;
        this.urls = urls;
    }

    /// Something done with one message of a queue.
    @FunctionalInterface
    private interface Step<E> {
        void on(Transaction tx, String queue, E entry) throws SQLException;
    }

    private record Results(List<String> done, List<BatchResultErrorEntry> failed) {}

    /// Deletes the message; a receipt of an earlier reception changes nothing and is no error.
    public DeleteMessageResponse delete(DeleteMessageRequest request) {
        ReceiptHandle handle = ReceiptHandle.parse(request.receiptHandle());
        String name = urls.name(request.queueUrl());
        store.write(tx -> {
            Queues.require(tx, name);
            return Messages.delete(tx, name, handle);
        });
        return DeleteMessageResponse.builder().build();
    }

    public DeleteMessageBatchResponse deleteBatch(DeleteMessageBatchRequest request) {
        Results results = each(
                urls.name(request.queueUrl()),
                request.entries(),
                DeleteMessageBatchRequestEntry::id,
                (tx, queue, entry) -> Messages.delete(tx, queue, ReceiptHandle.parse(entry.receiptHandle())));
        return DeleteMessageBatchResponse.builder()
                .successful(results.done().stream()
                        .map(id ->
                                DeleteMessageBatchResultEntry.builder().id(id).build())
                        .toList())
                .failed(results.failed())
                .build();
    }

    /// Makes the message visible that many seconds from now; 0 at once.
    public ChangeMessageVisibilityResponse changeVisibility(ChangeMessageVisibilityRequest request) {
        String name = urls.name(request.queueUrl());
        store.write(tx -> {
            Queues.require(tx, name);
            changeVisibility(tx, name, request.receiptHandle(), request.visibilityTimeout());
            return true;
        });
        store.ground().bell().ring(urls.arn(name));
        return ChangeMessageVisibilityResponse.builder().build();
    }

    public ChangeMessageVisibilityBatchResponse changeVisibilityBatch(ChangeMessageVisibilityBatchRequest request) {
        String name = urls.name(request.queueUrl());
        Results results = each(
                name,
                request.entries(),
                ChangeMessageVisibilityBatchRequestEntry::id,
                (tx, queue, entry) -> changeVisibility(tx, queue, entry.receiptHandle(), entry.visibilityTimeout()));
        store.ground().bell().ring(urls.arn(name));
        return ChangeMessageVisibilityBatchResponse.builder()
                .successful(results.done().stream()
                        .map(id -> ChangeMessageVisibilityBatchResultEntry.builder()
                                .id(id)
                                .build())
                        .toList())
                .failed(results.failed())
                .build();
    }

    /// Deletes every message of the queue, at once.
    public PurgeQueueResponse purge(PurgeQueueRequest request) {
        String name = urls.name(request.queueUrl());
        store.write(tx -> {
            Queues.require(tx, name);
            Messages.purge(tx, name);
            return true;
        });
        return PurgeQueueResponse.builder().build();
    }

    private <E> Results each(String name, List<E> entries, Function<E, String> id, Step<E> step) {
        BatchEntries.check(entries.stream().map(id).toList());
        return store.write(tx -> {
            Queues.require(tx, name);
            Results results = new Results(new ArrayList<>(), new ArrayList<>());
            for (E entry : entries) {
                try {
                    step.on(tx, name, entry);
                    results.done().add(id.apply(entry));
                } catch (SqsException e) {
                    results.failed().add(BatchEntries.error(id.apply(entry), e));
                }
            }
            return results;
        });
    }

    private void changeVisibility(Transaction tx, String queue, String receiptHandle, @Nullable Integer seconds)
            throws SQLException {
        ReceiptHandle handle = ReceiptHandle.parse(receiptHandle);
        int timeout = Receiving.bounded("VisibilityTimeout", seconds, 0, 0, Receiving.LONGEST_VISIBILITY_SECONDS);
        Instant now = store.ground().clock().instant();
        if (!Messages.isThere(tx, queue, handle)) {
            throw SqsError.INVALID_PARAMETER_VALUE.because("Value " + receiptHandle + " for parameter ReceiptHandle is"
                    + " invalid. Reason: Message does not exist or is not available for visibility timeout change.");
        }
        boolean inFlight =
                Messages.visibleAt(tx, queue, handle).map(at -> at.isAfter(now)).orElse(false);
        if (!inFlight) {
            throw SqsError.MESSAGE_NOT_IN_FLIGHT.because(
                    "The specified message isn't in flight: its visibility timeout is over");
        }
        Messages.setVisible(tx, handle, now.plusSeconds(timeout));
    }
}
