package dev.feedline.glue;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.CreateJobRequest;
import software.amazon.awssdk.services.glue.model.JobUpdate;
import software.amazon.awssdk.services.glue.model.StartJobRunRequest;

/// What the definition of a job and the start of a run may say, and why they may not say the rest.
final class JobMembers {
    /// Workers and capacity size a cluster on AWS, and the class is about its price; they are kept for the day the
    /// same definition goes to AWS. `LogUri` is "reserved for future use" there, too.
    private static final Set<String> OF_JOB = Set.of(
            "JobMode",
            "JobRunQueuingEnabled",
            "Description",
            "LogUri",
            "Role",
            "ExecutionProperty",
            "Command",
            "DefaultArguments",
            "NonOverridableArguments",
            "MaxRetries",
            "Timeout",
            "MaxCapacity",
            "GlueVersion",
            "NumberOfWorkers",
            "WorkerType",
            "ExecutionClass");

    private static final Set<String> OF_RUN = Set.of(
            "JobName",
            "JobRunQueuingEnabled",
            "Arguments",
            "Timeout",
            "MaxCapacity",
            "WorkerType",
            "NumberOfWorkers",
            "ExecutionClass");

    private static final Map<String, String> WHY_NOT = Map.of(
            "AllocatedCapacity",
            "write WorkerType and NumberOfWorkers",
            "CodeGenConfigurationNodes",
            "there is no visual editor; put the script into a bucket and name it",
            "Connections",
            "there are none; a script connects by itself, with the driver's jar in --extra-jars",
            "ExecutionRoleSessionPolicy",
            "no role is taken on",
            "JobRunId",
            "start a run of its own; MaxRetries of the job tries again by itself",
            "MaintenanceWindow",
            "it is for streaming jobs, and Feedline runs none",
            "NotificationProperty",
            "there is nobody who would be told of a run that takes long",
            "SecurityConfiguration",
            "there is no KMS, and nothing is encrypted",
            "SourceControlDetails",
            "there is no link to a repository; put the script into a bucket and name it");

    private JobMembers() {}

    static void check(CreateJobRequest request) {
        Set<String> honoured = new HashSet<>(OF_JOB);
        honoured.addAll(Set.of("Name", "Tags"));
        Names.requireOnly(honoured, request, WHY_NOT);
    }

    static void check(JobUpdate update) {
        Names.requireOnly(OF_JOB, update, WHY_NOT);
    }

    static void check(StartJobRunRequest request) {
        Names.requireOnly(OF_RUN, request, WHY_NOT);
    }

    /// "Only jobs with Glue version 3.0 and above and command type glueetl will be allowed to set ExecutionClass to
    /// FLEX": https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-job.html
    static void checkClass(@Nullable String executionClass, @Nullable String glueVersion) {
        if (executionClass != null && !Set.of("STANDARD", "FLEX").contains(executionClass)) {
            throw GlueError.INVALID_INPUT.because("ExecutionClass must be STANDARD or FLEX, not " + executionClass);
        }
        if ("FLEX".equals(executionClass) && glueVersion != null && glueVersion.matches("[0-2]\\..*")) {
            throw GlueError.INVALID_INPUT.because(
                    "ExecutionClass FLEX needs GlueVersion 3.0 or above, not " + glueVersion);
        }
    }
}
