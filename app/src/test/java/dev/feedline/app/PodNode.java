package dev.feedline.app;

import dev.feedline.glue.SparkSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A node of a test's Kubernetes: it takes every pod for which it has room, starts its container as a plain process,
/// tells the API server how that goes, and ends it when the pod is deleted.
///
/// It shares this machine's network and files, so it proves nothing about images, volumes or networks of pods. What its
/// "image" starts is what the entrypoint of Spark's own images starts for an executor.
final class PodNode implements AutoCloseable {
    private static final String NAMESPACE = "/api/v1/namespaces/default/";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final String api;
    private final boolean isGenuine;
    private final Path java;
    private final Path jars;
    private final Path folder;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, Process> containers = new ConcurrentHashMap<>();
    private final Set<String> told = new HashSet<>();
    private final Thread thread;
    private volatile int room = Integer.MAX_VALUE;
    private volatile Path keys = Path.of("none");
    private volatile boolean closing;

    /// What Kubernetes says of a pod.
    record Pod(String name, String node, String phase, boolean isBeingDeleted, Map<String, String> labels) {}

    /// @param api with plain HTTP, and no asking who it is
    /// @param isGenuine whether Kubernetes' own API server is asked
    /// @param jars the image's
    PodNode(String api, boolean isGenuine, Path java, Path jars, Path folder) {
        this.api = api;
        this.isGenuine = isGenuine;
        this.java = java;
        this.jars = jars;
        this.folder = folder;
        this.thread = Thread.ofPlatform().daemon().name("pod-node").start(this::loop);
    }

    /// How many containers it has at a time; further pods are pending.
    void hasRoomFor(int containers) {
        room = containers;
    }

    /// Gives its containers the keys of a Feedline.
    void trust(Path credentials) {
        keys = credentials;
    }

    /// Those that there are, deleted ones too until their containers have ended.
    List<Pod> pods() {
        List<Pod> all = new ArrayList<>();
        for (JsonNode pod : items("pods")) {
            Map<String, String> labels = new TreeMap<>();
            pod.path("metadata")
                    .path("labels")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asString()));
            all.add(new Pod(
                    name(pod),
                    pod.path("spec").path("nodeName").asString(""),
                    pod.path("status").path("phase").asString("Pending"),
                    isBeingDeleted(pod),
                    labels));
        }
        return all;
    }

    /// The names of what else a run has had made.
    List<String> configMaps() {
        return items("configmaps").stream()
                .map(PodNode::name)
                .filter(name -> name.startsWith("spark-"))
                .toList();
    }

    /// The containers' processes.
    List<ProcessHandle> processes() {
        return containers.values().stream()
                .filter(Process::isAlive)
                .map(Process::toHandle)
                .toList();
    }

    /// One container is gone at once, as when its node has no memory left.
    void loseContainer() {
        containers.values().stream()
                .filter(Process::isAlive)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no container runs"))
                .destroyForcibly();
    }

    /// What all containers have printed.
    String printed() {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".pod.log")).toList()) {
                all.append(Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toString();
    }

    @Override
    public void close() throws InterruptedException {
        closing = true;
        thread.join();
        for (Process one : containers.values()) {
            one.destroyForcibly().waitFor();
        }
        http.close();
    }

    private void loop() {
        while (!closing) {
            try {
                look();
                Thread.sleep(BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException e) {
                if (!closing) {
                    e.printStackTrace();
                }
            }
        }
    }

    private void look() throws IOException, InterruptedException {
        Set<String> there = new HashSet<>();
        for (JsonNode pod : items("pods")) {
            String name = name(pod);
            there.add(name);
            Process container = containers.get(name);
            if (isBeingDeleted(pod)) {
                if (container == null || !container.isAlive()) {
                    call("DELETE", "pods/" + name + "?gracePeriodSeconds=0", "", "application/json");
                } else {
                    container.destroy();
                }
            } else if (container == null && processes().size() < room) {
                start(pod);
            } else if (container != null && !container.isAlive() && told.add(name)) {
                tellEnd(pod, container.exitValue());
            }
        }
        containers.forEach((name, container) -> {
            if (!there.contains(name)) {
                container.destroy(); // its pod was deleted at once
            }
        });
    }

    private void start(JsonNode pod) throws IOException, InterruptedException {
        String name = name(pod);
        if (isGenuine) { // the other one has no bindings
            call(
                    "POST",
                    "pods/" + name + "/binding",
                    "{\"apiVersion\":\"v1\",\"kind\":\"Binding\",\"metadata\":{\"name\":\"" + name
                            + "\"},\"target\":{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"name\":\"this-machine\"}}",
                    "application/json");
        }
        Map<String, String> environment = environment(pod);
        Path own = Files.createDirectory(folder.resolve(name)); // executors put the jars that they fetch there
        ProcessBuilder container = new ProcessBuilder(command(environment))
                .directory(own.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".pod.log").toFile());
        container.environment().clear();
        container.environment().putAll(environment);
        containers.put(name, container.start());
        tell(
                pod,
                "{\"phase\":\"Running\",\"podIP\":\"127.0.0.1\",\"hostIP\":\"127.0.0.1\",\"containerStatuses\":["
                        + status(pod, "{\"running\":{\"startedAt\":\"2026-11-27T00:00:00Z\"}}") + "]}");
    }

    private void tellEnd(JsonNode pod, int exitCode) throws IOException, InterruptedException {
        tell(
                pod,
                "{\"phase\":\"" + (exitCode == 0 ? "Succeeded" : "Failed") + "\",\"containerStatuses\":["
                        + status(pod, "{\"terminated\":{\"exitCode\":" + exitCode + "}}") + "]}");
    }

    private static String status(JsonNode pod, String state) {
        JsonNode container = pod.path("spec").path("containers").path(0);
        return "{\"name\":\"" + container.path("name").asString() + "\",\"image\":\""
                + container.path("image").asString() + "\",\"imageID\":\"\",\"ready\":" + state.contains("running")
                + ",\"restartCount\":0,\"state\":" + state + "}";
    }

    private void tell(JsonNode pod, String status) throws IOException, InterruptedException {
        call("PATCH", "pods/" + name(pod) + "/status", "{\"status\":" + status + "}", "application/merge-patch+json");
    }

    /// What the pod says, and what a node with keys for AWS would add.
    private Map<String, String> environment(JsonNode pod) {
        Map<String, String> environment = new HashMap<>();
        JsonNode container = pod.path("spec").path("containers").path(0);
        for (JsonNode variable : container.path("env")) {
            String name = variable.path("name").asString();
            String field = variable.path("valueFrom")
                    .path("fieldRef")
                    .path("fieldPath")
                    .asString("");
            environment.put(
                    name,
                    switch (field) {
                        case "status.podIP" -> "127.0.0.1";
                        case "metadata.name" -> name(pod);
                        case "" -> variable.path("value").asString("");
                        default -> throw new IllegalStateException("the node does not know " + field);
                    });
        }
        environment.put("SPARK_LOCAL_DIRS", folder.toString()); // a volume of the pod's
        environment.put("PATH", System.getenv("PATH"));
        environment.putIfAbsent("AWS_SHARED_CREDENTIALS_FILE", keys.toString());
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        return environment;
    }

    /// As the `entrypoint.sh` of Spark 4.1's images has it for `executor`.
    private List<String> command(Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of(java.toString(), "-Djava.io.tmpdir=" + folder));
        command.addAll(SparkSettings.javaOptions());
        new TreeMap<>(environment).forEach((name, value) -> {
            if (name.startsWith("SPARK_JAVA_OPT_")) {
                command.add(value);
            }
        });
        command.add("-Xms" + environment.get("SPARK_EXECUTOR_MEMORY"));
        command.add("-Xmx" + environment.get("SPARK_EXECUTOR_MEMORY"));
        command.addAll(List.of("-cp", jars + "/*"));
        command.add("org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend");
        command.addAll(List.of("--driver-url", environment.get("SPARK_DRIVER_URL")));
        command.addAll(List.of("--executor-id", environment.get("SPARK_EXECUTOR_ID")));
        command.addAll(List.of("--cores", environment.get("SPARK_EXECUTOR_CORES")));
        command.addAll(List.of("--app-id", environment.get("SPARK_APPLICATION_ID")));
        command.addAll(List.of("--hostname", environment.get("SPARK_EXECUTOR_POD_IP")));
        command.addAll(List.of("--resourceProfileId", environment.get("SPARK_RESOURCE_PROFILE_ID")));
        command.addAll(List.of("--podName", environment.get("SPARK_EXECUTOR_POD_NAME")));
        return command;
    }

    private static String name(JsonNode object) {
        return object.path("metadata").path("name").asString();
    }

    private static boolean isBeingDeleted(JsonNode pod) {
        return pod.path("metadata").hasNonNull("deletionTimestamp");
    }

    private List<JsonNode> items(String kind) {
        try {
            return List.copyOf(call("GET", kind, "", "application/json")
                    .path("items")
                    .valueStream()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private JsonNode call(String method, String path, String body, String type)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(api + NAMESPACE + path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .header("Content-Type", type)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        boolean isGone = answer.statusCode() == 404;
        if (answer.statusCode() >= 400 && !isGone) {
            throw new IOException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return JsonMapper.shared().readTree(answer.body().isEmpty() ? "{}" : answer.body());
    }
}
