package dev.feedline.feeds;

import java.util.EnumSet;
import java.util.Set;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.ConcurrentRunsExceededException;
import software.amazon.awssdk.services.glue.model.JobRunState;

/// Starts a conversion job, unless a run of it is about to start anyway.
public final class JobStart {
    /// Runs that have not looked at the landing bucket yet, so will see whatever is there now.
    private static final Set<JobRunState> ABOUT_TO_LOOK = EnumSet.of(JobRunState.WAITING, JobRunState.STARTING);
    /// Newest first; a run that waits is among the newest.
    private static final int RUNS_LOOKED_AT = 10;

    private final GlueClient glue;

    /// What came of it.
    public enum Outcome {
        STARTED,
        /// A run waits already.
        WAITING,
        /// The job runs as often as it may; a run looks again before it ends.
        RUNNING
    }

    public JobStart(GlueClient glue) {
        this.glue = glue;
    }

    /// @param job the one that converts the feed's rows, [FeedTable#job]
    public Outcome ensureRun(String job) {
        boolean waits = glue.getJobRuns(request -> request.jobName(job).maxResults(RUNS_LOOKED_AT)).jobRuns().stream()
                .anyMatch(run -> ABOUT_TO_LOOK.contains(run.jobRunState()));
        if (waits) {
            return Outcome.WAITING;
        }
        try {
            glue.startJobRun(request -> request.jobName(job));
            return Outcome.STARTED;
        } catch (ConcurrentRunsExceededException e) {
            return Outcome.RUNNING;
        }
    }
}
