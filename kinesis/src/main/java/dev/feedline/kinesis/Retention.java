package dev.feedline.kinesis;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets records go once they are older than their stream keeps them: looks once a minute.
final class Retention implements AutoCloseable {
    static final int SHORTEST_HOURS = 24;
    static final int LONGEST_HOURS = 8760;
    private static final long MILLIS_BETWEEN = 60_000;
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final Thread thread;

    Retention(Streams streams) {
        this.thread = Thread.ofVirtual().name("kinesis-retention").start(() -> run(streams));
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private static void run(Streams streams) {
        try {
            while (true) {
                Thread.sleep(MILLIS_BETWEEN);
                retain(streams);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void retain(Streams streams) {
        try {
            streams.retain();
        } catch (java.io.IOException e) {
            LOG.warn("Old records could not be deleted; trying again in a minute", e);
        }
    }
}
