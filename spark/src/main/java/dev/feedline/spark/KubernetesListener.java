package dev.feedline.spark;

import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.SparkListener;

/// Is told of every context that the job makes on Kubernetes, with the settings that it really has: a script may give
/// it others than its job has.
///
/// Spark makes one for each context, because `spark.extraListeners` names it; what that throws fails the context.
public final class KubernetesListener extends SparkListener {
    private static volatile Consumer<SparkConf> hears = conf -> {};

    public KubernetesListener(SparkConf conf) {
        hears.accept(conf);
    }

    /// @param told may throw
    static void tell(Consumer<SparkConf> told) {
        hears = told;
    }
}
