package dev.feedline.glue;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.glue.model.Job;

/// The arguments of a job and of its runs: what is refused, and who wins.
final class JobArguments {
    /// https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html
    private static final int LARGEST_BYTES = 260 * 1024;

    /// Arguments by which Glue loads code; a built-in job has none to load.
    private static final Set<String> LOADING_CODE = Set.of(
            "--additional-python-modules",
            "--class",
            "--extra-files",
            "--extra-jars",
            "--extra-py-files",
            "--python-modules-installer-option",
            "--user-jars-first");

    private JobArguments() {}

    static void check(Map<String, String> arguments) {
        String bookmark = arguments.getOrDefault("--job-bookmark-option", "job-bookmark-disable");
        if (!bookmark.equals("job-bookmark-disable")) {
            throw GlueError.INVALID_INPUT.because("--job-bookmark-option " + bookmark
                    + " is not supported by Feedline: job bookmarks are not kept yet");
        }
        for (String name : arguments.keySet()) {
            if (LOADING_CODE.contains(name)) {
                throw GlueError.INVALID_INPUT.because(
                        name + " is not supported by Feedline: a built-in job loads no further code");
            }
        }
        if (bytes(arguments) > LARGEST_BYTES) {
            throw GlueError.INVALID_INPUT.because("The arguments are larger than " + LARGEST_BYTES + " bytes");
        }
    }

    /// Non-overridable arguments win over the run's, and those over the job's defaults.
    static Map<String, String> merged(Job job, Map<String, String> ofRun, String runId) {
        Map<String, String> merged = new HashMap<>(job.defaultArguments());
        merged.putAll(ofRun);
        merged.putAll(job.nonOverridableArguments());
        merged.put("--JOB_NAME", job.name());
        merged.put("--JOB_ID", job.name());
        merged.put("--JOB_RUN_ID", runId);
        return merged;
    }

    private static long bytes(Map<String, String> arguments) {
        return arguments.entrySet().stream()
                .mapToLong(one -> one.getKey().getBytes(StandardCharsets.UTF_8).length
                        + one.getValue().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }
}
