package dev.feedline.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The one run that this process has been given: what the job and its driver say to each other.
///
/// It is a static, because AWS's API for jobs is: `Job.init` and `Job.commit` take no run. Where no driver of
/// Feedline's runs the job (spark-submit, AWS Glue), nobody asks.
public final class RunOfDriver {
    /// As many as Feedline reads.
    private static final int MOST_COMMITTED_BYTES = 64 << 20;

    public static final RunOfDriver CURRENT = new RunOfDriver(MOST_COMMITTED_BYTES);

    private final int mostCommittedBytes;
    private final Map<String, Long> metrics = new ConcurrentHashMap<>();
    private volatile BookmarkBook bookmarks = BookmarkBook.OFF;
    private volatile String runId = "";
    private volatile @Nullable Path commits;

    RunOfDriver(int mostCommittedBytes) {
        this.mostCommittedBytes = mostCommittedBytes;
    }

    /// Sets a metric of the run, for its report.
    public void count(String metric, long value) {
        metrics.put(metric, value);
    }

    public BookmarkBook bookmarks() {
        return bookmarks;
    }

    /// The run's id, empty where no driver of Feedline's runs the job.
    public String runId() {
        return runId;
    }

    /// Makes the bookmarks of what was read until now the job's: they are on disk when this returns, so that
    /// they hold whatever ends the process after it.
    ///
    /// @throws IllegalStateException when they are larger than Feedline keeps; what was committed before holds
    public void commit() {
        bookmarks.commit(states -> {
            Path file = commits;
            if (file != null) {
                DurableFile.write(file, checked(Json.write(states).getBytes(UTF_8)));
            }
        });
    }

    private byte[] checked(byte[] states) {
        if (states.length > mostCommittedBytes) {
            throw new IllegalStateException("The bookmarks of this run are " + states.length
                    + " bytes, and Feedline keeps at most " + mostCommittedBytes
                    + ": they name each file of a source's last moments; let the source have fewer and larger"
                    + " files, or a shorter maxBand");
        }
        return states;
    }

    /// @param kept the file for what the run commits
    void begin(String id, BookmarkBook of, Path kept) {
        runId = id;
        bookmarks = of;
        commits = kept;
    }

    Map<String, Long> metrics() {
        return new TreeMap<>(metrics);
    }
}
