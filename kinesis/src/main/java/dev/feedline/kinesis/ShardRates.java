package dev.feedline.kinesis;

import java.time.InstantSource;

/// What a shard takes and gives per second where AWS's rate limits are on.
final class ShardRates {
    static final long WRITE_BYTES = 1024L * 1024;
    static final long WRITE_RECORDS = 1000;
    static final long READ_BYTES = 2L * 1024 * 1024;
    static final long READS = 5;

    private final boolean on;
    private final Rate writtenBytes;
    private final Rate writtenRecords;
    private final Rate readBytes;
    private final Rate reads;

    ShardRates(boolean on, InstantSource clock) {
        this.on = on;
        this.writtenBytes = new Rate(WRITE_BYTES, 10 * WRITE_BYTES, clock);
        this.writtenRecords = new Rate(WRITE_RECORDS, WRITE_RECORDS, clock);
        this.readBytes = new Rate(READ_BYTES, READ_BYTES, clock);
        this.reads = new Rate(READS, READS, clock);
    }

    synchronized boolean mayWrite(long bytes) {
        if (!on) {
            return true;
        }
        boolean may = writtenBytes.has(bytes) && writtenRecords.has(1);
        if (may) {
            writtenBytes.take(bytes);
            writtenRecords.take(1);
        }
        return may;
    }

    synchronized boolean mayRead() {
        boolean may = !on || (reads.has(1) && readBytes.has(1));
        if (on && may) {
            reads.take(1);
        }
        return may;
    }

    /// Counts what a read has given; a large answer keeps the shard from being read for as long as
    /// it was too large.
    synchronized void read(long bytes) {
        if (on) {
            readBytes.take(bytes);
        }
    }

    /// A tank that fills by `perSecond` up to `most`.
    private static final class Rate {
        private final long perSecond;
        private final long most;
        private final InstantSource clock;
        private double left;
        private long filledMillis;

        Rate(long perSecond, long most, InstantSource clock) {
            this.perSecond = perSecond;
            this.most = most;
            this.clock = clock;
            this.left = most;
            this.filledMillis = clock.millis();
        }

        boolean has(long amount) {
            long now = clock.millis();
            left = Math.min(most, left + Math.max(0, now - filledMillis) * perSecond / 1000.0);
            filledMillis = now;
            return left >= amount;
        }

        void take(long amount) {
            left -= amount;
        }
    }
}
