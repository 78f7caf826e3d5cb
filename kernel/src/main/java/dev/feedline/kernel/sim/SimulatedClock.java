package dev.feedline.kernel.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that stands still until it is told to go on.
public final class SimulatedClock implements InstantSource {
    private final AtomicReference<Instant> now;

    public SimulatedClock(Instant start) {
        this.now = new AtomicReference<>(start);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    /// Moves on; a negative duration sets the clock back, as an administrator might.
    public void advance(Duration by) {
        now.updateAndGet(instant -> instant.plus(by));
    }
}
