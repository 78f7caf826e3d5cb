package dev.feedline.glue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// By Spark's page, <https://spark.apache.org/docs/4.1.1/running-on-kubernetes.html>: what is of a driver's pod, or of
/// who submits one.
class NotOnKubernetesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "spark.app.id",
                "spark.kubernetes.executor.deleteOnTermination",
                "spark.kubernetes.allocation.pods.allocator",
                "spark.kubernetes.submitInDriver",
                "spark.kubernetes.driver.master",
                "spark.kubernetes.driver.container.image",
                "spark.kubernetes.driver.podTemplateFile",
                "spark.kubernetes.driver.secretKeyRef.AWS_ACCESS_KEY_ID",
                "spark.kubernetes.driver.secrets.keys",
                "spark.kubernetes.driver.volumes.hostPath.keys.mount.path",
                "spark.kubernetes.driver.label.team",
                "spark.kubernetes.driver.annotation.team",
                "spark.kubernetes.driver.request.cores",
                "spark.kubernetes.driver.limit.cores",
                "spark.kubernetes.driver.node.selector.zone",
                "spark.kubernetes.driver.service.label.team",
                "spark.kubernetes.driverEnv.TEAM",
                "spark.kubernetes.file.upload.path",
                "spark.kubernetes.report.interval",
                "spark.kubernetes.submission.waitAppCompletion",
                "spark.kubernetes.authenticate.submission.oauthTokenFile",
                "spark.kubernetes.authenticate.driver.caCertFile",
                "spark.kubernetes.authenticate.driver.mounted.oauthTokenFile"
            })
    void whatOnlyADriversPodHeedsIsRefused(String name) {
        assertThat(NotOnKubernetes.reason(name)).isPresent();
    }

    @Test
    void aTokenIsToBeInAFile() {
        assertThat(NotOnKubernetes.reason("spark.kubernetes.authenticate.oauthToken"))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("spark.kubernetes.authenticate.oauthTokenFile", "KUBECONFIG of Feedline's"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spark.kubernetes.driver.connectionTimeout",
                "spark.kubernetes.driver.requestTimeout",
                "spark.kubernetes.driver.pod.name",
                "spark.kubernetes.driver.ownPersistentVolumeClaim",
                "spark.kubernetes.driver.reusePersistentVolumeClaim",
                "spark.kubernetes.driver.waitToReusePersistentVolumeClaim",
                "spark.kubernetes.driver.service.deleteOnTermination",
                "spark.kubernetes.authenticate.driver.serviceAccountName",
                "spark.kubernetes.authenticate.oauthTokenFile",
                "spark.kubernetes.executor.label.team",
                "spark.kubernetes.namespace"
            })
    void whatADriverBesideFeedlineHeedsIsNot(String name) {
        assertThat(NotOnKubernetes.reason(name)).isEmpty();
    }
}
