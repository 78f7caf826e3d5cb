package dev.feedline.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has been opened, to be closed in the opposite order; one that fails does not keep the others open.
final class Closing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    synchronized <C extends AutoCloseable> C add(C one) {
        opened.push(one);
        return one;
    }

    @Override
    public synchronized void close() {
        for (AutoCloseable one = opened.poll(); one != null; one = opened.poll()) {
            try {
                one.close();
            } catch (Exception e) {
                LOG.error("closing {} failed", one.getClass().getSimpleName(), e);
            }
        }
    }

    /// Closes because of a failure, which is the one to be reported.
    void closeAfter(Exception failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
