package dev.feedline.s3.lifecycle;

import dev.feedline.kernel.Bell;
import dev.feedline.kernel.SdkJson;
import dev.feedline.s3.error.S3Error;
import dev.feedline.s3.object.Deletion;
import dev.feedline.s3.state.Bucket;
import dev.feedline.s3.state.Buckets;
import dev.feedline.s3.state.Change;
import dev.feedline.s3.state.ObjectVersion;
import dev.feedline.s3.state.S3Store;
import dev.feedline.s3.state.Versions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.BucketLifecycleConfiguration;

/// Deletes objects whose time is over by their bucket's lifecycle: at the start, every ten minutes, and when a
/// configuration is put.
public final class Expirer implements AutoCloseable {
    static final String BELL = "feedline:s3:lifecycle";
    static final Duration PAUSE = Duration.ofMinutes(10);
    // Objects deleted in one transaction: the writer serves others between two batches.
    static final int BATCH = 200;

    private static final Logger LOG = LoggerFactory.getLogger(Expirer.class);

    private final S3Store store;
    private final Deletion deletion;
    private @Nullable Thread thread;
    private volatile boolean closed;

    public Expirer(S3Store store, Deletion deletion) {
        this.store = store;
        this.deletion = deletion;
    }

    public synchronized void start() {
        if (thread == null && !closed) {
            thread = Thread.ofVirtual().name("s3-lifecycle").start(this::run);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        store.ground().bell().ring(BELL);
        Thread running = thread;
        boolean interrupted = false;
        while (running != null && running.isAlive()) {
            try {
                running.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Bell bell = store.ground().bell();
        try {
            while (!closed) {
                long heard = bell.rings(BELL);
                expireAll();
                pause(bell, heard);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("S3 lifecycle stops: its state cannot be read or written", e);
            store.ground().onFailure().accept(e);
        }
    }

    /// Looks for itself now and then, as everybody does who waits for a bell: the end may come without a ring.
    private void pause(Bell bell, long heard) throws InterruptedException {
        long end = System.nanoTime() + PAUSE.toNanos();
        boolean rung = false;
        while (!rung && !closed && System.nanoTime() < end) {
            rung = bell.await(BELL, heard, Bell.LONGEST_WAIT);
        }
    }

    private void expireAll() {
        try {
            for (String bucket : store.read(Buckets::withLifecycle)) {
                expire(bucket);
            }
        } catch (AwsServiceException e) {
            if (e.statusCode() != S3Error.SLOW_DOWN.status()) {
                throw e;
            }
            LOG.warn("Objects could not be expired now and will be later: {}", e.getMessage());
        }
    }

    private void expire(String bucket) {
        Optional<String> configuration = store.read(tx -> Buckets.lifecycle(tx, bucket));
        if (configuration.isEmpty()) {
            return;
        }
        List<ExpiryRule> rules =
                ExpiryRule.read(SdkJson.read(configuration.get(), BucketLifecycleConfiguration.builder()));
        Instant now = store.ground().clock().instant();
        for (ExpiryRule rule : rules) {
            int expired = BATCH;
            while (rule.enabled() && expired == BATCH && !closed) {
                expired = store.change(change -> expire(change, bucket, rule, now));
            }
        }
    }

    private int expire(Change change, String name, ExpiryRule rule, Instant now) throws SQLException {
        Optional<Bucket> bucket = Buckets.find(change.tx(), name);
        if (bucket.isEmpty()) {
            return 0;
        }
        List<ObjectVersion> due =
                Versions.notModifiedSince(change.tx(), name, rule.prefixBytes(), rule.expired(now), BATCH);
        for (ObjectVersion version : due) {
            deletion.expire(change, bucket.get(), version);
        }
        return due.size();
    }
}
