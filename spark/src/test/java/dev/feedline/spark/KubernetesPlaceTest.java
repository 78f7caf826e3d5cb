package dev.feedline.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A script may give its context other settings than its job has.
class KubernetesPlaceTest {
    private static final Map<String, String> RUN =
            Map.of("spark.master", "k8s://https://there:6443", "spark.app.id", "feedline-1a0c");

    @AfterEach
    void listenNoMore() {
        KubernetesListener.tell(conf -> {});
    }

    @Test
    void whatIsFoundMayBeSaidAgain() {
        found(Map.of());
        found(Map.of("spark.master", "k8s://there:6443"));
        found(Map.of("spark.kubernetes.namespace", "default", "spark.executor.memory", "4g"));
        found(Map.of("spark.master", "local[*]", "spark.app.id", "local-1", "spark.kubernetes.namespace", "other"));
    }

    @Test
    void whatIsNotFoundIsNamed() {
        lost(
                Map.of("spark.master", "k8s://elsewhere"),
                "spark.master is k8s://elsewhere and not k8s://https://there:6443");
        lost(
                Map.of("spark.app.id", "mine", "spark.kubernetes.namespace", "other"),
                "spark.app.id is mine and not feedline-1a0c, spark.kubernetes.namespace is other and not default");
        lost(
                Map.of("spark.kubernetes.allocation.pods.allocator", "statefulset"),
                "spark.kubernetes.allocation.pods.allocator is statefulset and not direct");
        lost(
                Map.of("spark.kubernetes.executor.volumes.persistentVolumeClaim.data.mount.path", "/data"),
                "persistentvolumeclaims are made, and none by --conf");
    }

    /// As Spark makes the listener on every master.
    @Test
    void aContextThatIsNotFoundIsNoContext() {
        KubernetesListener.tell(conf -> {
            throw new IllegalStateException(conf.get("spark.app.name") + " is lost");
        });
        SparkConf conf = new SparkConf(false)
                .setMaster("local[1]")
                .setAppName("mine")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.extraListeners", KubernetesListener.class.getName());
        assertThatThrownBy(() -> new SparkContext(conf))
                .isInstanceOf(SparkException.class)
                .hasRootCauseMessage("mine is lost");
        assertThat(SparkContext$.MODULE$.getActive().isEmpty()).isTrue();
    }

    private static void found(Map<String, String> script) {
        assertThat(KubernetesPlace.difference(conf(RUN), conf(scripted(script))))
                .isEmpty();
    }

    private static void lost(Map<String, String> script, String words) {
        assertThat(KubernetesPlace.difference(conf(RUN), conf(scripted(script))))
                .hasValue(words);
    }

    private static Map<String, String> scripted(Map<String, String> script) {
        Map<String, String> all = new HashMap<>(RUN);
        all.putAll(script);
        return all;
    }

    private static SparkConf conf(Map<String, String> settings) {
        SparkConf conf = new SparkConf(false);
        settings.forEach(conf::set);
        return conf;
    }
}
