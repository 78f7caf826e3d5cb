package dev.feedline.kernel;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// A bounded pool of platform threads for native calls (SQLite, DuckDB, codecs).
///
/// A native call on a virtual thread holds its carrier; on two cores two of them hold up every other virtual thread of
/// the process. A caller waits here plainly for its turn and its result.
public final class NativePool implements AutoCloseable {
    private final ThreadPoolExecutor threads;
    private final String name;

    /// @param waiting how many calls may wait for a thread before further ones are refused
    public NativePool(String name, int size, int waiting) {
        this.name = name;
        this.threads = new ThreadPoolExecutor(
                size,
                size,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waiting),
                Thread.ofPlatform().name(name + "-", 0).daemon().factory());
    }

    /// Runs the call on a thread of the pool and returns what it returns or throws what it throws.
    ///
    /// @throws RejectedExecutionException when too many calls wait already, or the pool is closed
    public <T extends @org.jspecify.annotations.Nullable Object> T call(Callable<T> call) throws Exception {
        FutureTask<T> task = new FutureTask<>(call);
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            throw new RejectedExecutionException(
                    name + ": " + (threads.isShutdown() ? "is closed" : "too many calls wait"), e);
        }
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    /// Lets running calls end (a native call cannot be interrupted safely) and refuses new ones.
    @Override
    public void close() {
        threads.shutdown();
        boolean interrupted = false;
        while (true) {
            try {
                if (threads.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
