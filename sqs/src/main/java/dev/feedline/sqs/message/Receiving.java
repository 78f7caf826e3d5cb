package dev.feedline.sqs.message;

import dev.feedline.kernel.Bell;
import dev.feedline.kernel.Transaction;
import dev.feedline.sqs.error.Honoured;
import dev.feedline.sqs.error.SqsError;
import dev.feedline.sqs.queue.Queue;
import dev.feedline.sqs.queue.QueueStore;
import dev.feedline.sqs.queue.QueueUrls;
import dev.feedline.sqs.queue.Queues;
import dev.feedline.sqs.queue.RedrivePolicy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/// ReceiveMessage: hands out what is visible and hides it; waits where the caller or the queue says so.
///
/// A message that was received as often as its queue's redrive policy allows goes to the dead-letter queue instead.
public final class Receiving {
    static final int MOST_MESSAGES = 10;
    static final int LONGEST_WAIT_SECONDS = 20;
    static final int LONGEST_VISIBILITY_SECONDS = 43_200;

    private static final Honoured HONOURED = Honoured.of(
            "ReceiveMessage",
            "QueueUrl",
            "AttributeNames",
            "MessageSystemAttributeNames",
            "MessageAttributeNames",
            "MaxNumberOfMessages",
            "VisibilityTimeout",
            "WaitTimeSeconds");

    private final QueueStore store;
    private final QueueUrls urls;
    private volatile boolean isEnding;

    public Receiving(QueueStore store, QueueUrls urls) {
        this.store = store;
        this.urls = urls;
    }

    /// A look at the queue: what it is and when it has something.
    private record Look(Queue queue, Optional<Instant> nextVisible) {}

    private record Batch(List<Message> messages, List<String> deadLetterQueues) {}

    /// From now on nobody waits: who does is answered, with nothing.
    public void endWaits() {
        isEnding = true;
    }

    public ReceiveMessageResponse receive(ReceiveMessageRequest request) {
        HONOURED.check(request);
        int most = bounded("MaxNumberOfMessages", request.maxNumberOfMessages(), 1, 1, MOST_MESSAGES);
        String name = urls.name(request.queueUrl());
        Bell bell = store.ground().bell();
        // The wait is the caller's time and not the queues': it is measured apart from the clock they go by.
        long start = System.nanoTime();
        while (true) {
            long heard = bell.rings(urls.arn(name));
            long commits = store.commits();
            Instant now = store.ground().clock().instant();
            Look look = store.read(tx -> new Look(Queues.require(tx, name), Messages.nextVisible(tx, name, now)));
            if (look.nextVisible().map(at -> !at.isAfter(now)).orElse(false)) {
                List<Message> messages = take(request, name, most);
                if (!messages.isEmpty()) {
                    return ReceiveMessageResponse.builder().messages(messages).build();
                }
            }
            Duration left = wait(request, look.queue()).minusNanos(System.nanoTime() - start);
            if (isEnding || !left.isPositive()) {
                return ReceiveMessageResponse.builder().build();
            }
            Duration longest = least(left, look.nextVisible().map(at -> Duration.between(now, at)));
            try {
                bell.await(urls.arn(name), heard, longest, () -> isEnding || store.commits() != commits);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw AbortedException.create("interrupted while waiting for messages", e);
            }
        }
    }

    private List<Message> take(ReceiveMessageRequest request, String name, int most) {
        Instant now = store.ground().clock().instant();
        Batch batch = store.write(tx -> {
            Queue queue = Queues.require(tx, name);
            Messages.deleteExpired(tx, name, now);
            return take(tx, request, queue, most, now);
        });
        batch.deadLetterQueues().forEach(target -> store.ground().bell().ring(urls.arn(target)));
        return batch.messages();
    }

    private Batch take(Transaction tx, ReceiveMessageRequest request, Queue queue, int most, Instant now)
            throws SQLException {
        Instant hiddenUntil = now.plus(visibility(request, queue));
        Optional<RedrivePolicy> policy = queue.redrivePolicy();
        Batch batch = new Batch(new ArrayList<>(), new ArrayList<>());
        for (StoredMessage message : Messages.visible(tx, queue.name(), now, most)) {
            Optional<Queue> target = deadLetterQueue(tx, policy, message);
            if (target.isPresent()) {
                Instant expires = message.sent().plus(target.get().retention());
                Messages.move(tx, message, target.get().name(), urls.arn(queue.name()), now, expires);
                batch.deadLetterQueues().add(target.get().name());
            } else {
                String receipt = store.ground().ids().hex(32);
                Messages.markReceived(tx, message, receipt, now, hiddenUntil);
                batch.messages().add(shown(message, receipt, request, now));
            }
        }
        return batch;
    }

    /// The queue a message goes to instead of being received again; none when that queue is gone.
    private static Optional<Queue> deadLetterQueue(
            Transaction tx, Optional<RedrivePolicy> policy, StoredMessage message) throws SQLException {
        return policy.isPresent() && message.received() >= policy.get().maxReceiveCount()
                ? Queues.find(tx, policy.get().deadLetterTarget().name())
                : Optional.empty();
    }

    @SuppressWarnings("deprecation") // clients still send the older AttributeNames
    private static Message shown(StoredMessage message, String receipt, ReceiveMessageRequest request, Instant now) {
        List<String> systemAttributes = new ArrayList<>(request.messageSystemAttributeNamesAsStrings());
        systemAttributes.addAll(request.attributeNamesAsStrings());
        Map<String, MessageAttributeValue> attributes = selected(message, request.messageAttributeNames());
        Map<String, String> said = SystemAttributes.of(message, now, systemAttributes);
        return Message.builder()
                .messageId(message.id())
                .receiptHandle(new ReceiptHandle(message.sequence(), receipt).text())
                .body(message.body())
                .md5OfBody(Md5.ofBody(message.body()))
                .attributesWithStrings(said.isEmpty() ? null : said)
                .messageAttributes(attributes.isEmpty() ? null : attributes)
                .md5OfMessageAttributes(Md5.ofAttributes(attributes))
                .build();
    }

    /// The attributes whose names were asked for: by name, by `prefix.*`, or by `All`.
    private static Map<String, MessageAttributeValue> selected(StoredMessage message, List<String> asked) {
        Map<String, MessageAttributeValue> selected = new TreeMap<>(message.attributes());
        selected.keySet().removeIf(name -> asked.stream().noneMatch(one -> isAsked(name, one)));
        return selected;
    }

    private static boolean isAsked(String name, String asked) {
        return asked.equals("All")
                || asked.equals(name)
                || (asked.endsWith(".*") && name.startsWith(asked.substring(0, asked.length() - 2)));
    }

    private static Duration visibility(ReceiveMessageRequest request, Queue queue) {
        int seconds = bounded(
                "VisibilityTimeout",
                request.visibilityTimeout(),
                (int) queue.visibilityTimeout().toSeconds(),
                0,
                LONGEST_VISIBILITY_SECONDS);
        return Duration.ofSeconds(seconds);
    }

    private static Duration wait(ReceiveMessageRequest request, Queue queue) {
        int seconds = bounded(
                "WaitTimeSeconds",
                request.waitTimeSeconds(),
                (int) queue.receiveWait().toSeconds(),
                0,
                LONGEST_WAIT_SECONDS);
        return Duration.ofSeconds(seconds);
    }

    static int bounded(String parameter, @Nullable Integer given, int otherwise, int least, int most) {
        int value = given == null ? otherwise : given;
        if (value < least || value > most) {
            throw SqsError.INVALID_PARAMETER_VALUE.because("Value " + value + " for parameter " + parameter
                    + " is invalid. Reason: Must be >= " + least + " and <= " + most + ", if provided.");
        }
        return value;
    }

    private static Duration least(Duration left, Optional<Duration> untilVisible) {
        Duration wait = left.compareTo(Bell.LONGEST_WAIT) < 0 ? left : Bell.LONGEST_WAIT;
        return untilVisible
                .filter(until -> until.isPositive() && until.compareTo(wait) < 0)
                .orElse(wait);
    }
}
