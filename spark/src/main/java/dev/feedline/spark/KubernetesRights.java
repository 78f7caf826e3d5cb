package dev.feedline.spark;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;

/// What Kubernetes must allow whoever asks it, so that nothing a run has had made is left: to make it takes less.
final class KubernetesRights {
    private static final List<String> VERBS = List.of("list", "deletecollection");

    private KubernetesRights() {}

    /// @throws IllegalStateException naming what is missing
    static void require(KubernetesClient kubernetes, String namespace, SparkConf conf) {
        String missing = KubernetesKind.of(conf).stream()
                .flatMap(kind -> VERBS.stream()
                        .filter(verb -> !isAllowed(kubernetes, namespace, verb, kind.resource()))
                        .map(verb -> verb + " " + kind.resource()))
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new IllegalStateException("Feedline removes what a run has had Kubernetes make, and Kubernetes does"
                    + " not allow it in namespace " + namespace + ": who asks lacks the right to " + missing);
        }
    }

    /// Who may not even ask that is told so when it comes to deleting.
    private static boolean isAllowed(KubernetesClient kubernetes, String namespace, String verb, String resource) {
        SelfSubjectAccessReview asked = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withNamespace(namespace)
                .withVerb(verb)
                .withResource(resource)
                .endResourceAttributes()
                .endSpec()
                .build();
        try {
            SelfSubjectAccessReview told =
                    kubernetes.authorization().v1().selfSubjectAccessReview().create(asked);
            return told.getStatus() != null
                    && Boolean.TRUE.equals(told.getStatus().getAllowed());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return true;
            }
            throw e;
        }
    }
}
