package dev.feedline.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// What one run of a Glue job took, as seen from outside.
///
/// @param millis from the request to the answer that says it has SUCCEEDED
/// @param serverMillis processor time of Feedline itself meanwhile
/// @param driverMillis processor time of the run's driver; of one that was started ahead, since the request
/// @param driverPeakBytes the most memory that the driver had in RAM; 0 without a driver
/// @param firstLineMillis from the request to the first line of the job's main method; NaN when it says nothing
record JobCost(
        double millis, double serverMillis, double driverMillis, double driverPeakBytes, double firstLineMillis) {
    private static final double MB = 1e6;

    double cpuMillis() {
        return serverMillis + driverMillis;
    }

    /// Reports several runs of one kind under its name.
    static void report(String what, List<JobCost> costs, Report report) {
        report.figure(what, runs("ms", costs, JobCost::millis));
        report.figure(what + ", processor time", runs("ms", costs, JobCost::cpuMillis));
        if (costs.getFirst().driverPeakBytes() > 0) {
            report.figure(what + ", of that Feedline's", runs("ms", costs, JobCost::serverMillis));
            report.figure(
                    what + ", peak resident memory of the driver",
                    runs("MB", costs, cost -> cost.driverPeakBytes() / MB));
        }
        if (!Double.isNaN(costs.getFirst().firstLineMillis())) {
            report.figure(what + ", StartJobRun to its first line", runs("ms", costs, JobCost::firstLineMillis));
        }
    }

    private static Runs runs(String unit, List<JobCost> costs, ToDoubleFunction<JobCost> value) {
        return new Runs(unit, costs.stream().map(value::applyAsDouble).toList());
    }
}
