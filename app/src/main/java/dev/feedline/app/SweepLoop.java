package dev.feedline.app;

import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.Sweep;
import dev.feedline.feeds.deployment.Clients;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sweeps at the start, for what a crash left behind, and then every so often, for what lost events left behind.
final class SweepLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SweepLoop.class);
    /// Uploads younger than this are left to their events.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Thread thread;

    private SweepLoop(Thread thread) {
        this.thread = thread;
    }

    static SweepLoop start(Clients clients, InstantSource clock, Duration every) {
        Sweep.Ports ports = new Sweep.Ports(clients.s3(), clients.glue(), clients.lambda(), clients.warehouse());
        Sweep first = new Sweep(ports, Buckets.EMBEDDED, clock, Duration.ZERO);
        Sweep later = new Sweep(ports, Buckets.EMBEDDED, clock, PATIENCE);
        return new SweepLoop(Thread.ofVirtual().name("sweep").start(() -> {
            sweep(first);
            while (slept(every)) {
                sweep(later);
            }
        }));
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
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

    private static boolean slept(Duration every) {
        try {
            Thread.sleep(every);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
