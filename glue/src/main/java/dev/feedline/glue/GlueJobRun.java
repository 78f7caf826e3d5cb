package dev.feedline.glue;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of a [GlueJob], as the job sees it.
public final class GlueJobRun {
    /// Why a run was asked to end before it was done.
    enum Stop {
        /// `BatchStopJobRun` was called.
        REQUESTED,
        /// The run's timeout has passed.
        TIMEOUT,
        /// Feedline is being closed.
        CLOSING
    }

    /// Thrown by [#checkStopped]; a job lets it through.
    public static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StoppedException(String message) {
            super(message);
        }
    }

    private final String jobName;
    private final String runId;
    private final Map<String, String> arguments;
    private final Logger log;
    private final ConcurrentHashMap<String, Long> metrics = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
    private final CompletableFuture<Stop> stopped = new CompletableFuture<>();
    private final RunLog runLog;
    private volatile Bookmarks.Handed bookmarks = Bookmarks.Handed.NONE;
    private volatile Map<String, String> committed = Map.of();

    GlueJobRun(String jobName, String runId, Map<String, String> arguments, RunLog runLog) {
        this.jobName = jobName;
        this.runId = runId;
        this.arguments = Map.copyOf(arguments);
        this.runLog = runLog;
        this.log = LoggerFactory.getLogger("dev.feedline.glue.job." + jobName);
    }

    public String jobName() {
        return jobName;
    }

    /// The run's id, `jr_` and 64 hexadecimal digits; a retry's ends in `_attempt_<n>`.
    public String runId() {
        return runId;
    }

    /// The arguments with their dashes, such as `--lake-bucket`, by Glue's precedence: non-overridable,
    /// then the run's, then the job's defaults; with `--JOB_NAME`, `--JOB_ID` and `--JOB_RUN_ID` as
    /// Glue adds them.
    public Map<String, String> arguments() {
        return arguments;
    }

    public Optional<String> argument(String name) {
        return Optional.ofNullable(arguments.get(name));
    }

    /// Writes a line to the run's log, and to the log `dev.feedline.glue.job.<job name>`.
    public void log(String line) {
        log.info("{} {}", runId, line);
        runLog.line(line);
    }

    /// Adds to a metric of this run; metrics are kept with the run when it ends.
    public void count(String metric, long by) {
        metrics.merge(metric, by, Long::sum);
    }

    public Map<String, Long> metrics() {
        return new TreeMap<>(metrics);
    }

    /// Whether the run has been asked to end: stopped, timed out, or Feedline is closing.
    public boolean stopped() {
        return stop.get() != null;
    }

    /// Ends a run that has been asked to end.
    ///
    /// @throws StoppedException when [#stopped]
    public void checkStopped() {
        Stop reason = stop.get();
        if (reason != null) {
            throw new StoppedException("The run was asked to end: " + reason);
        }
    }

    /// Has this done once when the run is asked to end; at once when it has been.
    void whenStopped(Runnable action) {
        var _ = stopped.thenRun(action);
    }

    /// Asks the run to end; the first reason stays.
    void stop(Stop reason) {
        if (stop.compareAndSet(null, reason)) {
            stopped.complete(reason);
        }
    }

    RunLog runLog() {
        return runLog;
    }

    Bookmarks.Handed bookmarks() {
        return bookmarks;
    }

    void hand(Bookmarks.Handed handed) {
        bookmarks = handed;
    }

    /// What the job has committed; kept when the run's end is written, if its option says so.
    void commitBookmarks(Map<String, String> contexts) {
        committed = Map.copyOf(contexts);
    }

    Map<String, String> committedBookmarks() {
        return bookmarks.option() == BookmarkUse.Option.ENABLE ? committed : Map.of();
    }

    Optional<Stop> stopReason() {
        return Optional.ofNullable(stop.get());
    }
}
