package dev.feedline.spark;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import scala.tools.nsc.MainClass;

/// The process that one run of a Glue job has: it is told of the run by a line on its standard input ([RunLine]), runs
/// the job's main class, and leaves a report.
///
/// A process that waits for its line warms up meanwhile. Standard input stays open while somebody wants the run: when
/// it ends the process halts, and with it what runs inside; executors elsewhere end when their driver is gone.
public final class Driver {
    private static final int HALTED = 70;
    private static final String ON_THIS_MACHINE = "local";
    private static final String LOOPBACK = "127.0.0.1";

    private Driver() {}

    public static void main(String[] arguments) throws IOException {
        CompletableFuture<String> line = new CompletableFuture<>();
        listen(line);
        if (!line.isDone()) {
            warmUp();
        }
        RunLine run = RunLine.read(line.join());
        Throwable failure = run(run);
        if (failure != null) {
            failure.printStackTrace();
        }
        System.out.flush();
        write(run.report(), report(failure));
        System.exit(failure == null ? 0 : 1); // whatever threads the job has left; Spark stops its context by itself
    }

    /// Loads what every run needs, by a job that is none of anybody's.
    private static void warmUp() {
        SparkConf conf = new SparkConf(false)
                .setMaster("local[1]")
                .setAppName("warming up")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.bindAddress", LOOPBACK)
                .set("spark.driver.host", LOOPBACK)
                .set("spark.sql.shuffle.partitions", "1");
        SparkSession session = SparkSession.builder().config(conf).getOrCreate();
        session.range(10).selectExpr("count(id)").collectAsList();
        session.stop();
        SparkSession.clearActiveSession();
        SparkSession.clearDefaultSession();
    }

    /// Hears of the run, and of the end of whoever wants it.
    private static void listen(CompletableFuture<String> line) {
        Thread listening = new Thread(
                () -> {
                    try {
                        BufferedReader in =
                                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
                        String first = in.readLine();
                        if (first != null) {
                            line.complete(first);
                            while (in.read() >= 0) {} // nothing more is said
                        }
                    } catch (IOException e) {
                        System.err.println("Feedline cannot be heard any more: " + e);
                    }
                    Runtime.getRuntime().halt(HALTED);
                },
                "is-feedline-there");
        listening.setDaemon(true);
        listening.start();
    }

    private static @Nullable Throwable run(RunLine run) {
        try {
            List<Path> classes = new ArrayList<>(run.jars());
            if (run.script() != null) {
                classes.add(compiled(run.script(), run.jars()));
            }
            settings(run).forEach(System::setProperty);
            ClassLoader loader = new URLClassLoader(urls(classes), Driver.class.getClassLoader());
            Thread.currentThread().setContextClassLoader(loader);
            Class.forName(run.mainClass(), true, loader)
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) Arguments.words(run.arguments()));
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause() == null ? e : e.getCause();
        } catch (Exception | LinkageError e) { // a class that is not there, or has no main method
            return e;
        }
    }

    /// Spark's properties, as every `new SparkConf()` of the job finds them. What the run sets wins.
    private static Map<String, String> settings(RunLine run) throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put("spark.master", run.master());
        settings.put("spark.app.name", run.arguments().getOrDefault("--JOB_NAME", run.mainClass()));
        settings.put("spark.ui.enabled", "false");
        if (run.master().startsWith(ON_THIS_MACHINE)) {
            settings.put("spark.driver.bindAddress", LOOPBACK);
            settings.put("spark.driver.host", LOOPBACK);
        }
        String endpoint = System.getenv("AWS_ENDPOINT_URL");
        if (endpoint != null) {
            settings.put("spark.hadoop.fs.s3a.endpoint", endpoint);
            settings.put("spark.hadoop.fs.s3a.path.style.access", "true");
            settings.put("spark.hadoop.fs.s3a.connection.ssl.enabled", Boolean.toString(endpoint.startsWith("https:")));
        }
        String region = System.getenv("AWS_REGION");
        if (region != null) {
            settings.put("spark.hadoop.fs.s3a.endpoint.region", region);
        }
        settings.put("spark.hadoop.fs.s3.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem"); // Glue's scripts say s3://
        settings.put("spark.hadoop.fs.s3a.committer.name", "magic");
        settings.put(
                "spark.sql.sources.commitProtocolClass", "org.apache.spark.internal.io.cloud.PathOutputCommitProtocol");
        settings.put(
                "spark.sql.parquet.output.committer.class",
                "org.apache.spark.internal.io.cloud.BindingParquetOutputCommitter");
        String shipped = shipped(run);
        if (!shipped.isEmpty()) {
            settings.put("spark.jars", shipped);
        }
        settings.putAll(run.conf());
        return settings;
    }

    /// What executors elsewhere have to be sent: the job's jars, and the whole of the driver's class path but Spark.
    private static String shipped(RunLine run) throws IOException {
        List<String> jars = new ArrayList<>();
        run.jars().forEach(jar -> jars.add(jar.toUri().toString()));
        if (!run.master().startsWith(ON_THIS_MACHINE)) {
            for (String one : System.getProperty("java.class.path").split(File.pathSeparator)) {
                String name = Path.of(one).getFileName().toString();
                if (!name.startsWith("spark-") && !name.startsWith("scala-") && Files.isRegularFile(Path.of(one))) {
                    jars.add(Path.of(one).toUri().toString());
                }
            }
        }
        return String.join(",", jars);
    }

    /// @return the folder of the script's classes
    private static Path compiled(Path script, List<Path> jars) throws IOException {
        Path into = Files.createDirectories(script.toAbsolutePath().resolveSibling("classes"));
        StringBuilder path = new StringBuilder(System.getProperty("java.class.path"));
        jars.forEach(jar -> path.append(File.pathSeparatorChar).append(jar));
        boolean isCompiled = new MainClass()
                .process(new String[] {"-classpath", path.toString(), "-d", into.toString(), script.toString()});
        if (!isCompiled) {
            throw new IllegalArgumentException(
                    "the script does not compile; what the compiler said is in this run's log");
        }
        return into;
    }

    private static URL[] urls(List<Path> classes) throws MalformedURLException {
        URL[] urls = new URL[classes.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = classes.get(i).toUri().toURL();
        }
        return urls;
    }

    private static String report(@Nullable Throwable failure) {
        Map<String, Object> report = new HashMap<>();
        report.put("state", failure == null ? "SUCCEEDED" : "FAILED");
        if (failure != null) {
            report.put("error", failure.toString());
            report.put("stack", Arrays.toString(failure.getStackTrace()));
        }
        report.put("metrics", RunOfDriver.CURRENT.metrics());
        return Json.write(report);
    }

    /// It appears whole, or not at all.
    private static void write(Path report, String json) throws IOException {
        Path part = report.resolveSibling(report.getFileName() + ".part");
        Files.writeString(part, json);
        try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(part, report, StandardCopyOption.ATOMIC_MOVE);
    }
}
