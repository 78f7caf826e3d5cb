package dev.feedline.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What Kubernetes does not allow, by an API server that has nothing and says no to what the test names.
class KubernetesPodsTest {
    private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

    /// Resources of which nothing is allowed.
    private final Set<String> forbidden = new CopyOnWriteArraySet<>();
    private final List<String> lookedFor = new CopyOnWriteArrayList<>();

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void whatMayNotBeLookedAtIsNotTakenForGone() {
        forbidden.add("configmaps");
        assertThatThrownBy(() -> remove(Map.of()))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(403));
    }

    @Test
    void whatARunDoesNotMakeNeedNotBeLookedAt() {
        forbidden.addAll(Set.of("configmaps", "persistentvolumeclaims"));
        assertThatCode(() -> remove(Map.of("spark.kubernetes.executor.disableConfigMap", "true")))
                .doesNotThrowAnyException();
        assertThat(lookedFor).containsExactly("pods", "configmaps", "persistentvolumeclaims");
    }

    @Test
    void aRunWhosePodsCouldNotBeDeletedIsRefusedByName() {
        forbidden.add("configmaps");
        refused(Map.of(), "in namespace feedline", "lacks the right to list configmaps, deletecollection configmaps");
        forbidden.add("persistentvolumeclaims");
        refused(
                Map.of(
                        "spark.kubernetes.executor.disableConfigMap", "true",
                        "spark.kubernetes.executor.volumes.persistentVolumeClaim.data.mount.path", "/data"),
                "lacks the right to list persistentvolumeclaims, deletecollection persistentvolumeclaims");
        assertThatCode(() -> require(Map.of("spark.kubernetes.executor.disableConfigMap", "true")))
                .doesNotThrowAnyException();
    }

    /// As in a cluster whose administrator has taken that right from everybody.
    @Test
    void aRunGoesOnWhereNobodyMayAskForRights() {
        forbidden.add("selfsubjectaccessreviews");
        assertThatCode(() -> require(Map.of())).doesNotThrowAnyException();
    }

    private void refused(Map<String, String> conf, String... words) {
        assertThatThrownBy(() -> require(conf))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(words);
    }

    private void require(Map<String, String> settings) {
        KubernetesPods.requireRights(master(), conf(settings));
    }

    private void remove(Map<String, String> settings) {
        KubernetesPods.remove(master(), conf(settings), "feedline-1");
    }

    private String master() {
        return "k8s://http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static SparkConf conf(Map<String, String> settings) {
        SparkConf conf = new SparkConf(false).set("spark.kubernetes.namespace", "feedline");
        settings.forEach(conf::set);
        return conf;
    }

    private void answer(HttpExchange asked) throws IOException {
        String body = new String(asked.getRequestBody().readAllBytes(), UTF_8);
        String path = asked.getRequestURI().getPath();
        String resource = path.substring(path.lastIndexOf('/') + 1);
        if (forbidden.contains(resource)) {
            lookedFor.add(resource);
            answer(asked, 403, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":403,\"reason\":\"Forbidden\"}");
        } else if (path.equals(REVIEWS)) {
            boolean isAllowed = forbidden.stream().noneMatch(one -> body.contains("\"" + one + "\""));
            answer(
                    asked,
                    201,
                    "{\"kind\":\"SelfSubjectAccessReview\",\"apiVersion\":\"authorization.k8s.io/v1\",\"spec\":{},"
                            + "\"status\":{\"allowed\":" + isAllowed + "}}");
        } else {
            lookedFor.add(resource);
            answer(asked, 200, "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[]}");
        }
    }

    private static void answer(HttpExchange asked, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(UTF_8);
        asked.getResponseHeaders().add("Content-Type", "application/json");
        asked.sendResponseHeaders(status, bytes.length);
        asked.getResponseBody().write(bytes);
        asked.close();
    }
}
