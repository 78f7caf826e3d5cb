package dev.feedline.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Executors in pods find the driver where Feedline is found, and their pods bear the run's name.
class KubernetesMasterTest {
    @Test
    void theDriverIsWhereFeedlineIsUnlessItsAddressIsNamed() {
        assertThat(settings("k8s://there:6443", Map.of(), "http://10.0.0.5:4566"))
                .isEqualTo(Map.of(
                        "spark.master", "k8s://https://there:6443",
                        "spark.app.id", "feedline-1a0c",
                        "spark.extraListeners", "dev.feedline.spark.KubernetesListener",
                        "spark.kubernetes.driver.service.deleteOnTermination", "false",
                        "spark.driver.host", "10.0.0.5"));
        assertThat(settings("k8s://http://there", Map.of("spark.driver.host", "10.0.0.6"), "http://10.0.0.5:4566"))
                .containsEntry("spark.master", "k8s://http://there")
                .containsEntry("spark.driver.host", "10.0.0.6");
        assertThat(settings("k8s://there", Map.of("spark.driver.host", "127.0.0.1"), "http://127.0.0.1:4566"))
                .containsEntry("spark.driver.host", "127.0.0.1");
        assertThat(settings("k8s://there", Map.of(), null)).doesNotContainKey("spark.driver.host");
    }

    @Test
    void theJobsListenersHearToo() {
        assertThat(settings("k8s://there", Map.of("spark.extraListeners", "com.example.Counts"), null))
                .containsEntry("spark.extraListeners", "dev.feedline.spark.KubernetesListener,com.example.Counts");
    }

    @Test
    void aFeedlineThatNoPodFindsIsRefused() {
        refused(Map.of(), "http://127.0.0.1:4566");
        refused(Map.of(), "http://localhost:4566");
        refused(Map.of(), "http://[::1]:4566");
        refused(Map.of("spark.driver.host", "10.0.0.5"), "http://127.0.0.1:4566");
        refused(Map.of("spark.driver.host", "10.0.0.5"), "http://0.0.0.0:4566");
        refused(Map.of("spark.driver.host", "127.0.0.1"), "http://0.0.0.0:4566");
    }

    private static void refused(Map<String, String> conf, String endpoint) {
        assertThatThrownBy(() -> settings("k8s://there", conf, endpoint))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("none of them finds Feedline at " + endpoint, "--host");
    }

    private static Map<String, String> settings(String master, Map<String, String> conf, String endpoint) {
        return KubernetesMaster.settings(
                new RunLine(
                        "jr_1a0c",
                        "feedline-1a0c",
                        "job",
                        "Main",
                        null,
                        null,
                        List.of(),
                        master,
                        conf,
                        Map.of(),
                        Map.of(),
                        Path.of("commits"),
                        Path.of("report"),
                        Path.of("pods-gone")),
                endpoint);
    }
}
