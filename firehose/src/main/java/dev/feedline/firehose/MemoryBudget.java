package dev.feedline.firehose;

import java.util.concurrent.atomic.AtomicLong;

/// How much all buffers together may hold in memory; what does not fit goes to temporary files.
final class MemoryBudget {
    private final AtomicLong left;

    MemoryBudget(long bytes) {
        this.left = new AtomicLong(bytes);
    }

    boolean tryTake(long bytes) {
        long now = left.get();
        while (now >= bytes) {
            if (left.compareAndSet(now, now - bytes)) {
                return true;
            }
            now = left.get();
        }
        return false;
    }

    void giveBack(long bytes) {
        left.addAndGet(bytes);
    }
}
