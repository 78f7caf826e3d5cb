package dev.feedline.s3.notification;

import dev.feedline.kernel.Bell;
import dev.feedline.kernel.Transaction;
import dev.feedline.s3.error.S3Error;
import dev.feedline.s3.state.S3Store;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Delivers what is in the outbox: at least once, at once, and after a restart.
///
/// A delivery that fails is tried again after 250 ms, doubling up to [#LONGEST_PAUSE], until the event is
/// [#OLDEST] old; then it is dropped, logged and counted.
public final class Dispatcher implements AutoCloseable {
    static final int BATCH = 64;
    static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    static final Duration OLDEST = Duration.ofHours(24);

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final S3Store store;
    private final Delivery delivery;
    private @Nullable Thread thread;
    private volatile boolean closed;

    public Dispatcher(S3Store store, LambdaClient lambda, SqsClient sqs) {
        this.store = store;
        this.delivery = new Delivery(lambda, sqs);
    }

    private record Attempt(Outbox.Waiting event, Optional<Throwable> failure) {}

    public synchronized void start() {
        if (thread == null && !closed) {
            thread = Thread.ofVirtual().name("s3-notifications").start(this::run);
        }
    }

    /// How many events were given up since the folder was made.
    public long dropped() {
        return store.read(Outbox::dropped);
    }

    /// How many events are on their way.
    public long waiting() {
        return store.read(Outbox::waiting);
    }

    /// Ends the deliveries under way and starts no more.
    @Override
    public synchronized void close() {
        closed = true;
        store.ground().bell().ring(S3Store.OUTBOX_BELL);
        Thread running = thread;
        boolean interrupted = false;
        while (running != null && running.isAlive()) {
            try {
                running.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Bell bell = store.ground().bell();
        try {
            while (!closed) {
                long heard = bell.rings(S3Store.OUTBOX_BELL);
                long commits = store.commits();
                if (!foundSome() && !closed) {
                    bell.await(S3Store.OUTBOX_BELL, heard, Bell.LONGEST_WAIT, () -> store.commits() != commits);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("S3 notifications stop: the outbox cannot be read or written", e);
            store.ground().onFailure().accept(e);
        }
    }

    /// Delivers what is due; a full disk is waited out, since what was delivered meanwhile is delivered again.
    private boolean foundSome() throws InterruptedException {
        try {
            return deliverDue() > 0;
        } catch (AwsServiceException e) {
            if (e.statusCode() != S3Error.SLOW_DOWN.status()) {
                throw e;
            }
            return false;
        }
    }

    private int deliverDue() throws InterruptedException {
        Instant now = store.ground().clock().instant();
        List<Outbox.Waiting> due = store.read(tx -> Outbox.due(tx, now, BATCH));
        if (due.isEmpty()) {
            return 0;
        }
        List<Attempt> attempts = attempt(due);
        Instant after = store.ground().clock().instant();
        store.change(change -> {
            for (Attempt attempt : attempts) {
                settle(change.tx(), attempt, after);
            }
            return attempts.size();
        });
        attempts.forEach(attempt -> report(attempt, after));
        return due.size();
    }

    private List<Attempt> attempt(List<Outbox.Waiting> due) throws InterruptedException {
        List<Attempt> attempts = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (Outbox.Waiting event : due) {
                running.add(threads.submit(() -> delivery.deliver(event.target(), event.payload())));
            }
            for (int i = 0; i < due.size(); i++) {
                attempts.add(new Attempt(due.get(i), failure(running.get(i))));
            }
        }
        return attempts;
    }

    private static Optional<Throwable> failure(Future<?> delivered) throws InterruptedException {
        try {
            delivered.get();
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(Optional.ofNullable(e.getCause()).orElse(e));
        }
    }

    private static void settle(Transaction tx, Attempt attempt, Instant now) throws SQLException {
        Outbox.Waiting event = attempt.event();
        if (attempt.failure().isEmpty()) {
            Outbox.delete(tx, event.id());
        } else if (event.isTooOld(now)) {
            Outbox.countDropped(tx);
            Outbox.delete(tx, event.id());
        } else {
            Outbox.postpone(tx, event.id(), event.attempts() + 1, now.plus(pause(event.attempts())));
        }
    }

    private static void report(Attempt attempt, Instant now) {
        Outbox.Waiting event = attempt.event();
        if (attempt.failure().isEmpty()) {
            return;
        }
        Throwable failure = attempt.failure().get();
        if (event.isTooOld(now)) {
            LOG.error("Dropped after {}: a notification for {}: {}", OLDEST, event.target(), event.payload(), failure);
        } else if (event.attempts() == 0) {
            LOG.warn("Will be tried again: a notification for {} failed: {}", event.target(), failure.toString());
        }
    }

    static Duration pause(int attempts) {
        Duration doubled = SHORTEST_PAUSE.multipliedBy(1L << Math.min(attempts, 16));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
}
