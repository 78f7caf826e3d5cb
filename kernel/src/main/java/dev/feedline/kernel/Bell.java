package dev.feedline.kernel;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// Tells waiting readers that something arrived at an ARN, so that they need not poll.
///
/// A bell only makes things faster: a reader waits at most [#LONGEST_WAIT] and then looks for itself, so a ring that is
/// lost costs a moment and never a record. Ring after the commit that made the thing visible. A reader of its own
/// service's store glances at it meanwhile ([Store#commits]) and so misses a lost ring by [#BETWEEN_GLANCES] only.
///
/// ```java
/// long heard = bell.rings(arn);      // before looking, so that a ring between look and wait is not missed
/// if (nothingThere()) bell.await(arn, heard, Bell.LONGEST_WAIT);
/// ```
public final class Bell {
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /// Between two glances of one who waits. A file's way has seven such waits, and its rows shall be in SQL
    /// within a second.
    public static final Duration BETWEEN_GLANCES = Duration.ofMillis(25);

    private final Glances glances = new Glances(BETWEEN_GLANCES);
    private final ConcurrentHashMap<String, Chime> chimes = new ConcurrentHashMap<>();
    private final boolean isSilent;

    public Bell() {
        this(false);
    }

    private Bell(boolean isSilent) {
        this.isSilent = isSilent;
    }

    /// A bell that never rings, so that everybody polls: for tests and measurements that show what bells are for.
    public static Bell silent() {
        return new Bell(true);
    }

    /// How often this ARN has been rung since the start.
    public long rings(String arn) {
        return chime(arn).rings();
    }

    public void ring(String arn) {
        if (!isSilent) {
            chime(arn).ring();
        }
    }

    /// Waits until the ARN has been rung more often than `heard`, or the time is over; says whether it was rung.
    ///
    /// @throws InterruptedException when the waiting thread is told to stop
    public boolean await(String arn, long heard, Duration longest) throws InterruptedException {
        return chime(arn).await(heard, longest, new AtomicBoolean());
    }

    /// The same, and glances meanwhile: also ends, with true, when `glance` says that something has come. It is asked
    /// at once and every [#BETWEEN_GLANCES], so it must be a comparison in memory, and must not throw.
    ///
    /// @throws InterruptedException when the waiting thread is told to stop
    public boolean await(String arn, long heard, Duration longest, BooleanSupplier glance) throws InterruptedException {
        Chime chime = chime(arn);
        AtomicBoolean seen = new AtomicBoolean();
        Glances.Glance mine = new Glances.Glance(glance, () -> chime.wake(seen));
        glances.add(mine);
        try {
            return chime.await(heard, longest, seen);
        } finally {
            glances.remove(mine);
        }
    }

    private Chime chime(String arn) {
        return chimes.computeIfAbsent(arn, name -> new Chime());
    }

    private static final class Chime {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition rung = lock.newCondition();
        private long rings;

        long rings() {
            lock.lock();
            try {
                return rings;
            } finally {
                lock.unlock();
            }
        }

        void ring() {
            lock.lock();
            try {
                rings++;
                rung.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /// Lets one of those who wait go on, although nobody has rung.
        void wake(AtomicBoolean one) {
            lock.lock();
            try {
                one.set(true);
                rung.signalAll();
            } finally {
                lock.unlock();
            }
        }

        boolean await(long heard, Duration longest, AtomicBoolean woken) throws InterruptedException {
            lock.lock();
            try {
                long left = longest.toNanos();
                while (rings <= heard && !woken.get() && left > 0) {
                    left = rung.awaitNanos(left);
                }
                return rings > heard || woken.get();
            } finally {
                lock.unlock();
            }
        }
    }
}
