package dev.feedline.bench.conversion;

import java.nio.file.Path;
import java.util.List;

/// How a JVM is started for one engine and the other.
final class JavaProgram {
    /// The JVM that this measurement runs on.
    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private JavaProgram() {}

    /// The memory and the collector that `./feedline` takes.
    static List<String> options(Path java) {
        return List.of(java.toString(), "-Xmx512m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED");
    }
}
