package dev.feedline.spark;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The one run that this process has been given: what its job tells the driver.
///
/// It is a static, because AWS's API for jobs is: a job's main method is handed words and nothing else. Where no
/// driver of Feedline's runs the job (spark-submit, AWS Glue), nobody asks.
public final class RunOfDriver {
    public static final RunOfDriver CURRENT = new RunOfDriver();

    private final Map<String, Long> metrics = new ConcurrentHashMap<>();

    private RunOfDriver() {}

    /// Sets a metric of the run, for its report.
    public void count(String metric, long value) {
        metrics.put(metric, value);
    }

    Map<String, Long> metrics() {
        return new TreeMap<>(metrics);
    }
}
