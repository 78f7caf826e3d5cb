package dev.feedline.glue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.glue.model.JobRun;

/// Data processing units: what a run would have had, and would have cost, on AWS Glue.
///
/// Here it has this machine (or the master that it names), whatever it asks for.
///
/// https://docs.aws.amazon.com/glue/latest/dg/add-job.html, "Worker type"
final class Capacity {
    /// "If you do not specify a value, the default is 10 DPUs."
    private static final double STANDARD_DPU = 10;

    private static final Map<String, Double> DPU_OF_WORKER = Map.ofEntries(
            Map.entry("Standard", 1.0),
            Map.entry("G.025X", 0.25),
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

    private Capacity() {}

    /// The DPUs of a run that says which workers it has, or how much capacity.
    static double dpu(JobRun run) {
        if (run.maxCapacity() != null) {
            return run.maxCapacity();
        }
        Double each = DPU_OF_WORKER.get(run.workerTypeAsString() == null ? "" : run.workerTypeAsString());
        return run.numberOfWorkers() == null || each == null ? STANDARD_DPU : run.numberOfWorkers() * each;
    }

    static double dpuSeconds(JobRun run, Instant end) {
        if (run.startedOn() == null || run.maxCapacity() == null) {
            return 0;
        }
        double seconds = Math.max(0, Duration.between(run.startedOn(), end).toMillis()) / 1000.0;
        return seconds * run.maxCapacity();
    }
}
