package dev.feedline.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.sim.SimulatedClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.glue.model.ResourceNumberLimitExceededException;

@Timeout(30)
class RunLoopTest {
    @TempDir
    Path folder;

    private final SimulatedClock clock = new SimulatedClock(Instant.parse("2026-11-22T10:00:00Z"));
    private final Ground ground = TestGround.with(clock);

    @Test
    void theArgumentsOfARunFollowGluesPrecedence() throws Exception {
        var seen = new ConcurrentHashMap<String, String>();
        try (EmbeddedGlue glue = started(Map.of("job", run -> seen.putAll(run.arguments())))) {
            glue.createJob(create -> create.name("convert")
                    .role("any")
                    .command(command -> command.scriptLocation("feedline:builtin/job"))
                    .defaultArguments(Map.of("--a", "default", "--b", "default", "--c", "default"))
                    .nonOverridableArguments(Map.of("--c", "fixed")));

            String id = glue.startJobRun(start ->
                            start.jobName("convert").arguments(Map.of("--b", "run", "--c", "run", "--d", "run")))
                    .jobRunId();

            await(glue, id, JobRunState.SUCCEEDED);
            assertThat(seen)
                    .isEqualTo(Map.of(
                            "--a", "default",
                            "--b", "run",
                            "--c", "fixed",
                            "--d", "run",
                            "--JOB_NAME", "convert",
                            "--JOB_ID", "convert",
                            "--JOB_RUN_ID", id));
        }
    }

    @Test
    void jobsThatComputeOnEveryCoreDoNotHoldUpTheRest() throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        var enough = new AtomicBoolean();
        var computing = new CountDownLatch(cores);
        var other = new CountDownLatch(1);
        GlueJob busy = run -> {
            computing.countDown();
            while (!enough.get()) {
                Thread.onSpinWait();
            }
        };
        try (EmbeddedGlue glue = started(Map.of("job", busy))) {
            glue.createJob(create -> create.name("convert")
                    .role("any")
                    .command(command -> command.scriptLocation("feedline:builtin/job"))
                    .executionProperty(runs -> runs.maxConcurrentRuns(cores)));
            try {
                for (int i = 0; i < cores; i++) {
                    glue.startJobRun(start -> start.jobName("convert"));
                }
                assertThat(computing.await(10, TimeUnit.SECONDS)).isTrue();
                Thread.ofVirtual().start(other::countDown); // as every request is

                assertThat(other.await(10, TimeUnit.SECONDS)).isTrue();
            } finally {
                enough.set(true);
            }
        }
    }

    @Test
    void aRunPastItsTimeoutEndsAsTimeoutAndIsNotTriedAgain() throws Exception {
        try (EmbeddedGlue glue = started(Map.of("job", EmbeddedJobsTest::waitUntilStopped))) {
            create(glue, 5);
            String id = glue.startJobRun(start -> start.jobName("convert").timeout(2))
                    .jobRunId();
            await(glue, id, JobRunState.RUNNING);

            clock.advance(Duration.ofMinutes(2));

            JobRun run = await(glue, id, JobRunState.TIMEOUT);
            assertThat(run.errorMessage()).contains("2 minutes");
            assertThat(run.executionTime()).isEqualTo(120);
            assertThat(glue.getJobRuns(get -> get.jobName("convert")).jobRuns()).hasSize(1);
        }
    }

    @Test
    void aRunCutByACrashHasFailedAndItsNextAttemptBegins() throws Exception {
        // Cut by closing, which leaves it in the store as a crash does: two Feedlines would both begin what comes next.
        EmbeddedGlue crashed = started(Map.of("job", RunLoopTest::waitToBeStopped));
        create(crashed, 1);
        String id = crashed.startJobRun(start -> start.jobName("convert")).jobRunId();
        await(crashed, id, JobRunState.RUNNING);
        crashed.close();

        try (EmbeddedGlue again = started(Map.of("job", run -> {}))) {
            JobRun cut = run(again, id);
            assertThat(cut.jobRunState()).isEqualTo(JobRunState.FAILED);
            assertThat(cut.errorMessage()).startsWith("Feedline stopped");
            await(again, id + "_attempt_1", JobRunState.SUCCEEDED);
        }
    }

    private static void waitToBeStopped(GlueJobRun run) throws InterruptedException {
        var stopped = new CountDownLatch(1);
        run.whenStopped(stopped::countDown);
        stopped.await();
        run.checkStopped();
    }

    @Test
    void aRunThatNeverBeganBeginsAfterTheRestart() throws Exception {
        EmbeddedGlue neverStarted = EmbeddedGlue.open(folder, ground, GlueSettings.of(Map.of("job", run -> {})));
        create(neverStarted, 0);
        String id = neverStarted.startJobRun(start -> start.jobName("convert")).jobRunId();
        String queued = neverStarted
                .startJobRun(start -> start.jobName("convert").jobRunQueuingEnabled(true))
                .jobRunId();

        try (EmbeddedGlue again = started(Map.of("job", run -> {}))) {
            await(again, id, JobRunState.SUCCEEDED);
            await(again, queued, JobRunState.SUCCEEDED);
        }
        neverStarted.close();
    }

    @Test
    void closingDuringARunLeavesItToTheNextStartAndNeverCallsItSucceeded() throws Exception {
        EmbeddedGlue closing = started(Map.of("job", EmbeddedJobsTest::waitUntilStopped));
        create(closing, 0);
        String id = closing.startJobRun(start -> start.jobName("convert")).jobRunId();
        await(closing, id, JobRunState.RUNNING);
        closing.close();

        try (EmbeddedGlue again = started(Map.of("job", run -> {}))) {
            assertThat(run(again, id).jobRunState()).isEqualTo(JobRunState.FAILED);
        }
    }

    @Test
    void theWholeOfGlueRunsNoMoreThanItsSettingsAllow() throws Exception {
        var settings = new GlueSettings(
                Map.of("job", EmbeddedJobsTest::waitUntilStopped),
                Optional.empty(),
                "",
                Optional.empty(),
                1,
                1,
                Duration.ofDays(90),
                Duration.ofSeconds(10));
        try (EmbeddedGlue glue = EmbeddedGlue.open(folder, ground, settings)) {
            glue.start();
            glue.createJob(create -> create.name("convert")
                    .role("any")
                    .command(command -> command.scriptLocation("feedline:builtin/job"))
                    .executionProperty(property -> property.maxConcurrentRuns(5)));
            String first = glue.startJobRun(start -> start.jobName("convert")).jobRunId();
            await(glue, first, JobRunState.RUNNING);

            assertThatThrownBy(() -> glue.startJobRun(start -> start.jobName("convert")))
                    .isInstanceOf(ResourceNumberLimitExceededException.class);
            String second = glue.startJobRun(start -> start.jobName("convert").jobRunQueuingEnabled(true))
                    .jobRunId();
            assertThatThrownBy(() ->
                            glue.startJobRun(start -> start.jobName("convert").jobRunQueuingEnabled(true)))
                    .isInstanceOf(ResourceNumberLimitExceededException.class);
            assertThat(run(glue, second).jobRunState()).isEqualTo(JobRunState.WAITING);
        }
    }

    @Test
    void whatARunCountedIsKept() throws Exception {
        String id;
        try (EmbeddedGlue glue = started(Map.of("job", run -> {
            run.count("rows converted", 7);
            run.count("rows converted", 5);
        }))) {
            create(glue, 0);
            id = glue.startJobRun(start -> start.jobName("convert")).jobRunId();
            await(glue, id, JobRunState.SUCCEEDED);
        }
        try (EmbeddedGlue again = started(Map.of())) {
            assertThat(again.metrics(id)).isEqualTo(Map.of("rows converted", 12L));
        }
    }

    @Test
    void finishedRunsAreForgottenAfterTheirTime() throws Exception {
        try (EmbeddedGlue glue = started(Map.of("job", run -> {}))) {
            create(glue, 0);
            String id = glue.startJobRun(start -> start.jobName("convert")).jobRunId();
            await(glue, id, JobRunState.SUCCEEDED);
        }
        clock.advance(Duration.ofDays(91));
        try (EmbeddedGlue again = started(Map.of("job", run -> {}))) {
            while (!again.getJobRuns(get -> get.jobName("convert")).jobRuns().isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }

    /// Whoever waits for commits must not commit by looking: it would wake itself for as long as a run waits.
    @Test
    void aWaitingRunDoesNotKeepTheLoopLooking() throws Exception {
        var looks = new AtomicInteger();
        Ground counting = TestGround.with(() -> {
            looks.incrementAndGet();
            return clock.instant();
        });
        var settings = new GlueSettings(
                Map.of("job", EmbeddedJobsTest::waitUntilStopped),
                Optional.empty(),
                "",
                Optional.empty(),
                1,
                1,
                Duration.ofDays(90),
                Duration.ofSeconds(10));
        try (EmbeddedGlue glue = EmbeddedGlue.open(folder, counting, settings)) {
            glue.start();
            create(glue, 0);
            String first = glue.startJobRun(start -> start.jobName("convert")).jobRunId();
            await(glue, first, JobRunState.RUNNING);
            glue.startJobRun(start -> start.jobName("convert").jobRunQueuingEnabled(true));
            int before;
            do {
                before = looks.get();
                TimeUnit.MILLISECONDS.sleep(
                        300); // a dozen glances at the store; the loop looks once a second by itself
            } while (looks.get() != before);
        }
    }

    private EmbeddedGlue started(Map<String, GlueJob> jobs) throws IOException {
        EmbeddedGlue glue = EmbeddedGlue.open(folder, ground, GlueSettings.of(jobs));
        glue.start();
        return glue;
    }

    private static void create(EmbeddedGlue glue, int retries) {
        glue.createJob(create -> create.name("convert")
                .role("any")
                .command(command -> command.scriptLocation("feedline:builtin/job"))
                .maxRetries(retries));
    }

    private static JobRun run(EmbeddedGlue glue, String id) {
        return glue.getJobRun(get -> get.jobName("convert").runId(id)).jobRun();
    }

    private static JobRun await(EmbeddedGlue glue, String id, JobRunState state) throws InterruptedException {
        JobRun run = run(glue, id);
        while (run.jobRunState() != state) {
            assertThat(run.completedOn()).as("%s", run).isNull();
            TimeUnit.MILLISECONDS.sleep(2);
            run = run(glue, id);
        }
        return run;
    }
}
