package dev.feedline.snowflake.pipe;

import dev.feedline.kernel.Store;
import dev.feedline.snowflake.copy.StagedFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The files that pipes have heard of and not loaded yet: durable, so that a message may be deleted
/// once its files are here, and a paused pipe forgets none.
///
/// A file whose load has committed may still be here after a crash; the load history then says that it
/// is done.
public final class WaitingFiles {
    private final Store store;

    /// A file that waits for a pipe.
    record Waiting(long id, String pipeId, StagedFile file, Instant receivedOn) {}

    /// How many wait for a pipe, and the one that has waited longest.
    record Backlog(long files, Optional<Waiting> oldest) {}

    public WaitingFiles(Store store) {
        this.store = store;
    }

    /// One pipe's interest in one file.
    record Arrival(String pipeId, StagedFile file) {}

    /// Adds what is not there yet, in one commit.
    void add(List<Arrival> arrivals, Instant receivedOn) {
        if (arrivals.isEmpty()) {
            return;
        }
        store.write(tx -> {
            for (Arrival arrival : arrivals) {
                StagedFile file = arrival.file();
                tx.update(
                        "INSERT OR IGNORE INTO waiting_files (pipe_id, bucket, key, size, etag, received_on)"
                                + " VALUES (?, ?, ?, ?, ?, ?)",
                        arrival.pipeId(),
                        file.bucket(),
                        file.key(),
                        file.size(),
                        file.etag(),
                        receivedOn.toString());
            }
            return true;
        });
    }

    /// The longest waiting files of a pipe.
    List<Waiting> first(String pipeId, int limit) {
        return store.read(tx -> tx.query(
                "SELECT id, bucket, key, size, etag, received_on FROM waiting_files WHERE pipe_id = ?"
                        + " ORDER BY id LIMIT " + limit,
                row -> {
                    Instant at = Instant.parse(row.getString(6));
                    return new Waiting(
                            row.getLong(1),
                            pipeId,
                            new StagedFile(row.getString(2), row.getString(3), row.getLong(4), row.getString(5), at),
                            at);
                },
                pipeId));
    }

    /// The pipes that something waits for.
    List<String> pipes() {
        return store.read(tx -> tx.query("SELECT DISTINCT pipe_id FROM waiting_files", row -> row.getString(1)));
    }

    Backlog backlog(String pipeId) {
        long files = store.read(
                tx -> tx.first("SELECT count(*) FROM waiting_files WHERE pipe_id = ?", row -> row.getLong(1), pipeId)
                        .orElse(0L));
        return new Backlog(files, first(pipeId, 1).stream().findFirst());
    }

    void remove(List<Waiting> done) {
        store.write(tx -> {
            for (Waiting one : done) {
                tx.update("DELETE FROM waiting_files WHERE id = ?", one.id());
            }
            return true;
        });
    }

    /// Forgets what waits for pipes that are no more.
    void keepOnly(List<String> pipeIds) {
        List<String> gone = pipes().stream().filter(id -> !pipeIds.contains(id)).toList();
        if (!gone.isEmpty()) {
            store.write(tx -> {
                for (String id : gone) {
                    tx.update("DELETE FROM waiting_files WHERE pipe_id = ?", id);
                }
                return true;
            });
        }
    }
}
