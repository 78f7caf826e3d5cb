package dev.feedline.glue;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.glue.model.Job;

/// The arguments of a job and of its runs: what is refused, and who wins.
///
/// https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html
final class JobArguments {
    private static final int LARGEST_BYTES = 260 * 1024;

    /// Arguments by which Glue loads code or sets up Spark; a built-in job has neither to load nor to set.
    private static final Set<String> LOADING_CODE = Set.of(
            "--additional-python-modules",
            "--class",
            "--conf",
            "--extra-files",
            "--extra-jars",
            "--extra-py-files",
            "--python-modules-installer-option",
            "--user-jars-first");

    private static final String NO_PYTHON = "Feedline runs no Python";

    /// What Glue's Spark jobs may ask for and Feedline's Spark does not do.
    private static final Map<String, String> NOT_ON_SPARK = Map.ofEntries(
            Map.entry("--additional-python-modules", NO_PYTHON),
            Map.entry("--extra-py-files", NO_PYTHON),
            Map.entry("--python-modules-installer-option", NO_PYTHON),
            Map.entry(
                    "--datalake-formats",
                    "its Spark has none of Iceberg, Hudi and Delta Lake; bring the format's jar by --extra-jars and set"
                            + " it up by --conf"),
            Map.entry("--encryption-type", "there is no KMS"),
            Map.entry("--enable-lakeformation-fine-grained-access", "there is no Lake Formation"),
            Map.entry("--write-shuffle-files-to-s3", "shuffles stay on this machine's disk"),
            Map.entry("--write-shuffle-spills-to-s3", "shuffles stay on this machine's disk"),
            Map.entry("--customer-driver-env-vars", "the driver's environment is Feedline's"),
            Map.entry("--customer-executor-env-vars", "use --conf spark.executorEnv.NAME=value"));

    /// The same, when they are switched on.
    private static final Map<String, String> NOT_TRUE_ON_SPARK = Map.of(
            "--enable-glue-datacatalog",
                    "Spark's catalog is the session's own here; read a table with GlueContext.getCatalogSource, or by its location",
            "--user-jars-first", "Spark's own classes come first",
            "--enable-spark-ui", "Spark's event logs are not kept; `feedline runs RUN --log` shows what a run printed");

    private JobArguments() {}

    /// Refuses what the script would not be given; what only a whole set of arguments shows is seen when
    /// a run starts.
    static void check(Script script, Map<String, String> arguments) {
        switch (script) {
            case Script.BuiltIn _ -> {
                refuseBookmarks(arguments);
                refuseLoadingCode(arguments, LOADING_CODE);
            }
            case Script.OnSpark onSpark -> {
                if (onSpark.isOwn()) {
                    refuseBookmarks(arguments);
                    Set<String> others = new java.util.HashSet<>(LOADING_CODE);
                    others.remove("--conf");
                    refuseLoadingCode(arguments, others);
                }
                checkOnSpark(arguments);
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

    private static void refuseBookmarks(Map<String, String> arguments) {
        BookmarkUse use = BookmarkUse.of(arguments);
        if (use.option() != BookmarkUse.Option.DISABLE) {
            throw GlueError.INVALID_INPUT.because(
                    "--job-bookmark-option " + use.option().argument()
                            + " is not supported by Feedline for a built-in job: it keeps no bookmarks");
        }
    }

    private static void refuseLoadingCode(Map<String, String> arguments, Set<String> names) {
        for (String name : arguments.keySet()) {
            if (names.contains(name)) {
                throw GlueError.INVALID_INPUT.because(
                        name + " is not supported by Feedline for a built-in job: it loads no further code");
            }
        }
    }

    private static void checkOnSpark(Map<String, String> arguments) {
        NOT_ON_SPARK.forEach((name, reason) -> {
            if (arguments.containsKey(name)) {
                throw GlueError.INVALID_INPUT.because(name + " is not supported by Feedline: " + reason);
            }
        });
        NOT_TRUE_ON_SPARK.forEach((name, reason) -> {
            if ("true".equals(arguments.get(name))) {
                throw GlueError.INVALID_INPUT.because(name + " true is not supported by Feedline: " + reason);
            }
        });
        String language = arguments.get("--job-language");
        if (language != null && !language.equals("scala")) {
            throw GlueError.INVALID_INPUT.because("--job-language " + language
                    + " is not supported by Feedline: it runs Scala scripts and jars (--job-language scala)"
                    + (language.equals("python") ? ", no Python" : ""));
        }
        BookmarkUse.of(arguments);
        SparkConf.parse(arguments.get("--conf"));
        S3Place.list("--extra-jars", arguments.get("--extra-jars"));
        S3Place.list("--extra-files", arguments.get("--extra-files"));
    }

    private static long bytes(Map<String, String> arguments) {
        return arguments.entrySet().stream()
                .mapToLong(one -> one.getKey().getBytes(StandardCharsets.UTF_8).length
                        + one.getValue().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }
}
