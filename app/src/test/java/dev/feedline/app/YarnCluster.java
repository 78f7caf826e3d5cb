package dev.feedline.app;

import dev.feedline.glue.SparkSettings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A YARN of one ResourceManager and one NodeManager on this machine, each a process, and beside it what a team's
/// gateway has: a folder of Spark with its module of YARN, and the folder of Hadoop's settings.
///
/// Both come from Maven; `src/test/yarn/pom.xml` says which.
final class YarnCluster implements AutoCloseable {
    /// What its one machine has, for all containers.
    private static final int MEGABYTES = 2560;

    private static final Pattern REGISTERED = Pattern.compile("Registered with ResourceManager as");
    private static final Pattern ACTIVE = Pattern.compile("Transitioned to active state");
    /// Those of the jars that are YARN's, not Spark's.
    private static final Pattern YARNS = Pattern.compile("hadoop-client-minicluster-.*|bc(prov|pkix|util)-.*");

    /// What its processes run with: Hadoop, shaded, and what that leaves to others.
    private static final Pattern NEEDED =
            Pattern.compile("(hadoop-client|bc(prov|pkix|util)|slf4j-api|jcl-over|log4j|javax\\.|jakarta\\.).*");

    private static final List<String> STATES = List.of("NEW", "NEW_SAVING", "SUBMITTED", "ACCEPTED", "RUNNING");

    private final Path folder;
    private final Path java;
    private final List<Path> classPath = new ArrayList<>();
    private final URI apps;
    private final Process resourceManager;
    private final Process nodeManager;

    /// An application, as the ResourceManager tells of it.
    record Application(String id, String state, String finalStatus, String tags) {
        boolean isLeft() {
            return STATES.contains(state);
        }
    }

    private YarnCluster(Path folder, Path java, List<Path> jars) throws IOException, InterruptedException {
        this.folder = folder;
        this.java = java;
        Path spark = Files.createDirectories(spark().resolve("jars"));
        for (Path jar : jars) {
            String name = String.valueOf(jar.getFileName());
            if (!YARNS.matcher(name).matches()) {
                Files.createSymbolicLink(spark.resolve(name), jar);
            }
            if (NEEDED.matcher(name).matches()) {
                classPath.add(jar);
            }
        }
        Files.createDirectories(configuration());
        String web = "127.0.0.1:" + freePort();
        this.apps = URI.create("http://" + web + "/ws/v1/cluster/apps");
        configure(web);
        this.resourceManager =
                begin("resourcemanager", "org.apache.hadoop.yarn.server.resourcemanager.ResourceManager");
        try {
            this.nodeManager = begin("nodemanager", "org.apache.hadoop.yarn.server.nodemanager.NodeManager");
        } catch (IOException e) {
            resourceManager.destroyForcibly();
            throw e;
        }
    }

    static YarnCluster start(Path folder, Path java) throws IOException, InterruptedException {
        YarnCluster cluster = new YarnCluster(folder, java, fetched(folder));
        try {
            cluster.log("resourcemanager").await(cluster.resourceManager, ACTIVE);
            cluster.log("nodemanager").await(cluster.nodeManager, REGISTERED);
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /// For `SPARK_HOME`.
    Path spark() {
        return folder.resolve("spark");
    }

    /// For `YARN_CONF_DIR`.
    Path configuration() {
        return folder.resolve("conf");
    }

    /// For `spark.yarn.stagingDir`.
    Path staging() {
        return folder.resolve("staging");
    }

    /// All that there have been.
    List<Application> applications() {
        try (HttpClient http = HttpClient.newHttpClient()) {
            JsonNode told = JsonMapper.shared()
                    .readTree(http.send(
                                    HttpRequest.newBuilder(apps)
                                            .header("Accept", "application/json")
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body());
            List<Application> all = new ArrayList<>();
            for (JsonNode app : told.path("apps").path("app")) {
                all.add(new Application(
                        app.path("id").asString(),
                        app.path("state").asString(),
                        app.path("finalStatus").asString(),
                        app.path("applicationTags").asString()));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// What the containers of an application have printed.
    String printed(Application application) throws IOException {
        Path logs = folder.resolve("logs").resolve(application.id());
        if (!Files.isDirectory(logs)) {
            return ""; // it has had no container yet
        }
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(logs)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    /// The processes of containers.
    List<ProcessHandle> containers() {
        return nodeManager.descendants().filter(ProcessHandle::isAlive).toList();
    }

    /// Ends its processes, and those that they have started, whatever state they are in.
    @Override
    public void close() throws IOException, InterruptedException {
        List<ProcessHandle> containers = containers();
        for (Process one : List.of(nodeManager, resourceManager)) {
            one.destroyForcibly().waitFor();
        }
        containers.forEach(ProcessHandle::destroyForcibly);
        Await.until(() -> containers.stream().noneMatch(ProcessHandle::isAlive), "YARN's containers have ended");
        try (Stream<Path> jars = Files.list(spark().resolve("jars"))) {
            for (Path link : jars.toList()) {
                Files.delete(link);
            }
        }
    }

    private void configure(String web) throws IOException {
        Map<String, String> yarn = new LinkedHashMap<>();
        for (String service : List.of("", "scheduler.", "resource-tracker.", "admin.")) {
            yarn.put("yarn.resourcemanager." + service + "address", "127.0.0.1:" + freePort());
        }
        yarn.put("yarn.resourcemanager.hostname", "127.0.0.1");
        yarn.put("yarn.resourcemanager.webapp.address", web);
        yarn.put("yarn.nodemanager.hostname", "127.0.0.1");
        for (String service : List.of("", "localizer.", "webapp.", "collector-service.")) {
            yarn.put("yarn.nodemanager." + service + "address", "127.0.0.1:0");
        }
        yarn.put("yarn.nodemanager.local-dirs", folder.resolve("local").toString());
        yarn.put("yarn.nodemanager.log-dirs", folder.resolve("logs").toString());
        yarn.put("yarn.nodemanager.delete.debug-delay-sec", "600"); // what containers printed is looked at
        yarn.put("yarn.nodemanager.resource.memory-mb", Integer.toString(MEGABYTES));
        yarn.put("yarn.nodemanager.resource.cpu-vcores", "4");
        yarn.put("yarn.nodemanager.vmem-check-enabled", "false");
        yarn.put("yarn.nodemanager.disk-health-checker.enable", "false"); // a test's disk may be nearly full
        yarn.put("yarn.scheduler.minimum-allocation-mb", "128");
        write("yarn-site.xml", yarn);
        write("core-site.xml", Map.of("hadoop.tmp.dir", folder.resolve("tmp").toString()));
        write(
                "capacity-scheduler.xml",
                Map.of(
                        "yarn.scheduler.capacity.maximum-am-resource-percent", "1.0",
                        "yarn.scheduler.capacity.root.queues", "default",
                        "yarn.scheduler.capacity.root.default.capacity", "100"));
        Files.writeString(configuration().resolve("log4j2.properties"), """
                rootLogger.level = info
                rootLogger.appenderRef.console.ref = console
                appender.console.type = Console
                appender.console.name = console
                appender.console.layout.type = PatternLayout
                appender.console.layout.pattern = %d %p %c{1}: %m%n%ex
                """);
    }

    private void write(String name, Map<String, String> properties) throws IOException {
        String all = properties.entrySet().stream()
                .map(one ->
                        "<property><name>" + one.getKey() + "</name><value>" + one.getValue() + "</value></property>")
                .collect(Collectors.joining("\n", "<configuration>\n", "\n</configuration>\n"));
        Files.writeString(configuration().resolve(name), all);
    }

    private Process begin(String name, String main) throws IOException {
        List<String> command = new ArrayList<>(List.of(java.toString(), "-Xmx256m"));
        command.addAll(SparkSettings.javaOptions());
        command.add("-cp");
        command.add(configuration()
                + File.pathSeparator
                + classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(main);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(name).file().toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH", System.getenv("PATH"),
                        "HOME", folder.toString(),
                        "JAVA_HOME", java.getParent().getParent().toString(),
                        "AWS_EC2_METADATA_DISABLED", "true"));
        return builder.start();
    }

    private ProcessLog log(String name) {
        return new ProcessLog(folder.resolve(name + ".log"));
    }

    private static List<Path> fetched(Path folder) throws IOException, InterruptedException {
        Path list = folder.resolve("class-path");
        Path log = folder.resolve("fetched.log");
        Process maven = new ProcessBuilder(List.of(
                        Path.of("..", "mvnw").toString(),
                        "-B",
                        "-q",
                        "-f",
                        Path.of("src", "test", "yarn", "pom.xml").toString(),
                        "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath",
                        "-Dmdep.outputFile=" + list))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (maven.waitFor() != 0) {
            throw new IOException("Spark and YARN could not be fetched: " + Files.readString(log));
        }
        return Stream.of(Files.readString(list).strip().split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
