package dev.feedline.spark;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkConf;
import scala.Tuple2;

/// What a run has Kubernetes make, in Kubernetes' words.
enum KubernetesKind {
    PODS("pods"),
    CONFIG_MAPS("configmaps"),
    CLAIMS("persistentvolumeclaims");

    private static final String NO_CONFIG_MAP = "spark.kubernetes.executor.disableConfigMap";
    private static final String CLAIM = "spark.kubernetes.executor.volumes.persistentVolumeClaim.";

    private final String resource;

    KubernetesKind(String resource) {
        this.resource = resource;
    }

    /// As roles name it.
    String resource() {
        return resource;
    }

    /// Those that there may be of a run with these settings.
    static List<KubernetesKind> of(SparkConf conf) {
        return Arrays.stream(values()).filter(kind -> kind.mayBeOf(conf)).toList();
    }

    boolean mayBeOf(SparkConf conf) {
        return switch (this) {
            case PODS -> true;
            case CONFIG_MAPS -> !conf.getBoolean(NO_CONFIG_MAP, false);
            case CLAIMS -> Arrays.stream(conf.getAll()).map(Tuple2::_1).anyMatch(name -> name.startsWith(CLAIM));
        };
    }
}
