package dev.feedline.spark;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/// The settings by which Feedline finds what a context has Kubernetes make, and gets it deleted.
final class KubernetesPlace {
    private static final String MASTER = "spark.master";
    /// With what Spark takes where they are left out.
    private static final Map<String, String> SETTINGS = Map.of(
            "spark.app.id", "",
            "spark.kubernetes.namespace", "default",
            "spark.kubernetes.context", "",
            "spark.kubernetes.allocation.pods.allocator", "direct",
            "spark.kubernetes.submitInDriver", "false");

    private KubernetesPlace() {}

    /// What a context has otherwise than its run, in words; empty when all that it makes is found.
    static Optional<String> difference(SparkConf ofRun, SparkConf ofContext) {
        if (!KubernetesMaster.isOne(ofContext.get(MASTER, ""))) {
            return Optional.empty(); // it has no pods
        }
        String words = Stream.of(master(ofRun, ofContext), settings(ofRun, ofContext), kinds(ofRun, ofContext))
                .flatMap(List::stream)
                .sorted()
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }

    private static List<String> master(SparkConf ofRun, SparkConf ofContext) {
        String asked = KubernetesMaster.apiServer(ofContext.get(MASTER));
        return asked.equals(KubernetesMaster.apiServer(ofRun.get(MASTER)))
                ? List.of()
                : List.of(MASTER + " is " + ofContext.get(MASTER) + " and not " + ofRun.get(MASTER));
    }

    private static List<String> settings(SparkConf ofRun, SparkConf ofContext) {
        return SETTINGS.entrySet().stream()
                .filter(one -> !Objects.equals(value(ofRun, one), value(ofContext, one)))
                .map(one -> one.getKey() + " is " + value(ofContext, one) + " and not " + value(ofRun, one))
                .toList();
    }

    private static String value(SparkConf conf, Map.Entry<String, String> setting) {
        return conf.get(setting.getKey(), setting.getValue());
    }

    /// Whether they may be deleted was not asked.
    private static List<String> kinds(SparkConf ofRun, SparkConf ofContext) {
        return KubernetesKind.of(ofContext).stream()
                .filter(kind -> !kind.mayBeOf(ofRun))
                .map(kind -> kind.resource() + " are made, and none by --conf")
                .toList();
    }
}
