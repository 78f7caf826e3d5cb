package dev.feedline.snowflake.pipe;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Trial;
import dev.feedline.snowflake.SnowflakeException;
import dev.feedline.snowflake.copy.Loads;
import dev.feedline.snowflake.copy.StagedFile;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.engine.DuckDb;
import dev.feedline.snowflake.engine.DuckDbErrors;
import dev.feedline.snowflake.sql.OnError;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Loads what waits for the pipes: one pipe is loaded by one worker at a time, different pipes by
/// several.
///
/// Files of a pipe that wait together are loaded in one transaction. What fails because of the machine
/// (S3, disk) stays and is tried again, later each time; what fails because of the file is recorded in
/// the load history and done.
final class PipeLoader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PipeLoader.class);

    /// Loads at once.
    static final int WORKERS = 2;

    /// Files in one transaction.
    static final int BATCH = 32;

    /// How often a file is tried that needs more memory than there is; queries may have it meanwhile.
    private static final int MOST_TRIES_OF_ONE = 3;

    /// Bytes of files in one transaction, unless one file has more: the rows of a large backlog are seen
    /// bit by bit, and a failure takes back no more than that.
    static final long BATCH_BYTES = 64L << 20;

    /// How long a worker waits at most before it looks by itself, e.g. for a pipe that has been
    /// resumed.
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final Ground ground;
    private final DuckDb duckDb;
    private final PipeDirectory directory;
    private final WaitingFiles waiting;
    private final Loads loads;
    private final PipeActivity activity;
    private final AtomicBoolean stopped;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<String> busy = new HashSet<>();
    private final Map<String, Retry> retries = new HashMap<>();
    /// How often each waiting file has needed more memory than there is, by itself.
    private final Map<Long, Integer> exhausting = new ConcurrentHashMap<>();

    private final List<Thread> workers = new ArrayList<>();
    private long wakes;

    /// A pipe that is left alone for a while.
    private static final class Retry {
        private final Backoff backoff = new Backoff();
        private long notBeforeNanos;
    }

    PipeLoader(
            Ground ground,
            DuckDb duckDb,
            PipeDirectory directory,
            WaitingFiles waiting,
            Loads loads,
            PipeActivity activity,
            AtomicBoolean stopped) {
        this.ground = ground;
        this.duckDb = duckDb;
        this.directory = directory;
        this.waiting = waiting;
        this.loads = loads;
        this.activity = activity;
        this.stopped = stopped;
    }

    void start() {
        for (int i = 0; i < WORKERS; i++) {
            // They parse JSON and hash files between the native calls, and would keep their carriers meanwhile.
            workers.add(Thread.ofPlatform().daemon().name("pipe-loader-" + i).start(this::work));
        }
    }

    /// Something waits, or a pipe may load again.
    void wake() {
        lock.lock();
        try {
            wakes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        try (Duck duck = duckDb.connect()) {
            while (!stopped.get()) {
                long seen = wakes();
                Optional<Pipe> pipe = claim(duck);
                if (pipe.isEmpty()) {
                    await(seen);
                    continue;
                }
                try {
                    load(duck, pipe.get());
                } finally {
                    release(pipe.get().id());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException | RuntimeException e) {
            if (!stopped.get()) {
                LOG.error("A pipe loader ends", e);
                ground.onFailure().accept(e);
            }
        } catch (Error e) { // nothing loads any more, whatever else goes on
            LOG.error("A pipe loader ends", e);
            ground.onFailure().accept(new IllegalStateException("A pipe loader ends: " + e, e));
        }
    }

    /// A pipe that something waits for and no other worker loads.
    private Optional<Pipe> claim(Duck duck) throws SQLException {
        List<String> wanted = waiting.pipes();
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        List<Pipe> pipes = directory.loadable(duck, wanted::contains);
        lock.lock();
        try {
            for (Pipe pipe : pipes) {
                Retry retry = retries.get(pipe.id());
                boolean rests = retry != null && System.nanoTime() - retry.notBeforeNanos < 0;
                if (!pipe.object().paused() && !rests && busy.add(pipe.id())) {
                    return Optional.of(pipe);
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void release(String pipeId) {
        lock.lock();
        try {
            busy.remove(pipeId);
        } finally {
            lock.unlock();
        }
    }

    private void load(Duck duck, Pipe pipe) {
        List<WaitingFiles.Waiting> batch = upTo(BATCH_BYTES, waiting.first(pipe.id(), BATCH));
        if (batch.isEmpty()) {
            return;
        }
        try {
            loadTogether(duck, pipe, batch);
            activity.recovered(pipe.id());
            retry(pipe.id(), false);
        } catch (SQLException | RuntimeException e) {
            if (stopped.get()) {
                return;
            }
            activity.fault(pipe.id(), message(e), ground.clock().instant());
            LOG.warn("Pipe {} could not load, trying again: {}", pipe.object().name(), e.toString());
            retry(pipe.id(), true);
        }
    }

    /// All in one transaction; when they need more memory than there is, each by itself.
    private void loadTogether(Duck duck, Pipe pipe, List<WaitingFiles.Waiting> batch) throws SQLException {
        try {
            loads.load(duck, request(pipe, batch), Optional.empty());
            ground.trial().at(Trial.Moment.LOADED_BEFORE_QUEUE_DELETE);
            waiting.remove(batch);
        } catch (SQLException e) {
            if (!isOutOfMemory(e)) {
                throw e;
            }
            if (batch.size() == 1) {
                giveUp(duck, pipe, batch, e);
                return;
            }
            SQLException last = null;
            for (WaitingFiles.Waiting one : batch) {
                try {
                    loadTogether(duck, pipe, List.of(one));
                } catch (SQLException alone) {
                    last = alone;
                }
            }
            if (last != null) {
                throw last;
            }
        }
    }

    /// A file that needs too much memory by itself, time and again, has failed: else it would hold up all behind it.
    private void giveUp(Duck duck, Pipe pipe, List<WaitingFiles.Waiting> one, SQLException why) throws SQLException {
        if (exhausting.merge(one.getFirst().id(), 1, Integer::sum) < MOST_TRIES_OF_ONE) {
            throw why;
        }
        loads.reject(
                duck,
                request(pipe, one),
                "The file needs more memory than the warehouse has (" + DuckDb.MEMORY_LIMIT + "), tried "
                        + MOST_TRIES_OF_ONE + " times: " + DuckDbErrors.detail(DuckDbErrors.firstLine(why))
                        + " Write it with smaller row groups.");
        waiting.remove(one);
        exhausting.remove(one.getFirst().id());
    }

    private static boolean isOutOfMemory(SQLException e) {
        return DuckDbErrors.firstLine(e).startsWith("Out of Memory Error");
    }

    private static Loads.Request request(Pipe pipe, List<WaitingFiles.Waiting> batch) {
        // An object written twice while it waited is one file: what is fetched is the newest either
        // way.
        Map<String, StagedFile> files = new LinkedHashMap<>();
        batch.forEach(one -> files.put(one.file().url(), one.file()));
        return new Loads.Request(
                pipe.spec(),
                List.copyOf(files.values()),
                pipe.definition().copy().onError().orElse(OnError.SKIP_FILE),
                false,
                true,
                Optional.of(pipe.reference()),
                batch.getFirst().receivedOn());
    }

    static List<WaitingFiles.Waiting> upTo(long bytes, List<WaitingFiles.Waiting> files) {
        int count = 0;
        long sum = 0;
        while (count < files.size()
                && (count == 0 || sum + files.get(count).file().size() <= bytes)) {
            sum += files.get(count).file().size();
            count++;
        }
        return files.subList(0, count);
    }

    private static String message(Exception e) {
        return e instanceof SnowflakeException snowflake ? snowflake.getMessage() : String.valueOf(e.getMessage());
    }

    private void retry(String pipeId, boolean failed) {
        lock.lock();
        try {
            if (failed) {
                Retry retry = retries.computeIfAbsent(pipeId, id -> new Retry());
                retry.notBeforeNanos = System.nanoTime() + retry.backoff.take().toNanos();
            } else {
                retries.remove(pipeId);
            }
        } finally {
            lock.unlock();
        }
    }

    private long wakes() {
        lock.lock();
        try {
            return wakes;
        } finally {
            lock.unlock();
        }
    }

    private void await(long seen) throws InterruptedException {
        lock.lock();
        try {
            long left = LONGEST_WAIT.toNanos();
            while (wakes == seen && left > 0 && !stopped.get()) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Lets the loads under way end.
    @Override
    public void close() {
        wake();
        loads.stopWaiting();
        boolean interrupted = false;
        for (Thread worker : workers) {
            while (worker.isAlive()) {
                try {
                    worker.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
