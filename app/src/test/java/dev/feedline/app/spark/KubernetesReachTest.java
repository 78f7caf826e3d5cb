package dev.feedline.app.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A driver looks for Kubernetes where Feedline would.
class KubernetesReachTest {
    @Test
    void aDriverIsToldOfEachFileByItsWholePath() {
        assertThat(KubernetesReach.environment(Map.of("KUBECONFIG", "a" + File.pathSeparator + "/b", "OTHER", "x")))
                .isEqualTo(Map.of("KUBECONFIG", Path.of("a").toAbsolutePath() + File.pathSeparator + "/b"));
    }

    @Test
    void inAPodADriverIsToldWhatPodsAreTold() {
        assertThat(KubernetesReach.environment(
                        Map.of("KUBECONFIG", " ", "KUBERNETES_SERVICE_HOST", "h", "KUBERNETES_SERVICE_PORT", "443")))
                .isEqualTo(Map.of("KUBERNETES_SERVICE_HOST", "h", "KUBERNETES_SERVICE_PORT", "443"));
    }
}
