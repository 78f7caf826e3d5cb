package dev.feedline.app;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waits for a condition that nobody announces.
final class Await {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private Await() {}

    static void until(BooleanSupplier condition, String what) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > LONGEST.toNanos()) {
                throw new AssertionError("not within " + LONGEST + ": " + what);
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }
}
