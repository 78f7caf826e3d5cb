package dev.feedline.sqs.queue;

import dev.feedline.kernel.Blame;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Store;
import dev.feedline.kernel.StoreException;
import dev.feedline.sqs.error.SqsError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// The queues' state: the store `sqs.db`.
public final class QueueStore implements AutoCloseable {
    private final Ground ground;
    private final Store store;

    private QueueStore(Ground ground, Store store) {
        this.ground = ground;
        this.store = store;
    }

    public static QueueStore open(Path folder, Ground ground) throws IOException {
        return new QueueStore(
                ground, Store.open(folder.resolve("sqs.db"), ground.disk(), Schema.SCRIPTS, ground.onFailure()));
    }

    public Ground ground() {
        return ground;
    }

    public <T extends @Nullable Object> T read(Store.Work<T> work) {
        try {
            return store.read(work);
        } catch (RejectedExecutionException e) {
            throw SqsError.SERVICE_UNAVAILABLE.because("Too many requests wait: " + e.getMessage(), e);
        } catch (StoreException | CompletionException e) {
            throw translated(e);
        }
    }

    /// Returns when the change is on disk.
    public <T extends @Nullable Object> T write(Store.Work<T> work) {
        try {
            return store.write(work);
        } catch (StoreException | CompletionException e) {
            throw translated(e);
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

    private static SqsException translated(RuntimeException e) {
        if (e instanceof StoreException failure && failure.blame() == Blame.RESOURCE) {
            return SqsError.SERVICE_UNAVAILABLE.because(String.valueOf(failure.getMessage()), failure);
        }
        Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        return SqsError.INTERNAL_ERROR.because("The request failed inside Feedline: " + cause.getMessage(), cause);
    }
}
