package dev.feedline.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.JobRun;

/// Runs of Glue's jobs as the proofs wait for them.
final class GlueRuns {
    /// A driver compiles and starts Spark, on a machine that may have other work.
    static final Duration LONGEST = Duration.ofMinutes(10);

    static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private GlueRuns() {}

    /// Drivers are what this checkout has built, as when its `./feedline` starts them.
    static void useThisCheckout() {
        System.setProperty("feedline.home", Path.of("..").toAbsolutePath().toString());
    }

    static void leaveThisCheckout() {
        System.clearProperty("feedline.home");
    }

    static boolean hasEnded(JobRun run) {
        return run.completedOn() != null;
    }

    /// The run, once it has ended.
    static JobRun ended(GlueClient glue, String job, String id) throws InterruptedException {
        return awaited(glue, job, id, GlueRuns::hasEnded);
    }

    /// The run, once it is as wanted.
    static JobRun awaited(GlueClient glue, String job, String id, Predicate<JobRun> wanted)
            throws InterruptedException {
        long start = System.nanoTime();
        JobRun run = run(glue, job, id);
        while (!wanted.test(run)) {
            if (System.nanoTime() - start > LONGEST.toNanos()) {
                throw new AssertionError(
                        "Run " + id + " of job " + job + " is still " + run.jobRunState() + " after " + LONGEST);
            }
            Thread.sleep(BETWEEN_LOOKS); // Glue tells nobody when a run ends
            run = run(glue, job, id);
        }
        return run;
    }

    private static JobRun run(GlueClient glue, String job, String id) {
        return glue.getJobRun(request -> request.jobName(job).runId(id)).jobRun();
    }
}
