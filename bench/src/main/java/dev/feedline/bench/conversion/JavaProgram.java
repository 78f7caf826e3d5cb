package dev.feedline.bench.conversion;

import java.nio.file.Path;

/// The JVM that this measurement runs on, for others to run on too.
final class JavaProgram {
    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private JavaProgram() {}
}
