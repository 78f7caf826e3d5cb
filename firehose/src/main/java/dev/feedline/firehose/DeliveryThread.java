package dev.feedline.firehose;

import dev.feedline.kernel.Bell;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns the rounds of a delivery loop, on a thread of its own, until it is told to stop.
///
/// What fails is tried again, for as long as it takes: at first after 100 ms, at most every 10 s.
/// The thread is never interrupted, since that could close a file in the middle of a write; it is
/// woken instead.
final class DeliveryThread {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryThread.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private final String name;
    private final DeliveryLoop loop;
    private final Bell bell;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    DeliveryThread(String name, DeliveryLoop loop, Bell bell) {
        this.name = name;
        this.loop = loop;
        this.bell = bell;
        this.thread = Thread.ofVirtual().name("firehose-" + name).start(this::run);
    }

    DeliveryLoop loop() {
        return loop;
    }

    /// Returns when the round that is being turned has ended.
    void stop() {
        stopping.countDown();
        bell.ring(loop.source().arn());
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long pauseMillis = FIRST_PAUSE_MILLIS;
        try {
            while (stopping.getCount() > 0) {
                if (turn()) {
                    pauseMillis = FIRST_PAUSE_MILLIS;
                } else {
                    boolean stopped = stopping.await(pauseMillis, TimeUnit.MILLISECONDS);
                    pauseMillis = stopped ? 0 : Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
                }
            }
            loop.close();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts " + thread.getName(), e);
        } catch (IOException e) {
            LOG.warn("{}: temporary files could not be deleted", name, e);
        }
    }

    /// Turns one round and waits for the next; false when it failed.
    private boolean turn() throws InterruptedException {
        String arn = loop.source().arn();
        long heard = bell.rings(arn);
        try {
            switch (loop.round()) {
                case DeliveryLoop.Round.Busy busy -> {}
                case DeliveryLoop.Round.Idle(Duration wait) -> {
                    if (stopping.getCount() > 0) {
                        bell.await(arn, heard, wait);
                    }
                }
            }
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.warn("{}: delivering failed, it is tried again: {}", name, e.toString());
            LOG.debug("{}", name, e);
            return false;
        }
    }
}
