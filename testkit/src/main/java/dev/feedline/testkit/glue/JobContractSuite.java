package dev.feedline.testkit.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.ConcurrentRunsExceededException;
import software.amazon.awssdk.services.glue.model.CreateJobRequest;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.glue.model.JobUpdate;

/// What Glue's jobs and runs owe their callers:
/// https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs.html
///
/// The service under test is started and has three built-in jobs: `contract-succeed` returns at once,
/// `contract-fail` throws `IllegalStateException("the disk is made of cheese")`, and `contract-wait`
/// works until it is stopped.
public abstract class JobContractSuite {
    private static final Set<JobRunState> OVER =
            EnumSet.of(JobRunState.SUCCEEDED, JobRunState.FAILED, JobRunState.STOPPED, JobRunState.TIMEOUT);

    protected abstract GlueClient client();

    @Test
    void aJobComesBackWithTheDefaultsAwsGives() {
        create(
                "convert",
                "contract-succeed",
                job -> job.description("JSON to Parquet")
                        .defaultArguments(Map.of("--lake", "s3://lake"))
                        .workerType("G.1X")
                        .numberOfWorkers(2));

        var job = client().getJob(get -> get.jobName("convert")).job();

        assertThat(job.name()).isEqualTo("convert");
        assertThat(job.command().scriptLocation()).isEqualTo("feedline:builtin/contract-succeed");
        assertThat(job.defaultArguments()).containsExactly(Map.entry("--lake", "s3://lake"));
        assertThat(job.executionProperty().maxConcurrentRuns()).isEqualTo(1);
        assertThat(job.maxRetries()).isZero();
        assertThat(job.timeout()).isEqualTo(480);
        assertThat(job.glueVersion()).isEqualTo("6.0"); // AWS has 5.1, which is not what would run here
        assertThat(job.workerTypeAsString()).isEqualTo("G.1X");
        assertThat(job.createdOn()).isNotNull();
    }

    @Test
    void jobsAreListedByNameAndTag() {
        create("b", "contract-succeed", job -> job.tags(Map.of("team", "data")));
        create("a", "contract-succeed", job -> {});

        assertThat(client().listJobs(list -> {}).jobNames()).containsExactly("a", "b");
        assertThat(client().listJobs(list -> list.tags(Map.of("team", "data"))).jobNames())
                .containsExactly("b");
        assertThat(client().getJobs(get -> get.maxResults(1)).jobs())
                .extracting("name")
                .containsExactly("a");
        assertThat(client().getTags(get -> get.resourceArn("arn:aws:glue:us-east-1:000000000000:job/b"))
                        .tags())
                .isEqualTo(Map.of("team", "data"));
    }

    @Test
    void anUpdateReplacesTheWholeDefinition() {
        create("convert", "contract-succeed", job -> job.description("old").maxRetries(3));

        client().updateJob(update -> update.jobName("convert")
                .jobUpdate(JobUpdate.builder()
                        .role("r")
                        .command(command -> command.name("glueetl").scriptLocation("feedline:builtin/contract-fail"))
                        .build()));

        var job = client().getJob(get -> get.jobName("convert")).job();
        assertThat(job.description()).isNull();
        assertThat(job.maxRetries()).isZero();
        assertThat(job.command().scriptLocation()).isEqualTo("feedline:builtin/contract-fail");
    }

    @Test
    void whatCannotRunIsRefusedWhenTheJobIsCreated() {
        assertThatThrownBy(() -> client().createJob(create -> create.name("spark")
                        .role("r")
                        .command(command -> command.name("glueetl").scriptLocation("s3://scripts/job.py"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("s3://scripts/job.py")
                .hasMessageContaining("no Python");
        assertThatThrownBy(() -> client().createJob(create -> create.name("shell")
                        .role("r")
                        .command(command -> command.name("pythonshell").scriptLocation("s3://scripts/job.py"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("pythonshell");
        assertThatThrownBy(() -> create("convert", "no-such-job", job -> {}))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no-such-job");
        assertThatThrownBy(() -> create(
                        "convert",
                        "contract-succeed",
                        job -> job.defaultArguments(Map.of("--job-bookmark-option", "job-bookmark-enable"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--job-bookmark-option");
        assertThatThrownBy(() -> create("convert", "contract-succeed", job -> job.securityConfiguration("encrypted")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("SecurityConfiguration");
    }

    @Test
    void aSecondJobOfTheSameNameIsRefusedAndADeletedOneIsGone() {
        create("convert", "contract-succeed", job -> {});
        assertThatThrownBy(() -> create("convert", "contract-succeed", job -> {}))
                .isInstanceOf(AlreadyExistsException.class);

        client().deleteJob(delete -> delete.jobName("convert"));

        assertThatThrownBy(() -> client().getJob(get -> get.jobName("convert")))
                .isInstanceOf(EntityNotFoundException.class);
        client().deleteJob(delete -> delete.jobName("convert")); // as at AWS, no error
    }

    @Test
    void aRunThatReturnsHasSucceeded() throws Exception {
        create("convert", "contract-succeed", job -> {});

        String id = start("convert");

        JobRun run = awaitOver("convert", id);
        assertThat(id).matches("jr_[0-9a-f]{64}");
        assertThat(run.jobRunState()).isEqualTo(JobRunState.SUCCEEDED);
        assertThat(run.errorMessage()).isNull();
        assertThat(run.completedOn()).isAfterOrEqualTo(run.startedOn());
        assertThat(run.attempt()).isZero();
        assertThat(run.timeout()).isEqualTo(480);
    }

    @Test
    void aRunThatThrowsHasFailedAndSaysWhy() throws Exception {
        create("convert", "contract-fail", job -> {});

        JobRun run = awaitOver("convert", start("convert"));

        assertThat(run.jobRunState()).isEqualTo(JobRunState.FAILED);
        assertThat(run.errorMessage()).contains("the disk is made of cheese");
    }

    @Test
    void aFailedRunIsTriedAgainAsOftenAsTheJobSays() throws Exception {
        create("convert", "contract-fail", job -> job.maxRetries(2));

        String id = start("convert");

        JobRun last = awaitOver("convert", id + "_attempt_2");
        List<JobRun> runs = client().getJobRuns(get -> get.jobName("convert")).jobRuns();
        assertThat(runs).extracting(JobRun::id).containsExactly(id + "_attempt_2", id + "_attempt_1", id);
        assertThat(runs).extracting(JobRun::jobRunState).containsOnly(JobRunState.FAILED);
        assertThat(last.attempt()).isEqualTo(2);
        assertThat(last.previousRunId()).isEqualTo(id + "_attempt_1");
    }

    @Test
    void aSecondRunIsRefusedWhileTheFirstIsAtWork() throws Exception {
        create("convert", "contract-wait", job -> {});
        String first = start("convert");

        assertThatThrownBy(() -> start("convert")).isInstanceOf(ConcurrentRunsExceededException.class);

        stop("convert", first);
        awaitOver("convert", first);
        stop("convert", start("convert")); // and there is room again
    }

    @Test
    void aQueuedRunWaitsAndThenStarts() throws Exception {
        create("convert", "contract-wait", job -> job.jobRunQueuingEnabled(true));
        String first = start("convert");
        String second = start("convert");
        awaitState("convert", first, JobRunState.RUNNING);
        assertThat(run("convert", second).jobRunState()).isEqualTo(JobRunState.WAITING);

        stop("convert", first);

        awaitState("convert", second, JobRunState.RUNNING);
        assertThat(run("convert", first).jobRunState()).isEqualTo(JobRunState.STOPPED);
        stop("convert", second);
        awaitOver("convert", second);
    }

    @Test
    void aStoppedRunEndsAsStopped() throws Exception {
        create("convert", "contract-wait", job -> {});
        String id = start("convert");
        awaitState("convert", id, JobRunState.RUNNING);

        var answer = client().batchStopJobRun(stop -> stop.jobName("convert").jobRunIds(id, "jr_none"));

        assertThat(answer.successfulSubmissions()).extracting("jobRunId").containsExactly(id);
        assertThat(answer.errors()).extracting("jobRunId").containsExactly("jr_none");
        assertThat(awaitOver("convert", id).jobRunState()).isEqualTo(JobRunState.STOPPED);
        assertThat(client().batchStopJobRun(stop -> stop.jobName("convert").jobRunIds(id))
                        .errors())
                .singleElement()
                .satisfies(error ->
                        assertThat(error.errorDetail().errorCode()).isEqualTo("JobRunInvalidStateTransitionException"));
    }

    @Test
    void runsAreListedInPagesTheNewestFirst() throws Exception {
        create("convert", "contract-succeed", job -> {});
        String first = start("convert");
        awaitOver("convert", first);
        String second = start("convert");
        awaitOver("convert", second);

        var page = client().getJobRuns(get -> get.jobName("convert").maxResults(1));
        var rest = client().getJobRuns(get -> get.jobName("convert").nextToken(page.nextToken()));

        assertThat(page.jobRuns()).extracting(JobRun::id).containsExactly(second);
        assertThat(rest.jobRuns()).extracting(JobRun::id).containsExactly(first);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        create("convert", "contract-succeed", job -> {});

        assertThatThrownBy(() -> start("other")).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> run("convert", "jr_none")).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> client().getJobRuns(get -> get.jobName("other")))
                .isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void aBookmarkThatWasResetIsEmpty() {
        create("convert", "contract-succeed", job -> {});
        assertThatThrownBy(() -> client().getJobBookmark(get -> get.jobName("convert")))
                .isInstanceOf(EntityNotFoundException.class);

        client().resetJobBookmark(reset -> reset.jobName("convert"));

        var entry = client().getJobBookmark(get -> get.jobName("convert")).jobBookmarkEntry();
        assertThat(entry.jobName()).isEqualTo("convert");
        assertThat(entry.jobBookmark()).isEqualTo("{}");
        assertThat(entry.runId()).isNull();
        assertThatThrownBy(() -> client().resetJobBookmark(
                                reset -> reset.jobName("convert").runId("jr_none")))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> client().resetJobBookmark(reset -> reset.jobName("none")))
                .isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void aRunOfABuiltInJobCannotTurnOnBookmarks() {
        create("convert", "contract-succeed", job -> {});

        assertThatThrownBy(() -> client().startJobRun(start ->
                        start.jobName("convert").arguments(Map.of("--job-bookmark-option", "job-bookmark-enable"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--job-bookmark-option");
    }

    @Test
    void workersAreTheCapacityAJobHas() {
        create("convert", "contract-succeed", job -> job.workerType("G.2X").numberOfWorkers(4));
        create("plain", "contract-succeed", job -> {});

        var job = client().getJob(get -> get.jobName("convert")).job();
        assertThat(job.maxCapacity()).isEqualTo(8);
        assertThat(job.workerTypeAsString()).isEqualTo("G.2X");
        assertThat(client().getJob(get -> get.jobName("plain")).job().maxCapacity())
                .isEqualTo(10);

        client().updateJob(update -> update.jobName("convert")
                .jobUpdate(JobUpdate.builder()
                        .role("r")
                        .command(command -> command.name("glueetl").scriptLocation("feedline:builtin/contract-succeed"))
                        .workerType("R.1X")
                        .numberOfWorkers(3)
                        .build()));
        assertThat(client().getJob(get -> get.jobName("convert")).job().maxCapacity())
                .isEqualTo(3);
    }

    @Test
    void aRunMayHaveOtherWorkersThanItsJob() throws Exception {
        create(
                "convert",
                "contract-succeed",
                job -> job.workerType("G.1X")
                        .numberOfWorkers(2)
                        .executionProperty(property -> property.maxConcurrentRuns(3)));

        String same = client().startJobRun(start -> start.jobName("convert")).jobRunId();
        String more = client().startJobRun(
                        start -> start.jobName("convert").numberOfWorkers(5).executionClass("FLEX"))
                .jobRunId();

        assertThat(run("convert", same).maxCapacity()).isEqualTo(2);
        assertThat(run("convert", more).maxCapacity()).isEqualTo(5);
        assertThat(run("convert", more).workerTypeAsString()).isEqualTo("G.1X");
        assertThat(run("convert", more).executionClassAsString()).isEqualTo("FLEX");
        refused(
                "Please do not set Max Capacity",
                () -> client().startJobRun(start ->
                        start.jobName("convert").maxCapacity(2.0).numberOfWorkers(2)));
        refused(
                "MaxCapacity cannot be given for a job of GlueVersion 6.0",
                () -> client().startJobRun(start -> start.jobName("convert").maxCapacity(2.0)));
        refused(
                "ExecutionClass",
                () -> client().startJobRun(start -> start.jobName("convert").executionClass("CHEAP")));
        refused(
                "JobRunId",
                () -> client().startJobRun(start -> start.jobName("convert").jobRunId(same)));
        awaitOver("convert", same);
        awaitOver("convert", more);
    }

    @Test
    void capacityIsSaidAsAwsTakesIt() {
        refusedJob(
                "Please do not set Max Capacity",
                job -> job.workerType("G.1X").numberOfWorkers(2).maxCapacity(2.0));
        refusedJob("Please set both Worker Type and Number of Workers", job -> job.workerType("G.1X"));
        refusedJob("Please set both Worker Type and Number of Workers", job -> job.numberOfWorkers(2));
        refusedJob("WorkerType G.3X", job -> job.workerType("G.3X").numberOfWorkers(2));
        refusedJob("streaming", job -> job.workerType("G.025X").numberOfWorkers(2));
        refusedJob("NumberOfWorkers", job -> job.workerType("G.1X").numberOfWorkers(0));
        refusedJob("MaxCapacity cannot be given", job -> job.maxCapacity(2.0));
        refusedJob("at least 2 DPUs", job -> job.maxCapacity(1.0).glueVersion("1.0"));
        refusedJob("at least 2 DPUs", job -> job.maxCapacity(2.5).glueVersion("1.0"));
        create("old", "contract-succeed", job -> job.maxCapacity(4.0).glueVersion("1.0"));
        assertThat(client().getJob(get -> get.jobName("old")).job().maxCapacity())
                .isEqualTo(4);
    }

    @Test
    void aJobsMembersKeepToTheirLimits() {
        refusedJob("Timeout", job -> job.timeout(0));
        refusedJob("Timeout", job -> job.timeout(10_081));
        refusedJob("MaxRetries", job -> job.maxRetries(11));
        refusedJob("MaxConcurrentRuns", job -> job.executionProperty(property -> property.maxConcurrentRuns(0)));
        refusedJob("Description", job -> job.description("a".repeat(2_049)));
        refusedJob("Role", job -> job.role(null));
        refusedJob("ExecutionClass must be", job -> job.executionClass("CHEAP"));
        refusedJob(
                "FLEX needs GlueVersion 3.0", job -> job.executionClass("FLEX").glueVersion("2.0"));
        refusedJob("JobMode VISUAL", job -> job.jobMode("VISUAL"));
        refusedJob("GlueVersion 7.0", job -> job.glueVersion("7.0"));
    }

    @Test
    void whatOfAJobWouldHaveNoEffectIsRefusedWithItsReason() {
        refusedJob(
                "NotificationProperty of CreateJob is not supported by Feedline: there is nobody",
                job -> job.notificationProperty(property -> property.notifyDelayAfter(5)));
        refusedJob("MaintenanceWindow", job -> job.maintenanceWindow("Sun:10"));
        refusedJob("Connections", job -> job.connections(list -> list.connections("warehouse")));
        refusedJob("SourceControlDetails", job -> job.sourceControlDetails(details -> details.repository("r")));
        refusedJob("SecurityConfiguration", job -> job.securityConfiguration("encrypted"));
    }

    private void refusedJob(String why, Consumer<CreateJobRequest.Builder> more) {
        refused(why, () -> create("refused", "contract-succeed", more));
    }

    private static void refused(String why, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(InvalidInputException.class).hasMessageContaining(why);
    }

    private void create(String name, String builtIn, Consumer<CreateJobRequest.Builder> more) {
        client().createJob(create -> {
            create.name(name)
                    .role("arn:aws:iam::000000000000:role/glue")
                    .command(command -> command.name("glueetl").scriptLocation("feedline:builtin/" + builtIn));
            more.accept(create);
        });
    }

    private String start(String job) {
        return client().startJobRun(start -> start.jobName(job)).jobRunId();
    }

    private void stop(String job, String id) {
        client().batchStopJobRun(stop -> stop.jobName(job).jobRunIds(id));
    }

    private JobRun run(String job, String id) {
        return client().getJobRun(get -> get.jobName(job).runId(id)).jobRun();
    }

    private JobRun awaitOver(String job, String id) throws InterruptedException {
        return awaitState(job, id, OVER);
    }

    private void awaitState(String job, String id, JobRunState state) throws InterruptedException {
        awaitState(job, id, EnumSet.of(state));
    }

    private JobRun awaitState(String job, String id, Set<JobRunState> wanted) throws InterruptedException {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (Instant.now().isBefore(deadline)) {
            // A retry appears only when its predecessor has ended.
            var found = client().getJobRuns(get -> get.jobName(job)).jobRuns().stream()
                    .filter(run -> run.id().equals(id) && wanted.contains(run.jobRunState()))
                    .findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(5);
        }
        throw new AssertionError("run " + id + " of " + job + " did not become one of " + wanted);
    }
}
