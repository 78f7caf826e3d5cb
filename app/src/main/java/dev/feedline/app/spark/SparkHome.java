package dev.feedline.app.spark;

import dev.feedline.app.fetch.MavenRepository;
import dev.feedline.app.fetch.RemoteFile;
import dev.feedline.glue.SparkSettings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Where Spark is on this machine: a Java for it, Feedline's own part that runs in it, and the set of jars that is
/// fetched at its first use.
public final class SparkHome implements SparkSettings.Runtime {
    private static final String DRIVER = "dev.feedline.spark.Driver";
    private static final Path BUILT = Path.of("spark", "target", "lib");
    private static final String OUR_JAR = "feedline-spark-";
    /// Runs a command to its end, or ends it when standard input does: then its starter is gone, however that came, and
    /// the next one's build must not meet with this one.
    private static final String LEASHED = """
            exec 3<&0
            "$@" </dev/null 3<&- &
            build=$!
            (cat <&3 >/dev/null; kill $build 2>/dev/null) &
            leash=$!
            wait $build
            code=$?
            kill $leash 2>/dev/null
            exit $code""";

    private final Path home;
    private final Path cache;
    private final Map<String, String> environment;

    private SparkHome(Path home, Path cache, Map<String, String> environment) {
        this.home = home;
        this.cache = cache;
        this.environment = environment;
    }

    /// As `./feedline` says where it is.
    public static SparkHome standard() {
        return new SparkHome(
                Path.of(System.getProperty("feedline.home", "."))
                        .toAbsolutePath()
                        .normalize(),
                RemoteFile.cacheFolder().resolve("spark"),
                System.getenv());
    }

    /// The set, for this machine and for Spark's own clusters.
    public SparkSettings.Installed installed(Consumer<String> telling) throws IOException {
        return installed("local[*]", telling);
    }

    /// What a driver is started with; one caller at a time fetches what is missing.
    @Override
    public synchronized SparkSettings.Installed installed(String master, Consumer<String> telling) throws IOException {
        Path user = Path.of(System.getProperty("user.home"));
        Path own = Path.of(System.getProperty("java.home"));
        // First: no fetching for nothing.
        SparkJava java = SparkJava.find(environment, user, Path.of("/"), own);
        YarnGateway yarn = master.equals(YarnGateway.MASTER) ? YarnGateway.of(environment) : null;
        Path mavens = user.resolve(".m2").resolve("repository");
        List<Path> classPath = new ArrayList<>(ourJars(mavens, telling)); // before all: the codecs are pinned here
        SparkSet set = SparkSet.ours();
        Map<String, String> told = Map.of();
        if (yarn != null) {
            classPath.addAll(yarn.configuration());
            classPath.addAll(yarn.jars());
            set = yarn.missing(set);
            told = yarn.environment();
        } else if (master.startsWith(KubernetesReach.SCHEME)) {
            set = set.with(SparkSet.ofKubernetes());
            told = KubernetesReach.environment(environment);
        }
        classPath.addAll(set.in(cache, mavens, () -> MavenRepository.of(home), telling));
        return new SparkSettings.Installed(java.executable(), classPath, DRIVER, told);
    }

    /// Feedline's own part; a checkout builds it when it is not there.
    private List<Path> ourJars(Path mavens, Consumer<String> telling) throws IOException {
        Path built = home.resolve(BUILT);
        if (!isBuilt(built)) {
            build(mavens, telling);
        }
        try (Stream<Path> jars = Files.list(built)) {
            return jars.filter(jar -> jar.toString().endsWith(".jar"))
                    .sorted(java.util.Comparator.comparing(
                            jar -> !String.valueOf(jar.getFileName()).startsWith(OUR_JAR)))
                    .toList();
        }
    }

    private static boolean isBuilt(Path built) throws IOException {
        if (!Files.isDirectory(built)) {
            return false;
        }
        try (Stream<Path> jars = Files.list(built)) {
            return jars.anyMatch(jar -> String.valueOf(jar.getFileName()).startsWith(OUR_JAR));
        }
    }

    private void build(Path mavens, Consumer<String> telling) throws IOException {
        Path maven = home.resolve("mvnw");
        if (!Files.isExecutable(maven)) {
            throw new IOException("Feedline's part that runs in Spark is not in " + home.resolve(BUILT)
                    + "; start Feedline by its script ./feedline.");
        }
        SparkSet.Arrival arrival = SparkSet.ours().arrival(mavens, telling);
        telling.accept("Building Feedline's part that runs in Spark (once" + arrival.toCome() + ") …");
        Path log = home.resolve("feedline-spark-build.log");
        List<String> command = new ArrayList<>(List.of("sh", "-c", LEASHED, "build", maven.toString()));
        command.addAll(List.of("-B", "-q", "-Dquick", "-DskipTests", "package", "-pl", "spark", "-am"));
        Process build = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try (OutputStream _ = build.getOutputStream()) {
            while (!build.waitFor(1, TimeUnit.SECONDS)) {
                arrival.look();
            }
            if (build.exitValue() != 0) {
                throw new IOException("Feedline's part that runs in Spark could not be built; " + log + " says why.");
            }
            Files.deleteIfExists(log);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while building Feedline's part that runs in Spark");
        }
    }
}
