package dev.feedline.app;

import dev.feedline.app.spark.SparkHome;
import dev.feedline.glue.SparkSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A standalone cluster of the fetched Spark on this machine: a master, and workers of one core, each a process.
///
/// It knows nothing of Feedline, as a team's own cluster does not: its machines have Spark's jars, and a credentials
/// file of their own.
final class SparkCluster implements AutoCloseable {
    private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");
    private static final Pattern REGISTERED = Pattern.compile("Successfully registered with master");

    private final Path folder;
    private final Path java;
    private final List<Process> workers = new ArrayList<>();
    private final Process master;
    private final String url;
    private int started;

    private SparkCluster(Path folder, SparkSettings.Installed spark) throws IOException, InterruptedException {
        this.folder = folder;
        this.java = spark.java();
        Path jars = Files.createDirectories(home().resolve("jars"));
        Files.createDirectories(temporary());
        for (Path jar : spark.classPath()) {
            String name = String.valueOf(jar.getFileName());
            if (!name.startsWith("feedline-")) { // a cluster has Spark and its codecs
                Files.createSymbolicLink(jars.resolve(name), jar);
            }
        }
        this.master = begin("master", "org.apache.spark.deploy.master.Master", "--port", "0");
        this.url = new ProcessLog(log("master")).await(master, MASTER);
    }

    /// Starts the master and two workers, and waits until they know each other.
    static SparkCluster start(Path folder) throws IOException, InterruptedException {
        SparkCluster cluster = new SparkCluster(
                folder, SparkHome.standard().installed(told -> System.out.println("spark cluster: " + told)));
        try {
            cluster.fill();
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /// As in `spark://host:port`.
    String master() {
        return url;
    }

    /// Where its processes put what they would leave in the machine's own place when they are killed.
    Path temporary() {
        return folder.resolve("local");
    }

    /// Gives its machines the keys of a Feedline.
    void trust(Path keys) throws IOException {
        Files.copy(keys, credentials(), StandardCopyOption.REPLACE_EXISTING);
    }

    /// Has two workers again.
    void fill() throws IOException, InterruptedException {
        workers.removeIf(worker -> !worker.isAlive());
        while (workers.size() < 2) {
            String name = "worker-" + started++;
            Process worker = begin(
                    name,
                    "org.apache.spark.deploy.worker.Worker",
                    url,
                    "--cores",
                    "1",
                    "--memory",
                    "1g",
                    "--work-dir",
                    folder.resolve(name).toString());
            workers.add(worker);
            new ProcessLog(log(name)).await(worker, REGISTERED);
        }
    }

    /// The processes in which tasks run now.
    List<ProcessHandle> executors() {
        return workers.stream()
                .filter(Process::isAlive)
                .flatMap(Process::descendants)
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    /// A machine of the cluster is gone at once: SIGKILL to a worker that has an executor, and to that.
    void loseWorker() throws InterruptedException {
        Process worker = workers.stream()
                .filter(one -> one.descendants().findAny().isPresent())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no worker has an executor"));
        List<ProcessHandle> executors = worker.descendants().toList();
        worker.destroyForcibly().waitFor();
        executors.forEach(ProcessHandle::destroyForcibly);
        Await.until(() -> executors.stream().noneMatch(ProcessHandle::isAlive), "its executors have ended");
    }

    boolean has(ProcessHandle process) {
        return process.equals(master.toHandle())
                || workers.stream().anyMatch(worker -> process.equals(worker.toHandle()))
                || executors().contains(process);
    }

    /// Ends its processes, and those that they have started, whatever state they are in.
    @Override
    public void close() throws IOException, InterruptedException {
        List<Process> all = Stream.concat(workers.stream(), Stream.of(master)).toList();
        List<ProcessHandle> executors = executors();
        all.forEach(Process::destroyForcibly);
        executors.forEach(ProcessHandle::destroyForcibly);
        for (Process one : all) {
            one.waitFor();
        }
        Await.until(() -> executors.stream().noneMatch(ProcessHandle::isAlive), "the cluster's executors have ended");
        try (Stream<Path> jars = Files.list(home().resolve("jars"))) {
            for (Path link : jars.toList()) {
                Files.delete(link);
            }
        }
    }

    private Path home() {
        return folder.resolve("home");
    }

    private Path credentials() {
        return folder.resolve("credentials");
    }

    private Process begin(String name, String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(java.toString(), "-Xmx512m", "-Djava.io.tmpdir=" + temporary()));
        command.addAll(SparkSettings.javaOptions());
        command.addAll(List.of("-cp", home().resolve("jars") + "/*", main));
        command.addAll(List.of("--host", "127.0.0.1", "--webui-port", "0"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(name).toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH", System.getenv("PATH"),
                        "JAVA_HOME", java.getParent().getParent().toString(),
                        "SPARK_HOME", home().toString(),
                        "SPARK_SCALA_VERSION", "2.13",
                        "SPARK_LOCAL_IP", "127.0.0.1",
                        "SPARK_LOCAL_DIRS", temporary().toString(),
                        "AWS_SHARED_CREDENTIALS_FILE", credentials().toString(),
                        "AWS_EC2_METADATA_DISABLED", "true"));
        return builder.start();
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }
}
