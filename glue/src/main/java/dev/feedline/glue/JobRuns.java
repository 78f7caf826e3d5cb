package dev.feedline.glue;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.glue.model.BatchStopJobRunError;
import software.amazon.awssdk.services.glue.model.BatchStopJobRunRequest;
import software.amazon.awssdk.services.glue.model.BatchStopJobRunResponse;
import software.amazon.awssdk.services.glue.model.BatchStopJobRunSuccessfulSubmission;
import software.amazon.awssdk.services.glue.model.ErrorDetail;
import software.amazon.awssdk.services.glue.model.GetJobRunsRequest;
import software.amazon.awssdk.services.glue.model.GetJobRunsResponse;
import software.amazon.awssdk.services.glue.model.Job;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.glue.model.StartJobRunRequest;

/// Starting, stopping and looking at runs; [RunLoop] is what makes them go.
final class JobRuns {
    private static final int LARGEST_PAGE = 200;
    /// https://docs.aws.amazon.com/glue/latest/webapi/API_BatchStopJobRun.html
    private static final int MOST_STOPPED_AT_ONCE = 25;

    private final GlueStore store;
    private final GlueSettings settings;
    private final Ground ground;
    private final RunLoop loop;

    JobRuns(GlueStore store, GlueSettings settings, Ground ground, RunLoop loop) {
        this.store = store;
        this.settings = settings;
        this.ground = ground;
        this.loop = loop;
    }

    /// Admits a run: it is on disk, STARTING or WAITING, when this returns.
    String start(StartJobRunRequest request) {
        JobMembers.check(request);
        String id = "jr_" + ground.ids().hex(64);
        store.write(tx -> {
            Job job = JobDefinitions.existing(tx, request.jobName());
            checkArguments(Script.of(job.command(), settings), job, request.arguments(), id);
            RunHistory.insert(tx, admitted(tx, job, request, id));
            return null;
        });
        loop.ring();
        return id;
    }

    private static void checkArguments(Script script, Job job, Map<String, String> ofRun, String id) {
        JobArguments.check(script, ofRun);
        if (script instanceof Script.OnSpark onSpark) {
            SparkScript.of(onSpark, JobArguments.merged(job, ofRun, id));
        }
    }

    JobRun get(String job, String id) {
        return store.read(tx -> {
            JobDefinitions.existing(tx, job);
            return existing(tx, job, id);
        });
    }

    /// The runs of a job, the newest first.
    GetJobRunsResponse list(GetJobRunsRequest request) {
        Page page = Page.of("GetJobRuns/" + request.jobName(), request.nextToken(), request.maxResults(), LARGEST_PAGE);
        List<RunHistory.Numbered> found = store.read(tx -> {
            JobDefinitions.existing(tx, request.jobName());
            return RunHistory.below(tx, request.jobName(), page.below(), page.limit());
        });
        return GetJobRunsResponse.builder()
                .jobRuns(page.entries(found).stream()
                        .map(RunHistory.Numbered::run)
                        .toList())
                .nextToken(page.next(found, one -> Long.toString(one.number())))
                .build();
    }

    BatchStopJobRunResponse stop(BatchStopJobRunRequest request) {
        if (request.jobRunIds().isEmpty() || request.jobRunIds().size() > MOST_STOPPED_AT_ONCE) {
            throw GlueError.INVALID_INPUT.because("JobRunIds must name 1 to " + MOST_STOPPED_AT_ONCE + " runs");
        }
        store.read(tx -> JobDefinitions.existing(tx, request.jobName()));
        List<BatchStopJobRunSuccessfulSubmission> stopped = new ArrayList<>();
        List<BatchStopJobRunError> errors = new ArrayList<>();
        for (String id : request.jobRunIds()) {
            ErrorDetail error = store.write(tx -> stop(tx, request.jobName(), id));
            if (error == null) {
                loop.stop(id);
                stopped.add(BatchStopJobRunSuccessfulSubmission.builder()
                        .jobName(request.jobName())
                        .jobRunId(id)
                        .build());
            } else {
                errors.add(BatchStopJobRunError.builder()
                        .jobName(request.jobName())
                        .jobRunId(id)
                        .errorDetail(error)
                        .build());
            }
        }
        return BatchStopJobRunResponse.builder()
                .successfulSubmissions(stopped)
                .errors(errors)
                .build();
    }

    private @org.jspecify.annotations.Nullable ErrorDetail stop(Transaction tx, String job, String id)
            throws SQLException {
        JobRun run =
                RunHistory.find(tx, id).filter(one -> one.jobName().equals(job)).orElse(null);
        if (run == null) {
            return detail("EntityNotFoundException", "JobRun " + id + " of job " + job + " not found.");
        }
        JobRun.Builder changed = run.toBuilder().lastModifiedOn(ground.clock().instant());
        switch (run.jobRunState()) {
            // Not begun, so there is nothing to wait for.
            case WAITING ->
                changed.jobRunState(JobRunState.STOPPED)
                        .completedOn(ground.clock().instant());
            case STARTING, RUNNING, STOPPING -> changed.jobRunState(JobRunState.STOPPING);
            default -> {
                return detail(
                        "JobRunInvalidStateTransitionException",
                        "JobRun " + id + " is over: " + run.jobRunStateAsString());
            }
        }
        RunHistory.update(tx, changed.build());
        return null;
    }

    private static ErrorDetail detail(String code, String message) {
        return ErrorDetail.builder().errorCode(code).errorMessage(message).build();
    }

    private static JobRun existing(Transaction tx, String job, String id) throws SQLException {
        return RunHistory.find(tx, id)
                .filter(run -> run.jobName().equals(job))
                .orElseThrow(
                        () -> GlueError.ENTITY_NOT_FOUND.because("JobRun " + id + " of job " + job + " not found."));
    }

    private JobRun admitted(Transaction tx, Job job, StartJobRunRequest request, String id) throws SQLException {
        boolean queued =
                request.jobRunQueuingEnabled() == null ? job.jobRunQueuingEnabled() : request.jobRunQueuingEnabled();
        boolean jobIsFree =
                RunHistory.atWork(tx, job.name()) < job.executionProperty().maxConcurrentRuns();
        boolean machineIsFree = RunHistory.atWork(tx) < settings.maximumRuns();
        if (jobIsFree && machineIsFree) {
            return run(job, request, id).toBuilder()
                    .jobRunState(JobRunState.STARTING)
                    .startedOn(ground.clock().instant())
                    .build();
        }
        if (queued && RunHistory.waiting(tx) < settings.maximumWaiting()) {
            return run(job, request, id).toBuilder()
                    .jobRunState(JobRunState.WAITING)
                    .build();
        }
        if (queued || jobIsFree) {
            throw GlueError.RESOURCE_NUMBER_LIMIT_EXCEEDED.because("Feedline runs at most " + settings.maximumRuns()
                    + " jobs at once and lets " + settings.maximumWaiting() + " wait");
        }
        throw GlueError.CONCURRENT_RUNS_EXCEEDED.because("Concurrent runs exceeded for " + job.name());
    }

    private JobRun run(Job job, StartJobRunRequest request, String id) {
        int timeout = request.timeout() == null ? job.timeout() : request.timeout();
        JobDefinitions.checkTimeout(timeout);
        Capacity capacity = Capacity.of(request, job);
        String executionClass = request.executionClassAsString() == null
                ? job.executionClassAsString()
                : request.executionClassAsString();
        JobMembers.checkClass(executionClass, job.glueVersion());
        return JobRun.builder()
                .id(id)
                .attempt(0)
                .jobName(job.name())
                .jobMode(job.jobMode())
                .jobRunQueuingEnabled(job.jobRunQueuingEnabled())
                .lastModifiedOn(ground.clock().instant())
                .arguments(request.arguments())
                .timeout(timeout)
                .maxCapacity(capacity.dpu())
                .workerType(capacity.workerType())
                .numberOfWorkers(capacity.workers())
                .executionClass(executionClass)
                .glueVersion(job.glueVersion())
                .executionTime(0)
                .build();
    }
}
