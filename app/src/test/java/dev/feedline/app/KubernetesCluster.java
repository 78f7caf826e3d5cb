package dev.feedline.app;

import dev.feedline.app.spark.SparkHome;
import dev.feedline.glue.SparkSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A Kubernetes on this machine, as far as a test can have one: an API server, and one node that runs pods' containers
/// as plain processes ([PodNode]).
///
/// The API server is the one that Kubernetes' Java client is tested with; `src/test/kubernetes` has it. With
/// `-Dfeedline.kubernetes.master` (a driver's, found with `KUBECONFIG`) and `-Dfeedline.kubernetes.api` (the same one,
/// as `kubectl proxy` serves it) it is a genuine one.
final class KubernetesCluster implements AutoCloseable {
    private static final Pattern LISTENS = Pattern.compile("listens on port (\\d+)");
    private static final Path SOURCES = Path.of("src", "test", "kubernetes");

    private final Path folder;
    private final @Nullable Process server;
    private final String master;
    private final PodNode node;

    private KubernetesCluster(Path folder, @Nullable Process server, String master, PodNode node) {
        this.folder = folder;
        this.server = server;
        this.master = master;
        this.node = node;
    }

    static KubernetesCluster start(Path folder) throws IOException, InterruptedException {
        SparkSettings.Installed spark = SparkHome.standard()
                .installed("k8s://any", told -> System.out.println("Spark for Kubernetes: " + told));
        String genuine = System.getProperty("feedline.kubernetes.master");
        if (genuine != null) {
            PodNode node = new PodNode(
                    System.getProperty("feedline.kubernetes.api"), true, spark.java(), image(folder, spark), folder);
            return new KubernetesCluster(folder, null, genuine, node);
        }
        Path log = folder.resolve("api-server.log");
        Process server = server(folder, log);
        String api = "http://127.0.0.1:" + new ProcessLog(log).await(server, LISTENS);
        return new KubernetesCluster(
                folder, server, "k8s://" + api, new PodNode(api, false, spark.java(), image(folder, spark), folder));
    }

    /// For `spark.master`.
    String master() {
        return master;
    }

    PodNode node() {
        return node;
    }

    /// Whether it is one of its processes.
    boolean has(ProcessHandle process) {
        return node.processes().contains(process) || (server != null && process.equals(server.toHandle()));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        node.close();
        if (server != null) {
            server.destroyForcibly().waitFor();
        }
        try (Stream<Path> jars = Files.list(folder.resolve("image"))) {
            for (Path link : jars.toList()) {
                Files.delete(link);
            }
        }
    }

    /// The jars of an image of Spark, with nothing of Feedline's or of AWS's.
    private static Path image(Path folder, SparkSettings.Installed spark) throws IOException {
        Path jars = Files.createDirectory(folder.resolve("image"));
        for (Path jar : spark.classPath()) {
            String name = String.valueOf(jar.getFileName());
            if (!name.startsWith("feedline-") && !isOfAws(jar)) {
                Files.createSymbolicLink(jars.resolve(name), jar);
            }
        }
        return jars;
    }

    private static boolean isOfAws(Path jar) throws IOException {
        try (JarFile open = new JarFile(jar.toFile())) {
            return open.stream().anyMatch(entry -> entry.getName().startsWith("software/amazon/"));
        }
    }

    private static Process server(Path folder, Path log) throws IOException, InterruptedException {
        Path list = folder.resolve("class-path");
        Process maven = new ProcessBuilder(
                        Path.of("..", "mvnw").toString(),
                        "-B",
                        "-q",
                        "-f",
                        SOURCES.resolve("pom.xml").toString(),
                        "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath",
                        "-Dmdep.outputFile=" + list)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (maven.waitFor() != 0) {
            throw new IOException("The API server could not be fetched: " + Files.readString(log));
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-cp", Files.readString(list).strip() + File.pathSeparator));
        command.add(SOURCES.resolve("ApiServer.java").toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }
}
