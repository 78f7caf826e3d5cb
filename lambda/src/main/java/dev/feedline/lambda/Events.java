package dev.feedline.lambda;

import dev.feedline.kernel.Bell;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Transaction;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.FunctionEventInvokeConfig;

/// The asynchronous invocations: a queue on disk, and the loop that gives each event a thread when its
/// time has come and there is room.
///
/// What AWS calls a throttled event simply stays in the queue until a slot is free, so no attempt is
/// spent on it.
final class Events implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final int DEFAULT_RETRIES = 2;
    private static final Duration DEFAULT_AGE = Duration.ofHours(6);

    private final LambdaStore store;
    private final Invoker invoker;
    private final Slots slots;
    private final Letters letters;
    private final LambdaSettings settings;
    private final Ground ground;
    private final String bellName;
    private final Map<Long, Thread> running = new ConcurrentHashMap<>();
    private final AtomicLong queued = new AtomicLong();
    private @Nullable Thread thread;
    private volatile boolean closing;

    Events(LambdaStore store, Invoker invoker, Slots slots, Letters letters, LambdaSettings settings, Ground ground) {
        this.store = store;
        this.invoker = invoker;
        this.slots = slots;
        this.letters = letters;
        this.settings = settings;
        this.ground = ground;
        this.bellName = bellName(ground);
        queued.set(store.read(Event::count));
    }

    static String bellName(Ground ground) {
        return ground.account().arn("lambda", "function:*").toString();
    }

    void start() {
        thread = Thread.ofVirtual().name("lambda-events").start(this::loop);
    }

    /// Accepts an event: it is on disk when this returns.
    void accept(Function function, String requestId, SdkBytes payload) {
        if (queued.incrementAndGet() > settings.concurrency().queuedEvents()) {
            queued.decrementAndGet();
            throw LambdaError.TOO_MANY_REQUESTS.because(
                    "More than " + settings.concurrency().queuedEvents() + " events wait already");
        }
        try {
            store.write(tx -> {
                Function.existing(tx, new FunctionName(function.name(), FunctionName.LATEST), ground.account());
                Event.insert(tx, function.name(), requestId, ground.clock().instant(), payload);
                return null;
            });
        } catch (RuntimeException e) {
            queued.decrementAndGet();
            throw e;
        }
        ring();
    }

    /// Counts again after a function was deleted with its events.
    void recount() {
        queued.set(store.read(Event::count));
    }

    /// Ends the loop. What still runs is given its grace by [BuiltInFunctions]; what is cut stays in
    /// the queue.
    @Override
    public void close() throws InterruptedException {
        closing = true;
        ring();
        if (thread != null) {
            thread.join();
        }
    }

    /// Waits until what was running when the loop ended has been written down.
    void awaitAll(Duration longest) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        for (Thread worker : running.values()) {
            worker.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
    }

    void ring() {
        ground.bell().ring(bellName);
    }

    private void loop() {
        while (!closing) {
            try {
                long heard = ground.bell().rings(bellName);
                long commits = store.commits();
                Duration wait = startDue();
                ground.bell().await(bellName, heard, wait, () -> store.commits() != commits);
            } catch (AwsServiceException e) {
                if (!Pause.forRoom(e)) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /// Starts what can be started, and says how long nothing further can happen by itself.
    private Duration startDue() {
        Instant now = ground.clock().instant();
        Duration wait = Bell.LONGEST_WAIT;
        for (Optional<String> name = functionAfter(""); name.isPresent(); name = functionAfter(name.get())) {
            String function = name.get();
            int wanted = settings.concurrency().perFunction() + running.size();
            for (long id : store.read(tx -> Event.due(tx, function, now, wanted))) {
                if (!running.containsKey(id) && !begin(id, now)) {
                    break;
                }
            }
            Optional<Instant> next = store.read(tx -> Event.nextAfter(tx, function, now));
            Duration untilNext = next.map(at -> Duration.between(now, at)).orElse(wait);
            wait = untilNext.compareTo(wait) < 0 ? untilNext : wait;
        }
        return wait;
    }

    private Optional<String> functionAfter(String name) {
        return store.read(tx -> Event.functionAfter(tx, name));
    }

    private record Due(Event event, Function function, Optional<FunctionEventInvokeConfig> config) {}

    /// Says whether there was room.
    private boolean begin(long id, Instant now) {
        Optional<Due> found = store.read(tx -> due(tx, id, now));
        if (found.isEmpty()) {
            return true; // deleted with its function meanwhile, or tried, and put off, since it was listed
        }
        Due due = found.get();
        Instant tooOld = due.event().accepted().plus(age(due));
        if (ground.clock().instant().isAfter(tooOld)) {
            giveUp(due, due.event().failures(), Letter.Reason.EVENT_AGE_EXCEEDED, null);
            return true;
        }
        Optional<Slots.Slot> slot = slots.take(due.function());
        if (slot.isEmpty()) {
            return false;
        }
        Thread worker = Thread.ofVirtual().name("lambda-event-" + id).unstarted(() -> work(due, slot.get()));
        running.put(id, worker);
        worker.start();
        return true;
    }

    private static Optional<Due> due(Transaction tx, long id, Instant now) throws SQLException {
        Optional<Event> event = Event.findDue(tx, id, now);
        if (event.isEmpty()) {
            return Optional.empty();
        }
        String name = event.get().function();
        Optional<Function> function = Function.find(tx, name);
        if (function.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Due(event.get(), function.get(), EventInvokeConfigs.find(tx, name)));
    }

    private void work(Due due, Slots.Slot slot) {
        Event event = due.event();
        try {
            Invocation invocation = new Invocation(due.function(), event.requestId(), event.payload(), null);
            Outcome outcome = invoker.run(invocation, new LogTail(event.function(), false), slot);
            keep(() -> settle(due, outcome));
        } catch (AwsServiceException e) {
            if (!closing) { // what closing cut stays as it is, and runs again at the next start
                LOG.warn("Event {} of {} could not be tried", event.requestId(), event.function(), e);
                keep(() -> postpone(event));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the event stays in the queue
        } finally {
            running.remove(event.id());
            ring();
        }
    }

    private void settle(Due due, Outcome outcome) {
        Event event = due.event();
        switch (outcome) {
            case Outcome.Returned returned -> store.write(tx -> forget(tx, event));
            case Outcome.Failed failed -> {
                int failures = event.failures() + 1;
                if (failures > retries(due)) {
                    giveUp(due, failures, Letter.Reason.RETRIES_EXHAUSTED, failed);
                } else {
                    Instant again = ground.clock().instant().plus(waitAfter(failures));
                    store.write(tx -> event.failedUntil(tx, again));
                }
            }
        }
    }

    private void postpone(Event event) {
        Instant again = ground.clock().instant().plus(Pause.backoff(event.attempts()));
        store.write(tx -> event.notTriedUntil(tx, again));
    }

    /// Ends the event and writes its letters in one transaction.
    private void giveUp(Due due, int failures, Letter.Reason reason, Outcome.@Nullable Failed last) {
        Instant now = ground.clock().instant();
        store.write(tx -> {
            if (forget(tx, due.event())) {
                Letter.write(tx, due.function(), due.config().orElse(null), due.event(), failures, reason, last, now);
            }
            return null;
        });
        letters.ring();
    }

    /// Says whether it was still there: its function may have been deleted meanwhile.
    private boolean forget(Transaction tx, Event event) throws SQLException {
        boolean there = event.delete(tx);
        if (there) {
            queued.decrementAndGet();
        }
        return there;
    }

    /// Writes down how an event went on, however long the disk is full: forgetting it would run the
    /// event again.
    private void keep(Runnable write) {
        while (true) {
            try {
                write.run();
                return;
            } catch (AwsServiceException e) {
                if (closing || !Pause.forRoom(e)) {
                    return;
                }
            }
        }
    }

    private Duration waitAfter(int failures) {
        return failures == 1
                ? settings.retries().beforeSecond()
                : settings.retries().beforeThird();
    }

    private static int retries(Due due) {
        return due.config().map(FunctionEventInvokeConfig::maximumRetryAttempts).orElse(DEFAULT_RETRIES);
    }

    private static Duration age(Due due) {
        return due.config()
                .map(FunctionEventInvokeConfig::maximumEventAgeInSeconds)
                .map(Duration::ofSeconds)
                .orElse(DEFAULT_AGE);
    }
}
