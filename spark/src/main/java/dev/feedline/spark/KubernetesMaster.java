package dev.feedline.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a driver that is no pod itself tells Spark, so that executors on Kubernetes find it, and their pods are found.
final class KubernetesMaster {
    private static final String SCHEME = "k8s://";
    private static final String DELETES_SERVICES = "spark.kubernetes.driver.service.deleteOnTermination";
    private static final String LISTENERS = "spark.extraListeners";
    private static final String DRIVER_HOST = "spark.driver.host";

    private KubernetesMaster() {}

    static boolean isOne(String master) {
        return master.startsWith(SCHEME);
    }

    /// As Spark's own command reads it: `https` where no scheme is named.
    static String apiServer(String master) {
        String named = master.substring(SCHEME.length());
        return named.contains("://") ? named : "https://" + named;
    }

    /// Says that none of the run's pods is left, nor can one come.
    static void tellPodsGone(RunLine line) {
        DurableFile.write(line.podsGone(), line.application().getBytes(UTF_8));
    }

    /// @param endpoint Feedline's, null on AWS
    /// @throws IllegalArgumentException when pods could not reach the driver, or Feedline
    static Map<String, String> settings(RunLine line, @Nullable String endpoint) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("spark.master", SCHEME + apiServer(line.master()));
        settings.put("spark.app.id", line.application());
        String others = line.conf().get(LISTENERS);
        settings.put(LISTENERS, KubernetesListener.class.getName() + (others == null ? "" : "," + others));
        // A driver that is no pod has no service, and may lack the right to look for one.
        settings.put(DELETES_SERVICES, line.conf().getOrDefault(DELETES_SERVICES, "false"));
        if (endpoint != null) {
            String feedline = URI.create(endpoint).getHost();
            String named = line.conf().get(DRIVER_HOST);
            boolean sharesNetwork = named != null && address(named).isLoopbackAddress();
            InetAddress there = address(feedline);
            if (there.isAnyLocalAddress() || (there.isLoopbackAddress() && !sharesNetwork)) {
                throw new IllegalArgumentException(
                        "Executors on Kubernetes are pods, and none of them finds Feedline at "
                                + endpoint
                                + ": start it with --host and an address of this machine that pods reach (where pods"
                                + " share this machine's network, " + DRIVER_HOST + "=127.0.0.1 says so)");
            }
            settings.put(DRIVER_HOST, named == null ? feedline : named);
        }
        return settings;
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("the address " + host + " is not known on this machine", e);
        }
    }
}
