package dev.feedline.glue;

import dev.feedline.kernel.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// The driver processes there are, on disk before they are given anything to do.
///
/// What a Feedline that was killed has left is found by its process id and its start, and ended before
/// anybody says what became of its run.
final class DriverRecords {
    private static final Logger LOG = LoggerFactory.getLogger(DriverRecords.class);
    private static final Duration LONGEST_END = Duration.ofSeconds(10);
    /// Linux counts a process's start from the machine's, which two readings may put a little apart.
    private static final Duration SAME_START = Duration.ofSeconds(2);

    private final GlueStore store;

    DriverRecords(GlueStore store) {
        this.store = store;
    }

    private record Recorded(long pid, long startedMillis) {}

    void add(ProcessHandle process) {
        store.write(tx -> tx.update(
                "INSERT OR REPLACE INTO driver (pid, started) VALUES (?, ?)",
                process.pid(),
                started(process).map(Instant::toEpochMilli).orElse(0L)));
    }

    void remove(ProcessHandle process) {
        try {
            store.write(tx -> tx.update("DELETE FROM driver WHERE pid = ?", process.pid()));
        } catch (AwsServiceException | StoreException e) {
            // It stays recorded, and the next start finds that it has ended.
            LOG.warn("Driver {} has ended and is still recorded", process.pid(), e);
        }
    }

    /// Ends what is left of the last Feedline.
    void endLeftOver() {
        List<Recorded> all = store.read(
                tx -> tx.query("SELECT pid, started FROM driver", row -> new Recorded(row.getLong(1), row.getLong(2))));
        for (Recorded one : all) {
            ProcessHandle.of(one.pid()).filter(process -> isSame(process, one)).ifPresent(DriverRecords::end);
        }
        if (!all.isEmpty()) {
            store.write(tx -> tx.update("DELETE FROM driver"));
        }
    }

    private static boolean isSame(ProcessHandle process, Recorded recorded) {
        return started(process)
                .map(at -> Duration.between(Instant.ofEpochMilli(recorded.startedMillis()), at)
                                .abs()
                                .compareTo(SAME_START)
                        <= 0)
                .orElse(false);
    }

    private static void end(ProcessHandle process) {
        LOG.warn("Ending the driver {}, which the last Feedline left behind", process.pid());
        process.descendants().toList().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.onExit().get(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The driver {} was killed and is still listed by the system", process.pid(), e);
        }
    }

    private static Optional<Instant> started(ProcessHandle process) {
        return process.info().startInstant();
    }
}
