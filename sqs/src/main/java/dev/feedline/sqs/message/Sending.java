package dev.feedline.sqs.message;

import dev.feedline.kernel.Caller;
import dev.feedline.kernel.Transaction;
import dev.feedline.sqs.error.Honoured;
import dev.feedline.sqs.error.SqsError;
import dev.feedline.sqs.queue.Queue;
import dev.feedline.sqs.queue.QueueStore;
import dev.feedline.sqs.queue.QueueUrls;
import dev.feedline.sqs.queue.Queues;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// SendMessage and SendMessageBatch.
public final class Sending {
    /// All messages of one batch together, since 2025: 1 MiB.
    static final int LARGEST_BATCH = 1_048_576;

    private static final Honoured ONE = Honoured.of(
            "SendMessage", "QueueUrl", "MessageBody", "DelaySeconds", "MessageAttributes", "MessageSystemAttributes");
    private static final Honoured ENTRY = Honoured.of(
            "SendMessageBatch", "Id", "MessageBody", "DelaySeconds", "MessageAttributes", "MessageSystemAttributes");

    private final QueueStore store;
    private final QueueUrls urls;

    public Sending(QueueStore store, QueueUrls urls) {
        this.store = store;
        this.urls = urls;
    }

    private record Parcel(NewMessage message, @Nullable Integer delaySeconds) {}

    public SendMessageResponse send(SendMessageRequest request) {
        ONE.check(request);
        NewMessage message = new NewMessage(
                id(),
                request.messageBody(),
                sender(),
                request.messageAttributes(),
                NewMessage.trace(request.messageSystemAttributesAsStrings()));
        Parcel parcel = new Parcel(message, request.delaySeconds());
        Map<String, SqsException> refused = sendAll(urls.name(request.queueUrl()), Map.of(message.id(), parcel));
        if (!refused.isEmpty()) {
            throw refused.values().iterator().next();
        }
        return SendMessageResponse.builder()
                .messageId(message.id())
                .md5OfMessageBody(Md5.ofBody(message.body()))
                .md5OfMessageAttributes(Md5.ofAttributes(message.attributes()))
                .md5OfMessageSystemAttributes(SystemAttributes.md5(message.trace()))
                .build();
    }

    public SendMessageBatchResponse sendBatch(SendMessageBatchRequest request) {
        BatchEntries.check(
                request.entries().stream().map(SendMessageBatchRequestEntry::id).toList());
        request.entries().forEach(ENTRY::check);
        Map<String, Parcel> parcels = new LinkedHashMap<>();
        List<BatchResultErrorEntry> failed = new ArrayList<>();
        for (SendMessageBatchRequestEntry entry : request.entries()) {
            try {
                parcels.put(entry.id(), new Parcel(message(entry), entry.delaySeconds()));
            } catch (SqsException e) {
                failed.add(BatchEntries.error(entry.id(), e));
            }
        }
        requireBatchSize(parcels);
        Map<String, SqsException> refused = sendAll(urls.name(request.queueUrl()), parcels);
        refused.forEach((id, e) -> failed.add(BatchEntries.error(id, e)));
        parcels.keySet().removeAll(refused.keySet());
        return SendMessageBatchResponse.builder()
                .successful(parcels.entrySet().stream()
                        .map(one -> result(one.getKey(), one.getValue().message()))
                        .toList())
                .failed(failed)
                .build();
    }

    /// Sends what can be sent and returns the rest with the reason.
    private Map<String, SqsException> sendAll(String name, Map<String, Parcel> parcels) {
        Instant now = store.ground().clock().instant();
        Map<String, SqsException> refused = store.write(tx -> {
            Queue queue = Queues.require(tx, name);
            Messages.deleteExpired(tx, name, now);
            Map<String, SqsException> failed = new HashMap<>();
            for (Map.Entry<String, Parcel> parcel : parcels.entrySet()) {
                try {
                    insert(tx, queue, parcel.getValue(), now);
                } catch (SqsException e) {
                    failed.put(parcel.getKey(), e);
                }
            }
            return failed;
        });
        store.ground().bell().ring(urls.arn(name));
        return refused;
    }

    private static void insert(Transaction tx, Queue queue, Parcel parcel, Instant now) throws SQLException {
        if (parcel.message().size() > queue.largestMessage()) {
            throw SqsError.INVALID_PARAMETER_VALUE.because(
                    "One or more parameters are invalid. Reason: Message must be shorter than " + queue.largestMessage()
                            + " bytes; it has " + parcel.message().size() + ".");
        }
        Instant visible = now.plus(delay(queue, parcel.delaySeconds()));
        Messages.insert(tx, queue.name(), parcel.message(), now, visible, now.plus(queue.retention()));
    }

    private static Duration delay(Queue queue, @Nullable Integer seconds) {
        if (seconds == null) {
            return queue.delay();
        }
        if (seconds < 0 || seconds > 900) {
            throw SqsError.INVALID_PARAMETER_VALUE.because("Value " + seconds
                    + " for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.");
        }
        return Duration.ofSeconds(seconds);
    }

    private NewMessage message(SendMessageBatchRequestEntry entry) {
        return new NewMessage(
                id(),
                entry.messageBody(),
                sender(),
                entry.messageAttributes(),
                NewMessage.trace(entry.messageSystemAttributesAsStrings()));
    }

    private static void requireBatchSize(Map<String, Parcel> parcels) {
        long size =
                parcels.values().stream().mapToLong(one -> one.message().size()).sum();
        if (size > LARGEST_BATCH) {
            throw SqsError.BATCH_REQUEST_TOO_LONG.because("Batch requests cannot be longer than " + LARGEST_BATCH
                    + " bytes. You have sent " + size + " bytes.");
        }
    }

    private static SendMessageBatchResultEntry result(String id, NewMessage message) {
        return SendMessageBatchResultEntry.builder()
                .id(id)
                .messageId(message.id())
                .md5OfMessageBody(Md5.ofBody(message.body()))
                .md5OfMessageAttributes(Md5.ofAttributes(message.attributes()))
                .md5OfMessageSystemAttributes(SystemAttributes.md5(message.trace()))
                .build();
    }

    private String id() {
        return store.ground().ids().uuid().toString();
    }

    private String sender() {
        Optional<String> caller = Caller.current().map(Caller::accessKeyId);
        return caller.orElse(store.ground().account().id());
    }
}
