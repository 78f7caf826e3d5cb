package dev.feedline.spark;

import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;

/// What a run may have left on Kubernetes: the line of JSON by which a process is given that to remove, and no run.
///
/// @param application the run's, whose driver is no more
/// @param conf the run's settings of Spark, by which Kubernetes is found
record LeftPods(String application, String master, Map<String, String> conf) {
    private static final String RUN = "podsOfRun";

    /// Empty when it is a run's own line.
    static Optional<LeftPods> parse(String line) {
        Map<String, Object> json = Json.readObject(line);
        return json.containsKey(RUN)
                ? Optional.of(new LeftPods(
                        RunLine.text(json, "application"), RunLine.text(json, "master"), RunLine.texts(json, "conf")))
                : Optional.empty();
    }

    /// @return whether nothing is left
    boolean remove() {
        SparkConf settings = new SparkConf(false);
        conf.forEach(settings::set);
        try {
            KubernetesPods.remove(master, settings, application);
            return true;
        } catch (RuntimeException e) { // whatever it is, its starter tries again
            System.err.println(e);
            return false;
        }
    }
}
