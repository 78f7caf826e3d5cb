package dev.feedline.glue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Job;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.StartJobRunRequest;

/// Data processing units: what a run would have had, and would have cost, on AWS Glue.
///
/// Here it has this machine (or the master that it names), whatever it asks for.
///
/// https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-job.html
///
/// @param workerType with its number of workers, or neither
/// @param most DPUs, when they are not said by workers
record Capacity(
        @Nullable String workerType,
        @Nullable Integer workers,
        @Nullable Double most) {
    /// "If you do not specify a value, the default is 10 DPUs."
    private static final double STANDARD_DPU = 10;

    private static final Map<String, Double> DPU_OF_WORKER = Map.ofEntries(
            Map.entry("Standard", 1.0),
            Map.entry("G.1X", 1.0),
            Map.entry("G.2X", 2.0),
            Map.entry("G.4X", 4.0),
            Map.entry("G.8X", 8.0),
            Map.entry("G.12X", 12.0),
            Map.entry("G.16X", 16.0),
            Map.entry("R.1X", 1.0),
            Map.entry("R.2X", 2.0),
            Map.entry("R.4X", 4.0),
            Map.entry("R.8X", 8.0));

    /// What a definition asks for, when AWS would take it.
    static Capacity of(Job job, String glueVersion) {
        Capacity asked = new Capacity(job.workerTypeAsString(), job.numberOfWorkers(), job.maxCapacity());
        asked.check(glueVersion);
        return asked;
    }

    /// What a run asks for: what it leaves out is its job's.
    static Capacity of(StartJobRunRequest run, Job job) {
        Capacity ofJob = new Capacity(job.workerTypeAsString(), job.numberOfWorkers(), job.maxCapacity());
        Capacity own = new Capacity(run.workerTypeAsString(), run.numberOfWorkers(), run.maxCapacity());
        if (own.most != null) {
            own.check(job.glueVersion());
            return own;
        }
        if (own.workerType == null && own.workers == null) {
            return ofJob;
        }
        Capacity both = new Capacity(
                own.workerType == null ? ofJob.workerType : own.workerType,
                own.workers == null ? ofJob.workers : own.workers,
                null);
        both.check(job.glueVersion());
        return both;
    }

    double dpu() {
        if (workerType != null && workers != null) {
            Double each = DPU_OF_WORKER.get(workerType);
            return each == null ? STANDARD_DPU : workers * each;
        }
        return most == null ? STANDARD_DPU : most;
    }

    static double dpuSeconds(JobRun run, Instant end) {
        if (run.startedOn() == null || run.maxCapacity() == null) {
            return 0;
        }
        double seconds = Math.max(0, Duration.between(run.startedOn(), end).toMillis()) / 1000.0;
        return seconds * run.maxCapacity();
    }

    private void check(String glueVersion) {
        if (most != null && (workerType != null || workers != null)) {
            throw GlueError.INVALID_INPUT.because(
                    "Please do not set Max Capacity if using Worker Type and Number of Workers.");
        }
        if ((workerType == null) != (workers == null)) {
            throw GlueError.INVALID_INPUT.because("Please set both Worker Type and Number of Workers.");
        }
        if (workerType != null && workers != null) {
            checkWorkers(workerType, workers);
        }
        if (most != null) {
            checkMost(most, glueVersion);
        }
    }

    private static void checkWorkers(String type, int number) {
        if (type.equals("G.025X")) {
            throw GlueError.INVALID_INPUT.because("WorkerType G.025X is for streaming jobs, and this is none");
        }
        if (!DPU_OF_WORKER.containsKey(type)) {
            throw GlueError.INVALID_INPUT.because("WorkerType " + type
                    + " is none that a glueetl job may have; there are " + new TreeSet<>(DPU_OF_WORKER.keySet()));
        }
        if (number < 1) {
            throw GlueError.INVALID_INPUT.because("NumberOfWorkers must be at least 1, not " + number);
        }
    }

    /// "you cannot specify a Maximum capacity" from version 2.0 on; before, from 2 DPUs and no part of one.
    private static void checkMost(double dpus, String glueVersion) {
        if (!glueVersion.matches("[01]\\..*")) {
            throw GlueError.INVALID_INPUT.because("MaxCapacity cannot be given for a job of GlueVersion " + glueVersion
                    + ", only up to 1.0. Write WorkerType and NumberOfWorkers");
        }
        if (dpus < 2 || dpus != Math.rint(dpus)) {
            throw GlueError.INVALID_INPUT.because(
                    "MaxCapacity of a glueetl job must be a whole number of at least 2 DPUs, not " + dpus);
        }
    }
}
