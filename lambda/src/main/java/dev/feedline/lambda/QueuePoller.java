package dev.feedline.lambda;

import dev.feedline.kernel.Arn;
import dev.feedline.kernel.Ground;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// Reads one queue for one function: receives, invokes and waits, then deletes what the function has done.
///
/// What it has not done stays in the queue, and the queue's redrive policy says how often. AWS leaves it hidden for the
/// queue's visibility timeout. Here it shows again after 1 second, doubling to 5 minutes; and what a killed process
/// had, or what a queue sent it when it was gone already, after [LambdaSettings.Polling#hidden]: while a function
/// works, that is put off.
final class QueuePoller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueuePoller.class);
    private static final int MOST_RECEIVED = 10;
    private static final Duration BETWEEN_LOOKS_FOR_A_SLOT = Duration.ofSeconds(1);

    private final SourceMapping mapping;
    private final Parts parts;
    /// Places of batches: more than the function may run at once would only wait in memory.
    private final Semaphore free;
    private final Set<Thread> batches = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private final Object receiving = new Object();
    private boolean isReceiving;
    private volatile boolean closing;
    private @Nullable String url;
    private int failures;

    /// What every poller works with.
    record Parts(
            LambdaStore store,
            SqsClient sqs,
            Invoker invoker,
            Slots slots,
            LambdaSettings.Polling settings,
            Ground ground) {}

    private QueuePoller(SourceMapping mapping, Parts parts) {
        this.mapping = mapping;
        this.parts = parts;
        this.free = new Semaphore(Math.min(mapping.concurrency(), parts.slots().mostOfOneFunction()));
        this.thread =
                Thread.ofVirtual().name("lambda-poll-" + mapping.function()).unstarted(this::loop);
    }

    static QueuePoller start(SourceMapping mapping, Parts parts) {
        QueuePoller poller = new QueuePoller(mapping, parts);
        poller.thread.start();
        return poller;
    }

    boolean isFor(SourceMapping other) {
        return mapping.equals(other);
    }

    /// Receives no more. A request that waits at a queue of another machine is cut off: a message that was just on its
    /// way shows again after its visibility timeout.
    void stop() {
        closing = true;
        synchronized (receiving) {
            if (isReceiving && parts.settings().isCutByClosing()) {
                thread.interrupt();
            }
        }
    }

    /// Waits for what runs, until a moment of [System#nanoTime()].
    void awaitUntil(long deadline) throws InterruptedException {
        thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        for (Thread batch : batches) {
            batch.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void loop() {
        while (!closing) {
            try {
                poll();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /// Receives as much as there are places for, and begins it; waits a while when that does not go.
    private void poll() throws InterruptedException {
        free.acquire();
        int room = 1;
        while (free.tryAcquire()) {
            room++;
        }
        try {
            for (HeldMessages batch : batches(receive(room))) {
                if (room > 0) {
                    room--;
                } else {
                    free.acquireUninterruptibly(); // large messages make more batches than there was room for
                }
                begin(batch);
            }
            failures = 0;
        } catch (RuntimeException e) {
            pause(e);
        } finally {
            free.release(room);
        }
    }

    /// The next messages for so many batches.
    private List<Message> receive(int room) {
        int most = Math.min(MOST_RECEIVED, room * mapping.configuration().batchSize());
        synchronized (receiving) {
            if (closing) {
                return List.of();
            }
            isReceiving = true;
        }
        try {
            return parts.sqs()
                    .receiveMessage(request -> request.queueUrl(url())
                            .maxNumberOfMessages(most)
                            .visibilityTimeout((int) parts.settings().hidden().toSeconds())
                            .waitTimeSeconds((int) parts.settings().longest().toSeconds())
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                            .messageAttributeNames("All"))
                    .messages();
        } finally {
            synchronized (receiving) {
                isReceiving = false;
            }
        }
    }

    private void pause(RuntimeException e) throws InterruptedException {
        if (closing || Thread.interrupted()) {
            throw new InterruptedException("closing");
        }
        if (failures == 0) {
            if (e instanceof SdkException) {
                LOG.warn(
                        "The queue {} of {} does not answer and is asked again: {}",
                        mapping.queue(),
                        mapping.function(),
                        e.getMessage());
            } else {
                LOG.error("The queue {} of {} is not read and is asked again", mapping.queue(), mapping.function(), e);
            }
        }
        url = null;
        long heard = parts.ground().bell().rings(mapping.uuid());
        parts.ground().bell().await(mapping.uuid(), heard, Pause.backoff(failures++));
    }

    private String url() {
        String known = url;
        if (known == null) {
            String name = Arn.parse(mapping.queue()).resource();
            known = parts.sqs().getQueueUrl(get -> get.queueName(name)).queueUrl();
            url = known;
        }
        return known;
    }

    /// All of them are held at once, since the last ones may wait for a place.
    private List<HeldMessages> batches(List<Message> received) {
        return SqsEvent.batches(received, mapping.configuration().batchSize()).stream()
                .map(batch -> HeldMessages.hold(batch, url(), parts.sqs(), parts.settings()))
                .toList();
    }

    /// Starts a batch that has a place, which it frees when it ends.
    private void begin(HeldMessages held) {
        Thread batch = Thread.ofVirtual()
                .name("lambda-batch-" + mapping.function())
                .unstarted(() -> {
                    try {
                        work(held);
                    } finally {
                        batches.remove(Thread.currentThread());
                        free.release();
                    }
                });
        batches.add(batch);
        batch.start();
    }

    private void work(HeldMessages held) {
        try {
            List<Message> undone;
            try (held) {
                undone = undone(held.messages());
            }
            List<Message> done = held.messages().stream()
                    .filter(message -> !undone.contains(message))
                    .toList();
            delete(done, held.queueUrl());
            held.hide(undone, this::hidden);
        } catch (SdkException e) {
            if (!closing) { // what closing cut shows again after the queue's visibility timeout
                LOG.warn("Messages of {} could not be taken to their end", mapping.queue(), e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Message> undone(List<Message> messages) throws InterruptedException {
        Optional<Function> function = parts.store().read(tx -> Function.find(tx, mapping.function()));
        Optional<Slots.Slot> slot = function.isEmpty() ? Optional.empty() : slot(function.get());
        if (slot.isEmpty()) {
            return messages;
        }
        Invocation invocation = new Invocation(
                function.get(), parts.ground().ids().uuid().toString(), SqsEvent.of(messages, mapping.queue()), null);
        Outcome outcome = parts.invoker().run(invocation, new LogTail(mapping.function(), false), slot.get());
        return switch (outcome) {
            case Outcome.Returned returned
            when mapping.reportsFailures() -> reported(messages, SqsEvent.failures(messages, returned.payload()));
            case Outcome.Returned returned -> List.of();
            case Outcome.Failed failed -> {
                LOG.warn(
                        "{} failed for {} messages of {}: {}",
                        mapping.function(),
                        messages.size(),
                        mapping.queue(),
                        failed.message());
                yield messages;
            }
        };
    }

    private List<Message> reported(List<Message> messages, List<Message> undone) {
        if (!undone.isEmpty()) {
            LOG.warn(
                    "{} has not done {} of {} messages of {}, which show again",
                    mapping.function(),
                    undone.size(),
                    messages.size(),
                    mapping.queue());
        }
        return undone;
    }

    /// Waits until the function may run once more; none when Lambda closes first.
    private Optional<Slots.Slot> slot(Function function) throws InterruptedException {
        while (!closing) {
            long heard = parts.ground().bell().rings(Events.bellName(parts.ground()));
            Optional<Slots.Slot> slot = parts.slots().take(function);
            if (slot.isPresent()) {
                return slot;
            }
            parts.ground().bell().await(Events.bellName(parts.ground()), heard, BETWEEN_LOOKS_FOR_A_SLOT);
        }
        return Optional.empty();
    }

    private void delete(List<Message> done, String queueUrl) {
        if (done.isEmpty()) {
            return;
        }
        List<DeleteMessageBatchRequestEntry> entries = done.stream()
                .map(message -> DeleteMessageBatchRequestEntry.builder()
                        .id(message.messageId())
                        .receiptHandle(message.receiptHandle())
                        .build())
                .toList();
        parts.sqs()
                .deleteMessageBatch(request -> request.queueUrl(queueUrl).entries(entries))
                .failed()
                .forEach(failed -> LOG.warn(
                        "Message {} of {} is done and was not deleted: {}",
                        failed.id(),
                        mapping.queue(),
                        failed.message()));
    }

    private Duration hidden(Message message) {
        if (closing) {
            return Duration.ZERO;
        }
        String count = message.attributes().getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1");
        return Pause.backoff(Integer.parseInt(count) - 1);
    }
}
