package dev.feedline.app;

import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.Sweep;
import dev.feedline.feeds.SweepReport;
import dev.feedline.feeds.deployment.Clients;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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

    static SweepLoop start(Clients clients, Buckets buckets, InstantSource clock, Duration every) {
        Sweep.Ports ports = new Sweep.Ports(clients.s3(), clients.glue(), clients.lambda(), clients.warehouse());
        CountDownLatch stopped = new CountDownLatch(1);
        BooleanSupplier isStopped = () -> stopped.getCount() == 0;
        Sweep first = new Sweep(ports, buckets, clock, Duration.ZERO, isStopped);
        Sweep later = new Sweep(ports, buckets, clock, PATIENCE, isStopped);
        return new SweepLoop(
                Thread.ofVirtual().name("sweep").start(() -> {
                    boolean done = sweep(first);
                    while (isTimeFor(stopped, done ? every : soonest(every))) {
                        done = sweep(later);
                    }
                }),
                stopped);
    }

    /// A sweep that runs ends after the request it is at. It is never interrupted: an interrupt would close the
    /// files of the services it calls.
    @Override
    public void close() throws InterruptedException {
        stopped.countDown();
        thread.join();
    }

    /// Where sweeps are far apart, the next one comes sooner after one that found something undone.
    private static Duration soonest(Duration every) {
        return every.compareTo(FeedlineSettings.SWEEP_EVERY) < 0 ? every : FeedlineSettings.SWEEP_EVERY;
    }

    /// Says whether all was done. A sweep that fails has lost nothing: the next one does it again.
    private static boolean sweep(Sweep sweep) {
        try {
            SweepReport report = sweep.run();
            LOG.debug("{}", report);
            return report.foundNothing();
        } catch (CancellationException e) {
            return false; // the process ends
        } catch (IOException | RuntimeException e) {
            LOG.warn("the sweep failed and will run again: {}", e.getMessage(), e);
            return false;
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
