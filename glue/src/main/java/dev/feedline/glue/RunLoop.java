package dev.feedline.glue;

import dev.feedline.kernel.Bell;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Transaction;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.glue.model.Job;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;

/// What makes admitted runs go: it looks at the store, lets waiting runs start when there is room,
/// gives each started one a thread, and asks those past their timeout to end.
///
/// Everything is derived from the store, so a lost ring costs a moment and a crash loses no run.
final class RunLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunLoop.class);
    private static final Duration PAUSE_WHEN_DISK_IS_FULL = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LISTS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_PRUNINGS = Duration.ofHours(1);

    private final GlueStore store;
    private final GlueSettings settings;
    private final Ground ground;
    private final RunLogs logs;
    private final RunCommits commits;
    private final Optional<Drivers> drivers;
    private final LeftPods pods;
    private final String bellName;
    private final ConcurrentHashMap<String, AtWork> atWork = new ConcurrentHashMap<>();
    private @Nullable Thread thread;
    private Instant pruned = Instant.MIN;
    private Counts counts = new Counts(0, 0);
    private Instant counted = Instant.MIN;
    private volatile boolean closing;

    private record Counts(long waiting, long atWork) {}

    private record AtWork(GlueJobRun run, Instant deadline, Thread thread) {}

    RunLoop(
            GlueStore store,
            GlueSettings settings,
            Ground ground,
            RunLogs logs,
            RunCommits commits,
            Optional<Drivers> drivers,
            LeftPods pods) {
        this.store = store;
        this.logs = logs;
        this.commits = commits;
        this.drivers = drivers;
        this.pods = pods;
        this.settings = settings;
        this.ground = ground;
        this.bellName = ground.account().arn("glue", "job/*").toString();
    }

    /// Ends in the store what the last process left unended: a run that had begun has FAILED (or, when
    /// it was being stopped, is STOPPED), and what it had committed is kept; one that had not begun yet will.
    void settleAfterRestart() throws IOException {
        List<JobRun> running = store.read(tx -> RunHistory.in(tx, JobRunState.RUNNING));
        List<JobRun> stopping = store.read(tx -> RunHistory.in(tx, JobRunState.STOPPING));
        for (JobRun run : running) {
            settle(run, RunEnding.CUT);
        }
        for (JobRun run : stopping) {
            settle(run, RunEnding.STOPPED);
        }
        commits.forgetAll();
    }

    private void settle(JobRun run, RunEnding ending) {
        try {
            settle(run, ending, commits.of(run.id()));
        } catch (IOException e) {
            settle(run, RunEnding.uncommitted(e), Map.of());
            LOG.warn("Run {} of job {} has FAILED: its commit cannot be read and is lost", run.id(), run.jobName(), e);
        }
    }

    private void settle(JobRun run, RunEnding ending, Map<String, String> committed) {
        store.write(tx -> {
            Bookmarks.commit(tx, run, committed);
            ending.write(tx, run, ground.clock().instant());
            return null;
        });
    }

    void start() {
        thread = Thread.ofVirtual().name("glue-runs").start(this::loop);
    }

    void ring() {
        ground.bell().ring(bellName);
    }

    void stop(String runId) {
        AtWork one = atWork.get(runId);
        if (one != null) {
            one.run().stop(GlueJobRun.Stop.REQUESTED);
        }
        ring();
    }

    /// What the run has counted so far, while it is at work.
    Optional<GlueJobRun> atWork(String runId) {
        return Optional.ofNullable(atWork.get(runId)).map(AtWork::run);
    }

    @Override
    public void close() {
        closing = true;
        ring();
        try {
            if (thread != null) {
                thread.join();
            }
            Instant deadline = Instant.now().plus(settings.closingGrace());
            for (AtWork one : atWork.values()) {
                one.run().stop(GlueJobRun.Stop.CLOSING);
            }
            for (AtWork one : atWork.values()) {
                Duration left = Duration.between(Instant.now(), deadline);
                one.thread().join(left.isPositive() ? left : Duration.ofMillis(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        while (!closing) {
            try {
                long heard = ground.bell().rings(bellName);
                long seen = store.commits();
                stopLateRuns();
                pruneHistory();
                startRuns();
                ground.bell().await(bellName, heard, Bell.LONGEST_WAIT, () -> store.commits() != seen);
            } catch (AwsServiceException e) {
                if (!waitForRoom(e)) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void stopLateRuns() {
        Instant now = ground.clock().instant();
        for (AtWork one : atWork.values()) {
            if (!now.isBefore(one.deadline())) {
                one.run().stop(GlueJobRun.Stop.TIMEOUT);
            }
        }
    }

    private void pruneHistory() {
        Instant now = ground.clock().instant();
        if (pruned.equals(Instant.MIN) || now.isAfter(pruned.plus(BETWEEN_PRUNINGS))) {
            List<String> forgotten =
                    store.write(tx -> RunHistory.forgetCompletedBefore(tx, now.minus(settings.historyKept())));
            logs.forget(forgotten);
            logs.prune();
            pruned = now;
        }
    }

    private void startRuns() {
        // Only when there is something to write: this loop waits for commits and would wake itself.
        Counts now = store.read(tx -> new Counts(RunHistory.waiting(tx), RunHistory.atWork(tx)));
        if (isWorthALook(now) && store.read(tx -> !startable(tx).isEmpty())) {
            store.write(this::letWaitingStart);
        }
        List<JobRun> starting = store.read(tx -> RunHistory.in(tx, JobRunState.STARTING));
        List<JobRun> stopping = store.read(tx -> RunHistory.in(tx, JobRunState.STOPPING));
        starting.stream().filter(run -> !atWork.containsKey(run.id())).forEach(this::begin);
        // Stopped after it was admitted and before it had a thread.
        stopping.stream()
                .filter(run -> !atWork.containsKey(run.id()))
                .forEach(run -> end(run.id(), RunEnding.STOPPED, Optional.empty()));
    }

    /// The list of waiting runs may be long, so it is read when the counts have changed, or after a while.
    private boolean isWorthALook(Counts now) {
        boolean isKnown = now.equals(counts) && ground.clock().instant().isBefore(counted.plus(BETWEEN_LISTS));
        if (now.waiting() == 0 || isKnown) {
            return false;
        }
        counts = now;
        counted = ground.clock().instant();
        return true;
    }

    private @Nullable Void letWaitingStart(Transaction tx) throws SQLException {
        for (JobRun run : startable(tx)) {
            Instant now = ground.clock().instant();
            RunHistory.update(
                    tx,
                    run.toBuilder()
                            .jobRunState(JobRunState.STARTING)
                            .startedOn(now)
                            .lastModifiedOn(now)
                            .build());
        }
        return null;
    }

    /// The waiting runs for which there is room, in the account and in their job.
    private List<JobRun> startable(Transaction tx) throws SQLException {
        List<JobRun> startable = new ArrayList<>();
        Map<String, Long> atWorkOfJob = new HashMap<>();
        long room = settings.maximumRuns() - RunHistory.atWork(tx);
        for (JobRun run : RunHistory.in(tx, JobRunState.WAITING)) {
            if (startable.size() >= room) {
                break;
            }
            Job job = JobDefinitions.existing(tx, run.jobName());
            Long known = atWorkOfJob.get(job.name());
            long ofJob = known == null ? RunHistory.atWork(tx, job.name()) : known;
            if (ofJob < job.executionProperty().maxConcurrentRuns()) {
                startable.add(run);
                ofJob++;
            }
            atWorkOfJob.put(job.name(), ofJob);
        }
        return startable;
    }

    private void begin(JobRun run) {
        Optional<Job> job = store.read(tx -> JobDefinitions.find(tx, run.jobName()));
        if (job.isEmpty()) {
            end(
                    run.id(),
                    new RunEnding(JobRunState.FAILED, "The job was deleted before this run began"),
                    Optional.empty());
            return;
        }
        GlueJobRun mine = new GlueJobRun(
                run.jobName(), run.id(), JobArguments.merged(job.get(), run.arguments(), run.id()), logs.of(run.id()));
        Instant deadline = ground.clock().instant().plus(Duration.ofMinutes(run.timeout()));
        // A job computes: on virtual threads, as many jobs as cores would hold up every other virtual thread.
        Thread worker =
                Thread.ofPlatform().daemon().name("glue-" + run.jobName()).unstarted(() -> work(job.get(), run, mine));
        atWork.put(run.id(), new AtWork(mine, deadline, worker));
        worker.start();
    }

    private void work(Job job, JobRun run, GlueJobRun mine) {
        try {
            RunEnding ending = ending(job, run, mine);
            boolean cutByClosing = mine.stopReason().equals(Optional.of(GlueJobRun.Stop.CLOSING))
                    && ending.state() != JobRunState.SUCCEEDED;
            if (!cutByClosing) { // what closing cut stays RUNNING in the store: the next start settles it
                end(run.id(), ending, Optional.of(mine));
            }
        } finally {
            mine.runLog().close();
            atWork.remove(run.id());
            ring();
        }
    }

    /// Runs the job; the state RUNNING is on disk before its first step.
    private RunEnding ending(Job job, JobRun run, GlueJobRun mine) {
        try {
            boolean begun = store.write(tx -> markRunning(tx, run.id()));
            if (!begun) {
                return RunEnding.STOPPED;
            }
            BookmarkUse use = BookmarkUse.of(mine.arguments()).checked();
            mine.hand(store.read(tx -> Bookmarks.handed(tx, run.jobName(), use)));
            job(Script.of(job.command(), settings)).run(mine);
            return mine.stopReason().map(reason -> stopped(reason, run, true)).orElse(RunEnding.SUCCEEDED);
        } catch (Throwable thrown) { // whatever a job throws is its run's end, and the loop goes on
            tell(run, mine, thrown);
            return mine.stopReason().map(reason -> stopped(reason, run, false)).orElse(RunEnding.failed(thrown));
        }
    }

    private GlueJob job(Script script) {
        return switch (script) {
            case Script.BuiltIn(GlueJob job) -> job;
            case Script.OnSpark onSpark ->
                new SparkJob(onSpark, settings.spark().orElseThrow().s3(), drivers.orElseThrow(), pods, commits);
        };
    }

    private static void tell(JobRun run, GlueJobRun mine, Throwable thrown) {
        switch (thrown) {
            case GlueJobRun.StoppedException stopped -> mine.log(String.valueOf(stopped.getMessage()));
            case RunFailure failure -> mine.log("The run failed: " + failure.getMessage());
            default -> {
                LOG.info("Run {} of job {} ended with an exception", run.id(), run.jobName(), thrown);
                StringWriter stack = new StringWriter();
                thrown.printStackTrace(new PrintWriter(stack));
                mine.runLog().line(stack.toString().stripTrailing());
            }
        }
    }

    private static RunEnding stopped(GlueJobRun.Stop reason, JobRun run, boolean finished) {
        return switch (reason) {
            case REQUESTED -> RunEnding.STOPPED;
            case TIMEOUT -> RunEnding.timeout(run.timeout());
            case CLOSING -> finished ? RunEnding.SUCCEEDED : RunEnding.CUT;
        };
    }

    private static boolean markRunning(Transaction tx, String id) throws SQLException {
        Optional<JobRun> run = RunHistory.find(tx, id).filter(one -> one.jobRunState() == JobRunState.STARTING);
        if (run.isPresent()) {
            RunHistory.update(
                    tx, run.get().toBuilder().jobRunState(JobRunState.RUNNING).build());
        }
        return run.isPresent();
    }

    private void end(String id, RunEnding ending, Optional<GlueJobRun> mine) {
        while (true) {
            try {
                store.write(tx -> end(tx, id, ending, mine));
                forgetCommits(id);
                return;
            } catch (AwsServiceException e) {
                if (!waitForRoom(e)) {
                    return;
                }
            }
        }
    }

    private void forgetCommits(String id) {
        try {
            commits.forget(id);
        } catch (IOException e) {
            LOG.warn("What run {} committed is in the store; its file is removed at the next start", id, e);
        }
    }

    private @Nullable Void end(Transaction tx, String id, RunEnding ending, Optional<GlueJobRun> mine)
            throws SQLException {
        Optional<JobRun> run = RunHistory.find(tx, id).filter(one -> one.completedOn() == null);
        if (run.isPresent()) {
            Map<String, Long> metrics = mine.map(GlueJobRun::metrics).orElse(Map.of());
            RunHistory.keepMetrics(tx, id, metrics);
            if (mine.isPresent()) {
                Bookmarks.commit(tx, run.get(), mine.get().committedBookmarks());
            }
            JobRun told = metrics.isEmpty()
                    ? run.get()
                    : run.get().toBuilder()
                            .stateDetail(RunHistory.detail(metrics))
                            .build();
            ending.write(tx, told, ground.clock().instant());
        }
        return null;
    }

    /// A full disk passes; a broken store has told the process already, and a closed one leaves the run
    /// to the next start.
    private boolean waitForRoom(AwsServiceException e) {
        if (e.statusCode() != 503) {
            LOG.error("Glue's runs cannot go on", e);
            return false;
        }
        try {
            Thread.sleep(PAUSE_WHEN_DISK_IS_FULL);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
