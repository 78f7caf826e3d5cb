package dev.feedline.glue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;

/// How scripts run on Apache Spark: each run in a driver process of its own.
///
/// @param runtime where Spark and a Java for it are
/// @param s3 where scripts and jars are fetched from
/// @param environment variables of every driver, such as `AWS_ENDPOINT_URL` and the keys; besides a few
///     of the machine's own it has no others
/// @param builtIn the main classes that a script location `feedline:builtin/<name>` may name
/// @param spareKept how long a driver that was started ahead waits for a run; zero keeps none
/// @param stopGrace how long a driver may take to end when it is asked to, before it is killed
public record SparkSettings(
        Runtime runtime,
        S3Client s3,
        Supplier<Map<String, String>> environment,
        Map<String, String> builtIn,
        Duration spareKept,
        Duration stopGrace) {
    /// Packages of `java.base`.
    private static final List<String> OPENED = List.of(
            "java.lang",
            "java.lang.invoke",
            "java.lang.reflect",
            "java.io",
            "java.net",
            "java.nio",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "jdk.internal.ref",
            "sun.nio.ch",
            "sun.nio.cs",
            "sun.security.action",
            "sun.util.calendar");

    public SparkSettings {
        builtIn = Map.copyOf(builtIn);
    }

    /// A spare driver for ten minutes, and ten seconds to end in: Spark aborts what it was writing.
    public static SparkSettings of(
            Runtime runtime, S3Client s3, Supplier<Map<String, String>> environment, Map<String, String> builtIn) {
        return new SparkSettings(runtime, s3, environment, builtIn, Duration.ofMinutes(10), Duration.ofSeconds(10));
    }

    /// What Spark opens for itself on Java 17 and later: `org.apache.spark.launcher.JavaModuleOptions`.
    public static List<String> javaOptions() {
        return OPENED.stream()
                .map(opened -> "--add-opens=java.base/" + opened + "=ALL-UNNAMED")
                .toList();
    }

    /// Finds Spark, and fetches it when it is not there.
    @FunctionalInterface
    public interface Runtime {
        /// @param master the one that a run is for, such as `local[*]` or `yarn`
        /// @param telling told what takes time; may throw to give up
        /// @throws IOException saying what is missing and what to do
        Installed installed(String master, Consumer<String> telling) throws IOException;
    }

    /// Spark as it is on this machine.
    ///
    /// @param java the executable
    /// @param driver the main class of a driver process
    /// @param environment variables that a driver needs to find it
    public record Installed(Path java, List<Path> classPath, String driver, Map<String, String> environment) {
        public Installed {
            classPath = List.copyOf(classPath);
            environment = Map.copyOf(environment);
        }
    }
}
