package dev.feedline.kinesis.log;

import dev.feedline.kernel.Disk.DiskFile;
import dev.feedline.kernel.ForceFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The one thread that writes a log: it takes all that waits, writes it, forces once, and only then
/// answers.
///
/// It is a platform thread that nobody interrupts, because an interrupt closes the file under it.
/// After a failed force, or when a failed write could not be taken back, nothing more is written.
final class LogWriter implements AutoCloseable {
    static final int LONGEST_QUEUE = 1_000;
    static final int LARGEST_BATCH = 500;
    static final long LARGEST_BATCH_BYTES = 16L * 1024 * 1024;

    private final Path folder;
    private final SegmentFiles files;
    private final Runnable onCommit;
    private final Consumer<? super Exception> onFailure;
    private final BlockingQueue<Task> waiting = new ArrayBlockingQueue<>(LONGEST_QUEUE);
    private final FrameBuffer buffer = new FrameBuffer();
    private final Thread thread;
    private volatile View view;
    private volatile boolean closed;
    private volatile @Nullable IOException failed;
    private DiskFile file;
    private boolean marked;

    private sealed interface Task {
        CompletableFuture<?> done();

        record Append(List<Entry> entries, long bytes, CompletableFuture<SegmentLog.Appended> done) implements Task {}

        record RetainSince(long millis, CompletableFuture<Void> done) implements Task {}

        record Stop(CompletableFuture<Void> done) implements Task {}
    }

    LogWriter(
            Path folder,
            SegmentFiles files,
            Recovery.Recovered recovered,
            Runnable onCommit,
            Consumer<? super Exception> onFailure)
            throws IOException {
        this.folder = folder;
        this.files = files;
        this.view = recovered.view();
        this.marked = recovered.marked();
        this.onCommit = onCommit;
        this.onFailure = onFailure;
        this.file = files.disk().open(view.active().path());
        this.thread =
                Thread.ofPlatform().name("log-" + folder.getFileName()).daemon().start(this::writeAll);
    }

    Path folder() {
        return folder;
    }

    View view() {
        return view;
    }

    CompletableFuture<SegmentLog.Appended> append(List<Entry> entries) {
        long bytes = entries.stream().mapToLong(Entry::bodyBytes).sum();
        return submit(new Task.Append(entries, bytes, new CompletableFuture<>()))
                .done();
    }

    void retainSince(long millis) throws IOException {
        try {
            submit(new Task.RetainSince(millis, new CompletableFuture<>()))
                    .done()
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        boolean first = !closed;
        closed = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                if (first) {
                    waiting.put(new Task.Stop(new CompletableFuture<>()));
                    first = false;
                }
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        failWaiting(new IOException("the log " + folder + " is closed"));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private <T extends Task> T submit(T task) {
        IOException failure = failed;
        if (failure != null || closed) {
            task.done()
                    .completeExceptionally(
                            failure == null ? new IOException("the log " + folder + " is closed") : failure);
            return task;
        }
        try {
            waiting.put(task);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            task.done().completeExceptionally(new IOException("interrupted before writing to " + folder, e));
        }
        IOException since = failed;
        if (since != null || (closed && !thread.isAlive())) {
            failWaiting(since == null ? new IOException("the log " + folder + " is closed") : since);
        }
        return task;
    }

    private void writeAll() {
        try {
            while (work(waiting.take())) {
                // until it is told to stop
            }
            closeFile();
        } catch (IOException e) {
            fail(e);
        } catch (InterruptedException | RuntimeException | Error e) {
            fail(new IOException("the writer of " + folder + " ended unexpectedly", e));
        }
    }

    private void closeFile() throws IOException {
        try (DiskFile last = file) {
            if (!marked && failed == null) {
                byte[] nothing = new byte[0];
                last.append(Frame.mark(view.end(), view.next(), view.latest()).head(nothing, nothing));
                last.force();
            }
        }
    }

    /// Takes what waits behind the first task too, up to the bounds of a batch; says whether to go
    /// on.
    private boolean work(Task first) {
        List<Task.Append> batch = new ArrayList<>();
        long bytes = 0;
        boolean goOn = true;
        for (@Nullable Task task = first; task != null; task = goOn ? next(batch, bytes) : null) {
            switch (task) {
                case Task.Append append -> {
                    batch.add(append);
                    bytes += append.bytes();
                }
                case Task.RetainSince retain -> retain(retain);
                case Task.Stop stop -> goOn = false;
            }
        }
        if (!batch.isEmpty()) {
            commit(batch);
        }
        return goOn;
    }

    private @Nullable Task next(List<Task.Append> batch, long bytes) {
        return batch.size() < LARGEST_BATCH && bytes < LARGEST_BATCH_BYTES ? waiting.poll() : null;
    }

    private void commit(List<Task.Append> batch) {
        List<Runnable> answers = new ArrayList<>(batch.size());
        try {
            refuseAfterFailure();
            rollWhenComplete();
            View written = write(batch, answers);
            file.force();
            view = written;
        } catch (IOException e) {
            takeBack(e);
            batch.forEach(append -> append.done().completeExceptionally(e));
            return;
        } catch (RuntimeException | Error e) {
            batch.forEach(append -> append.done().completeExceptionally(e));
            throw e; // whoever waits has an answer; the writer itself ends
        }
        answers.forEach(Runnable::run);
        onCommit.run();
    }

    private View write(List<Task.Append> batch, List<Runnable> answers) throws IOException {
        long durable = view.end();
        long end = durable;
        long next = view.next();
        long latest = view.latest();
        marked = false;
        for (Task.Append append : batch) {
            long arrival = files.clock().millis();
            SegmentLog.Appended appended = new SegmentLog.Appended(next, arrival);
            for (Entry entry : append.entries()) {
                Frame frame = Frame.record(end, entry, next, arrival, durable);
                buffer.add(frame, entry, file);
                view.activeIndex().add(frame, latest);
                end = frame.end();
                latest = Math.max(latest, arrival);
                next++;
            }
            answers.add(() -> append.done().complete(appended));
        }
        buffer.flush(file);
        return view.committed(end, next, latest);
    }

    /// Cuts a failed write off again, so that the next one begins behind the last good record.
    private void takeBack(IOException cause) {
        buffer.clear();
        view.activeIndex().cut(view.next(), view.end());
        if (failed != null || cause instanceof ForceFailedException) {
            fail(cause);
            return;
        }
        try {
            file.truncate(view.end());
        } catch (IOException e) {
            cause.addSuppressed(e);
            fail(cause);
        }
    }

    private void fail(IOException cause) {
        if (failed != null) {
            return;
        }
        failed = cause;
        try {
            onFailure.accept(cause); // first of all: a process that has to stop should not answer any more
        } finally {
            failWaiting(cause);
        }
    }

    private void failWaiting(IOException cause) {
        for (@Nullable Task task = waiting.poll(); task != null; task = waiting.poll()) {
            task.done().completeExceptionally(cause);
        }
    }

    private void refuseAfterFailure() throws IOException {
        IOException failure = failed;
        if (failure != null) {
            throw new IOException("nothing more is written to " + folder + " after: " + failure.getMessage(), failure);
        }
    }

    private void rollWhenComplete() throws IOException {
        if (view.end() >= files.segmentBytes()) {
            roll();
        }
    }

    private void roll() throws IOException {
        SegmentFiles.Fresh fresh = files.after(view, folder);
        DiskFile old = file;
        file = fresh.file();
        view = view.rolledTo(fresh.segment());
        old.close();
    }

    private void retain(Task.RetainSince retain) {
        try {
            boolean activeIsOld = view.latest() < retain.millis()
                    && view.next() > view.active().base();
            if (activeIsOld) {
                roll();
            }
            while (view.segments().size() > 1 && view.latest(0) < retain.millis()) {
                Path oldest = view.segments().getFirst().path();
                view = view.withoutOldest();
                files.disk().delete(oldest);
                files.disk().forceDirectory(folder); // in order, so that a power cut never leaves a gap
            }
            retain.done().complete(null);
        } catch (IOException e) {
            retain.done().completeExceptionally(e);
        }
    }
}
