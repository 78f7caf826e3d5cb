package dev.feedline.snowflake.pipe;

import java.time.Duration;

/// Waits longer after each failure in a row: from a tenth of a second to half a minute.
final class Backoff {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Duration next = SHORTEST;

    void reset() {
        next = SHORTEST;
    }

    /// How long to wait this time.
    Duration take() {
        Duration now = next;
        Duration doubled = now.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return now;
    }

    /// @return false when the thread was told to stop
    boolean pause() {
        try {
            Thread.sleep(take());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
