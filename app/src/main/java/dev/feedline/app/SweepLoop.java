package dev.feedline.app;

import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.Sweep;
import dev.feedline.feeds.deployment.Clients;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sweeps at the start, for what a crash left behind, and then every so often, for what lost events left behind.
final class SweepLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SweepLoop.class);
    /// Uploads younger than this are left to their events.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Thread thread;
    private final CountDownLatch stopped;

    private SweepLoop(Thread thread, CountDownLatch stopped) {
        this.thread = thread;
        this.stopped = stopped;
    }

    static SweepLoop start(Clients clients, InstantSource clock, Duration every) {
        Sweep.Ports ports = new Sweep.Ports(clients.s3(), clients.glue(), clients.lambda(), clients.warehouse());
        Sweep first = new Sweep(ports, Buckets.EMBEDDED, clock, Duration.ZERO);
        Sweep later = new Sweep(ports, Buckets.EMBEDDED, clock, PATIENCE);
        CountDownLatch stopped = new CountDownLatch(1);
        return new SweepLoop(
                Thread.ofVirtual().name("sweep").start(() -> {
                    sweep(first);
                    while (isTimeFor(stopped, every)) {
                        sweep(later);
                    }
                }),
                stopped);
    }

    /// A sweep that runs is waited for, never interrupted: an interrupt would close the files of the services it calls.
    @Override
    public void close() throws InterruptedException {
        stopped.countDown();
        thread.join();
    }

    /// A sweep that fails has lost nothing: the next one does it again.
    private static void sweep(Sweep sweep) {
        try {
            LOG.debug("{}", sweep.run());
        } catch (IOException | RuntimeException e) {
            LOG.warn("the sweep failed and will run again: {}", e.getMessage(), e);
        }
    }

    private static boolean isTimeFor(CountDownLatch stopped, Duration every) {
        try {
            return !stopped.await(every.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }
}
