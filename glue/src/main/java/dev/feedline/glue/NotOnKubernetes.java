package dev.feedline.glue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Spark's properties that a run on Kubernetes may not have. Its driver is no pod and nobody submits it, so some would
/// have no effect; others would leave behind what Feedline does not find, or tell a secret.
///
/// Spark's page is <https://spark.apache.org/docs/4.1.1/running-on-kubernetes.html>.
final class NotOnKubernetes {
    private static final String NO_POD = "the driver is no pod, it runs beside Feedline";
    private static final String NOT_SUBMITTED = "nobody submits the driver, it runs beside Feedline";
    private static final String ELSEWHERE = "pods would be at another API server than spark.master names";
    private static final String NO_SECRET = "a job's arguments are told to whoever asks, and to its executors: name a"
            + " file in spark.kubernetes.authenticate.oauthTokenFile, or let KUBECONFIG of Feedline's environment have"
            + " it";

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("spark.app.id", "Feedline finds a run's pods by it"),
            Map.entry("spark.kubernetes.executor.deleteOnTermination", "no pod outlives its run"),
            Map.entry("spark.kubernetes.allocation.pods.allocator", "executors are pods of their own"),
            Map.entry("spark.kubernetes.submitInDriver", ELSEWHERE),
            Map.entry("spark.kubernetes.driver.master", ELSEWHERE),
            Map.entry("spark.kubernetes.authenticate.oauthToken", NO_SECRET),
            Map.entry("spark.kubernetes.file.upload.path", "use --extra-files"),
            Map.entry("spark.kubernetes.report.interval", NOT_SUBMITTED),
            Map.entry("spark.kubernetes.appKillPodDeletionGracePeriod", NOT_SUBMITTED));

    private record Prefix(String prefix, String reason) {}

    private static final List<Prefix> PREFIXES = List.of(
            new Prefix("spark.kubernetes.driver.", NO_POD),
            new Prefix("spark.kubernetes.driverEnv.", NO_POD),
            new Prefix("spark.kubernetes.authenticate.driver.", NO_POD),
            new Prefix("spark.kubernetes.authenticate.submission.", NOT_SUBMITTED),
            new Prefix("spark.kubernetes.submission.", NOT_SUBMITTED));

    /// What a driver that is no pod heeds in spite of such a prefix.
    private static final Set<String> HEEDED = Set.of(
            "spark.kubernetes.driver.connectionTimeout",
            "spark.kubernetes.driver.requestTimeout",
            "spark.kubernetes.driver.pod.name",
            "spark.kubernetes.driver.ownPersistentVolumeClaim",
            "spark.kubernetes.driver.reusePersistentVolumeClaim",
            "spark.kubernetes.driver.waitToReusePersistentVolumeClaim",
            "spark.kubernetes.driver.service.deleteOnTermination",
            "spark.kubernetes.authenticate.driver.serviceAccountName"); // that of executors that have none

    private NotOnKubernetes() {}

    /// Empty when the property may be there.
    static Optional<String> reason(String name) {
        String ofName = NAMES.get(name);
        if (ofName != null) {
            return Optional.of(ofName);
        }
        return HEEDED.contains(name)
                ? Optional.empty()
                : PREFIXES.stream()
                        .filter(one -> name.startsWith(one.prefix()))
                        .findFirst()
                        .map(Prefix::reason);
    }
}
