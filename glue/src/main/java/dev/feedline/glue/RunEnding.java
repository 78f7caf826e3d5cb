package dev.feedline.glue;

import dev.feedline.kernel.Transaction;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.Job;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;

/// How a run ended.
///
/// @param state SUCCEEDED, FAILED, STOPPED or TIMEOUT
/// @param message why, null where the state says it all
record RunEnding(JobRunState state, @Nullable String message) {
    /// An exception may carry a whole file; the run's log has all of it.
    private static final int LONGEST_MESSAGE = 4_000;

    static final RunEnding SUCCEEDED = new RunEnding(JobRunState.SUCCEEDED, null);
    static final RunEnding STOPPED = new RunEnding(JobRunState.STOPPED, null);
    static final RunEnding CUT = new RunEnding(
            JobRunState.FAILED, "Feedline stopped before this run had ended; what it did may be done again");

    static RunEnding timeout(int minutes) {
        return new RunEnding(JobRunState.TIMEOUT, "The run took longer than its timeout of " + minutes + " minutes");
    }

    /// Feedline stopped before the run had ended, and what the run's driver had committed cannot be read.
    static RunEnding uncommitted(IOException unread) {
        return new RunEnding(
                JobRunState.FAILED,
                unread.getMessage() + ", so the job's bookmark stays where it was before this run; what it did may be"
                        + " done again");
    }

    static RunEnding failed(Throwable thrown) {
        String message = switch (thrown) {
            case RunFailure failure -> String.valueOf(failure.getMessage());
            // What Glue itself has to say of the run's arguments, without the form it has on the wire.
            case GlueException refusal
            when refusal.awsErrorDetails() != null -> refusal.awsErrorDetails().errorMessage();
            default -> thrown.toString();
        };
        return new RunEnding(
                JobRunState.FAILED,
                message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 1) + "…");
    }

    /// Writes the end and, where the job allows another attempt, that attempt in the same transaction;
    /// so a retry takes the place of the run it repeats and is lost in no crash.
    ///
    /// Only failed runs are repeated: "jobs that reach the timeout limit are not restarted".
    void write(Transaction tx, JobRun run, Instant now) throws SQLException {
        RunHistory.update(
                tx,
                run.toBuilder()
                        .jobRunState(state)
                        .errorMessage(message)
                        .completedOn(now)
                        .lastModifiedOn(now)
                        .executionTime(seconds(run, now))
                        .dpuSeconds(Capacity.dpuSeconds(run, now))
                        .build());
        Optional<Job> job = JobDefinitions.find(tx, run.jobName());
        if (state == JobRunState.FAILED
                && job.isPresent()
                && run.attempt() < job.get().maxRetries()) {
            RunHistory.insert(tx, retry(run, now));
        }
    }

    private static JobRun retry(JobRun run, Instant now) {
        int attempt = run.attempt() + 1;
        String first = run.id().replaceFirst("_attempt_\\d+$", "");
        return run.toBuilder()
                .id(first + "_attempt_" + attempt)
                .attempt(attempt)
                .previousRunId(run.id())
                .jobRunState(JobRunState.STARTING)
                .startedOn(now)
                .lastModifiedOn(now)
                .completedOn(null)
                .executionTime(0)
                .dpuSeconds(null)
                .stateDetail(null)
                .errorMessage(null)
                .build();
    }

    /// Whole seconds, never less than none even when the clock was set back.
    private static int seconds(JobRun run, Instant now) {
        Instant started = run.startedOn() == null ? now : run.startedOn();
        return (int) Math.max(0, Duration.between(started, now).toSeconds());
    }
}
