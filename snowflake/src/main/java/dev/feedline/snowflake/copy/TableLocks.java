package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.catalog.Qualified;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// One load at a time for each table, from the look into its history until the commit.
final class TableLocks {
    /// How long a load waits for another one, e.g. of a session whose transaction stays open.
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    /// How soon one that waits notices that it need not any more.
    private static final long LOOK_MILLIS = 50;

    private final ConcurrentHashMap<String, Semaphore> locks = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /// Holds the table until it is closed, by whichever thread.
    interface Lease extends AutoCloseable {
        @Override
        void close();
    }

    /// Whoever waits now or later is refused.
    void close() {
        closed = true;
    }

    Lease acquire(String tableId, Qualified table) {
        Semaphore lock = locks.computeIfAbsent(tableId, id -> new Semaphore(1));
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        try {
            while (!lock.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (closed) {
                    throw SnowflakeError.CANCELED.with("SQL execution canceled: the warehouse ends");
                }
                if (System.nanoTime() - end > 0) {
                    throw SnowflakeError.CONFLICT.with("Another load of " + table
                            + " has not ended within a minute (an open transaction with a COPY?)");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SnowflakeError.CANCELED.with("SQL execution canceled", e);
        }
        return lock::release;
    }
}
