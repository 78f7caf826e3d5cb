package dev.feedline.s3.state;

import dev.feedline.kernel.Bell;
import dev.feedline.kernel.Blame;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Store;
import dev.feedline.kernel.StoreException;
import dev.feedline.kernel.Transaction;
import dev.feedline.kernel.Trial;
import dev.feedline.s3.body.BodyFolder;
import dev.feedline.s3.error.S3Error;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// S3's state: rows in the store `s3.db`, bodies in the folder `bodies`.
public final class S3Store implements AutoCloseable {
    /// What the outbox's dispatcher listens to.
    public static final String OUTBOX_BELL = "feedline:s3:outbox";

    private static final Logger LOG = LoggerFactory.getLogger(S3Store.class);

    private final Ground ground;
    private final Store store;
    private final BodyFolder bodies;

    private S3Store(Ground ground, Store store, BodyFolder bodies) {
        this.ground = ground;
        this.store = store;
        this.bodies = bodies;
    }

    /// A piece of work that changes state; it may run twice, so it has no effects but those on its [Change].
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T run(Change change) throws Exception;
    }

    private record Outcome<T extends @Nullable Object>(T result, Change change) {}

    /// Opens or creates the state and deletes body files that no row names.
    public static S3Store open(Path folder, Ground ground) throws IOException {
        Store store = Store.open(folder.resolve("s3.db"), ground.disk(), Schema.SCRIPTS, ground.onFailure());
        try {
            BodyFolder bodies = new BodyFolder(folder.resolve("bodies"), ground.disk(), ground.ids());
            Set<String> named = namedFiles(store);
            int swept = bodies.sweep(named::contains);
            if (swept > 0) {
                LOG.info("{} body files that no object names were deleted", swept);
            }
            return new S3Store(ground, store, bodies);
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    public Ground ground() {
        return ground;
    }

    public BodyFolder bodies() {
        return bodies;
    }

    /// Reads a snapshot.
    public <T extends @Nullable Object> T read(Store.Work<T> work) {
        try {
            return store.read(work);
        } catch (RejectedExecutionException e) {
            throw S3Error.SLOW_DOWN.because("Please reduce your request rate: " + e.getMessage(), e);
        } catch (StoreException | CompletionException e) {
            throw translated(e);
        }
    }

    /// Changes state; returns when it is on disk, body files it unnamed are gone and listeners have been told.
    public <T extends @Nullable Object> T change(Work<T> work) {
        Outcome<T> outcome;
        try {
            outcome = store.write(tx -> {
                Change change = new Change(tx);
                return new Outcome<>(work.run(change), change);
            });
        } catch (StoreException | CompletionException e) {
            throw translated(e);
        }
        bodies.remove(outcome.change().unnamedFiles());
        for (Store.Work<?> events : outcome.change().afterwards()) {
            ground.trial().at(Trial.Moment.OBJECT_BEFORE_EVENT);
            store.write(events);
        }
        if (outcome.change().hasEvents()) {
            Bell bell = ground.bell();
            bell.ring(OUTBOX_BELL);
        }
        return outcome.result();
    }

    /// Deletes the files of a body whose change was refused.
    ///
    /// After a failure inside the store they stay: the commit may be on disk after all, and then a row names them.
    /// The next start sweeps those that none does.
    public void abandon(List<String> files, RuntimeException why) {
        boolean refused = why instanceof AwsServiceException e && e.statusCode() != S3Error.INTERNAL_ERROR.status();
        if (refused) {
            bodies.remove(files);
        }
    }

    /// [Store#commits]
    public long commits() {
        return store.commits();
    }

    @Override
    public void close() {
        store.close();
    }

    private static Set<String> namedFiles(Store store) {
        return store.read(tx -> {
            Set<String> named = new HashSet<>();
            Transaction.Row<Boolean> add = row -> named.add(row.getString(1));
            tx.query("SELECT file FROM segment UNION ALL SELECT file FROM part", add);
            return named;
        });
    }

    private static AwsServiceException translated(RuntimeException e) {
        if (e instanceof StoreException failure && failure.blame() == Blame.RESOURCE) {
            return S3Error.SLOW_DOWN.because("Please reduce your request rate: " + failure.getMessage(), failure);
        }
        Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        return S3Error.INTERNAL_ERROR.because(
                "We encountered an internal error. Please try again: " + cause.getMessage(), cause);
    }
}
