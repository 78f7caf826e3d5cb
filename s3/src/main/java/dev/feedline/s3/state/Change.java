package dev.feedline.s3.state;

import dev.feedline.kernel.Store;
import dev.feedline.kernel.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// A transaction that changes S3's state, and what is to happen once it is on disk.
public final class Change {
    private final Transaction tx;
    private final List<String> unnamedFiles = new ArrayList<>();
    private final List<Store.Work<?>> afterwards = new ArrayList<>();
    private boolean wroteEvents;

    Change(Transaction tx) {
        this.tx = tx;
    }

    public Transaction tx() {
        return tx;
    }

    /// The next number of the one sequence that orders versions and events.
    public long nextSequence() throws SQLException {
        tx.update("UPDATE counter SET value = value + 1 WHERE name = 'sequence'");
        return tx.first("SELECT value FROM counter WHERE name = 'sequence'", row -> row.getLong(1))
                .orElseThrow();
    }

    /// Body files that no row names after this; they are deleted after the commit.
    public void unname(Collection<String> files) {
        unnamedFiles.addAll(files);
    }

    /// The outbox has something new; its dispatcher is woken after the commit.
    public void wroteEvents() {
        wroteEvents = true;
    }

    /// Writes events in a transaction of their own, after the commit: what the outbox is there to prevent, for trials
    /// that show it.
    public void writeEventsAfterwards(Store.Work<?> events) {
        afterwards.add(events);
        wroteEvents = true;
    }

    List<Store.Work<?>> afterwards() {
        return afterwards;
    }

    List<String> unnamedFiles() {
        return unnamedFiles;
    }

    boolean hasEvents() {
        return wroteEvents;
    }
}
