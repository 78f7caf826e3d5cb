package dev.feedline.app.spark;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How a driver finds the way to Kubernetes, and who it is there: as `kubectl` does on this machine, or as a pod does.
final class KubernetesReach {
    static final String SCHEME = "k8s://";
    private static final String FILES = "KUBECONFIG";
    /// What a pod has, should Feedline be in one.
    private static final List<String> OF_PODS = List.of("KUBERNETES_SERVICE_HOST", "KUBERNETES_SERVICE_PORT");

    private KubernetesReach() {}

    /// Of Feedline's own environment what a driver is told; `~/.kube/config` it finds by itself.
    static Map<String, String> environment(Map<String, String> environment) {
        Map<String, String> told = new TreeMap<>();
        String files = environment.getOrDefault(FILES, "");
        if (!files.isBlank()) { // a driver has a working folder of its own
            told.put(
                    FILES,
                    Pattern.compile(Pattern.quote(File.pathSeparator))
                            .splitAsStream(files)
                            .filter(file -> !file.isBlank())
                            .map(file ->
                                    Path.of(file).toAbsolutePath().normalize().toString())
                            .collect(Collectors.joining(File.pathSeparator)));
        }
        for (String name : OF_PODS) {
            String value = environment.get(name);
            if (value != null) {
                told.put(name, value);
            }
        }
        return told;
    }
}
