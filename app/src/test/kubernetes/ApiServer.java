import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.HashMap;

/// Keeps what Kubernetes is asked for, and tells those who watch; it has no nodes and starts nothing.
final class ApiServer {
    private ApiServer() {}

    public static void main(String[] none) throws Exception {
        KubernetesMockServer server = new KubernetesMockServer(
                new Context(), new MockWebServer(), new HashMap<>(), new PendingPods(), false);
        server.init(InetAddress.getLoopbackAddress(), 0);
        System.out.println("listens on port " + server.getPort());
        while (System.in.read() >= 0) { // until whoever started it is gone
            continue;
        }
        System.exit(0);
    }

    /// A new pod is pending, which Kubernetes says from the first moment on; and whoever asks may do anything.
    private static final class PendingPods extends KubernetesCrudDispatcher {
        private static final ObjectMapper JSON = new ObjectMapper();
        private static final String ALLOWED = "{\"kind\":\"SelfSubjectAccessReview\","
                + "\"apiVersion\":\"authorization.k8s.io/v1\",\"spec\":{},\"status\":{\"allowed\":true}}";

        @Override
        public MockResponse handleCreate(RecordedRequest asked) {
            if (asked.getPath().endsWith("/selfsubjectaccessreviews")) {
                return new MockResponse().setResponseCode(201).setBody(ALLOWED);
            }
            return super.handleCreate(asked.getPath().endsWith("/pods") ? pending(asked) : asked);
        }

        private static RecordedRequest pending(RecordedRequest asked) {
            try {
                ObjectNode pod = (ObjectNode) JSON.readTree(asked.getUtf8Body());
                pod.putObject("status").put("phase", "Pending");
                return new RecordedRequest(
                        asked.getHttpVersion(),
                        asked.method(),
                        asked.getPath(),
                        asked.getHeaders(),
                        new Buffer(JSON.writeValueAsBytes(pod)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
