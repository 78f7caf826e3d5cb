package dev.feedline.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// One service's small state: a SQLite database (WAL, `synchronous=FULL`), owned by that service alone.
///
/// Writes run on one thread, which takes all that wait (at most [#LARGEST_BATCH]) into one commit: what [#write] has
/// returned from is on disk. Reads run on [#READERS] threads and see everything committed before they began. Work must
/// be short, must not call the store again, and has no effects but those in the transaction: it may
/// run twice.
public final class Store implements AutoCloseable {
    static final int LARGEST_BATCH = 500;
    static final int LONGEST_QUEUE = 10_000;
    static final int READERS = 2;

    /// Wakes the writer so that it sees the end.
    private static final Waiting<Boolean> END = new Waiting<>(tx -> true, new CompletableFuture<>());

    private final Path file;
    private final Consumer<? super StoreException> onFailure;
    private final Connection writing;
    private final Transaction write;
    private final BlockingQueue<Waiting<?>> waiting = new ArrayBlockingQueue<>(LONGEST_QUEUE);
    private final BlockingQueue<Reader> readers = new ArrayBlockingQueue<>(READERS);
    private final NativePool readPool;
    private final Thread writer;
    private final AtomicLong commits = new AtomicLong();
    private volatile @Nullable StoreException failed;
    private volatile boolean closed;

    /// A piece of work inside a transaction.
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T run(Transaction tx) throws Exception;
    }

    private record Reader(Connection connection, Transaction transaction) {}

    private record Waiting<T extends @Nullable Object>(Work<T> work, CompletableFuture<T> done) {}

    private Store(Path file, Consumer<? super StoreException> onFailure, Connection writing) throws SQLException {
        this.file = file;
        this.onFailure = onFailure;
        this.writing = writing;
        this.write = new Transaction(writing);
        String name = String.valueOf(file.getFileName());
        for (int i = 0; i < READERS; i++) {
            Connection reading = connect(file, true);
            readers.add(new Reader(reading, new Transaction(reading)));
        }
        this.readPool = new NativePool("store-read-" + name, READERS, LONGEST_QUEUE);
        this.writer = Thread.ofPlatform().name("store-write-" + name).daemon().start(this::commitAll);
    }

    /// Opens or creates the database and brings its schema up to date.
    ///
    /// @param migrations the SQL scripts of the schema, oldest first; the database remembers how many have run, so
    ///     a released script is never edited, a new one is added
    /// @param onFailure told once when the store has failed for good, so that the process can stop
    public static Store open(Path file, Disk disk, List<String> migrations, Consumer<? super StoreException> onFailure)
            throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            disk.createDirectories(folder);
        }
        WriteAheadLog.requireWhole(file, disk);
        try {
            Connection connection = connect(file, false);
            WriteAheadLog.startAnew(connection);
            migrate(file, connection, migrations);
            if (folder != null) {
                disk.forceDirectory(folder);
            }
            return new Store(file, onFailure, connection);
        } catch (SQLException e) {
            throw new IOException(
                    "The store " + file + " cannot be opened: " + e.getMessage()
                            + ". If the file is damaged, check the disk and restore the data folder from a copy.",
                    e);
        }
    }

    /// Runs the work in a transaction and returns when it is on disk.
    ///
    /// What the work throws comes out as it is (checked exceptions inside a [CompletionException]), and
    /// nothing of it is kept.
    ///
    /// @throws StoreException when the disk is full or the store has failed
    public <T extends @Nullable Object> T write(Work<T> work) {
        refuseWhenFailed();
        Waiting<T> mine = new Waiting<>(work, new CompletableFuture<>());
        try {
            waiting.put(mine);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(Blame.FEEDLINE, "interrupted before writing to " + file, e);
        }
        if (closed) {
            failAllWaiting(closedFailure());
        }
        try {
            return mine.done().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /// Runs the work on a snapshot; it must not change anything (SQLite refuses it).
    public <T extends @Nullable Object> T read(Work<T> work) {
        refuseWhenFailed();
        try {
            return readPool.call(() -> {
                Reader reader = readers.take();
                try {
                    return inTransaction(reader, work);
                } finally {
                    readers.add(reader);
                }
            });
        } catch (RuntimeException e) {
            throw e;
        } catch (SQLException e) {
            throw new StoreException(Blame.FEEDLINE, "reading " + file + " failed: " + e.getMessage(), e);
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    /// How often something has been committed since the opening. Who asks before reading need not read again while
    /// the number stays: nobody else writes to the database.
    public long commits() {
        return commits.get();
    }

    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                waiting.offer(END); // refused when it is full, and then the writer is awake
                writer.join(100);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        failAllWaiting(closedFailure());
        readPool.close();
        try {
            for (Reader reader : readers) {
                reader.connection().close();
            }
            writing.close();
        } catch (SQLException e) {
            throw new StoreException(Blame.FEEDLINE, "closing " + file + " failed: " + e.getMessage(), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static <T extends @Nullable Object> T inTransaction(Reader reader, Work<T> work) throws Exception {
        try (Statement statement = reader.connection().createStatement()) {
            statement.execute("BEGIN");
            try {
                return work.run(reader.transaction());
            } finally {
                statement.execute("ROLLBACK");
            }
        }
    }

    private void commitAll() {
        List<Waiting<?>> batch = new ArrayList<>(LARGEST_BATCH);
        while (!closed || !waiting.isEmpty()) {
            try {
                batch.add(waiting.take());
                waiting.drainTo(batch, LARGEST_BATCH - 1);
                batch.removeIf(one -> one == END);
                if (!batch.isEmpty()) {
                    commit(batch);
                }
            } catch (InterruptedException e) {
                closed = true;
            } finally {
                batch.clear();
            }
        }
    }

    private void commit(List<Waiting<?>> batch) {
        List<Runnable> answers = new ArrayList<>(batch.size());
        try (Statement statement = writing.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            for (Waiting<?> one : batch) {
                answers.add(runOne(statement, one));
            }
            statement.execute("COMMIT");
            commits.incrementAndGet();
        } catch (SQLException e) {
            StoreException failure = failure(e);
            try {
                rollback(failure); // first of all: a process that has to stop should not answer any more
            } finally {
                batch.forEach(one -> one.done().completeExceptionally(failure));
            }
            return;
        }
        answers.forEach(Runnable::run);
    }

    /// Runs one work inside its savepoint and returns how to answer its caller once the commit is on disk.
    private <T extends @Nullable Object> Runnable runOne(Statement statement, Waiting<T> one) throws SQLException {
        statement.execute("SAVEPOINT one");
        try {
            T result = one.work().run(write);
            statement.execute("RELEASE one");
            return () -> one.done().complete(result);
        } catch (Throwable thrown) {
            if (thrown instanceof SQLiteException e && isStoreWide(e.getResultCode())) {
                throw e;
            }
            statement.execute("ROLLBACK TO one");
            statement.execute("RELEASE one");
            return () -> one.done().completeExceptionally(thrown);
        }
    }

    private void rollback(StoreException failure) {
        try (Statement statement = writing.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            failure.addSuppressed(e); // SQLite has rolled back by itself after some errors, and then says so here
        }
        if (failure.blame() == Blame.FEEDLINE && failed == null) {
            failed = failure;
            try {
                onFailure.accept(failure);
            } finally {
                failAllWaiting(failure);
            }
        }
    }

    private StoreException failure(SQLException e) {
        if (e instanceof SQLiteException sqlite && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_FULL) {
            return new StoreException(Blame.RESOURCE, "No space left on the volume of " + file, e);
        }
        return new StoreException(
                Blame.FEEDLINE,
                "The store " + file + " failed (" + e.getMessage()
                        + "): nothing more is written to it. Check the disk, then start again.",
                e);
    }

    private static boolean isStoreWide(SQLiteErrorCode code) {
        return code == SQLiteErrorCode.SQLITE_FULL
                || code == SQLiteErrorCode.SQLITE_CORRUPT
                || code == SQLiteErrorCode.SQLITE_NOTADB
                || code.name().startsWith("SQLITE_IOERR");
    }

    private void refuseWhenFailed() {
        StoreException failure = failed;
        if (failure != null) {
            throw new StoreException(Blame.FEEDLINE, String.valueOf(failure.getMessage()), failure);
        }
        if (closed) {
            throw closedFailure();
        }
    }

    private void failAllWaiting(StoreException failure) {
        for (Waiting<?> one = waiting.poll(); one != null; one = waiting.poll()) {
            one.done().completeExceptionally(failure);
        }
    }

    private StoreException closedFailure() {
        return new StoreException(
                Blame.FEEDLINE, "the store " + file + " is closed", new IllegalStateException("closed"));
    }

    private static Connection connect(Path file, boolean readOnly) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(10_000);
        config.enforceForeignKeys(true);
        Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
        if (readOnly) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA query_only = ON");
            }
        }
        return connection;
    }

    private static void migrate(Path file, Connection connection, List<String> migrations)
            throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            int done;
            try (var row = statement.executeQuery("PRAGMA user_version")) {
                done = row.getInt(1);
            }
            if (done > migrations.size()) {
                throw new IOException("The store " + file + " was written by a newer Feedline (schema " + done
                        + ", this one knows " + migrations.size() + "). Use that one.");
            }
            for (int i = done; i < migrations.size(); i++) {
                statement.execute("BEGIN IMMEDIATE");
                statement.executeUpdate(migrations.get(i));
                statement.execute("PRAGMA user_version = " + (i + 1));
                statement.execute("COMMIT");
            }
        }
    }
}
