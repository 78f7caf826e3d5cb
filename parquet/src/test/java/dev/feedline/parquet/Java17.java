package dev.feedline.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A Java 17, for what has to run there; in CI there has to be one.
final class Java17 {
    private static final Path HOMES = Path.of("/usr/lib/jvm"); // where Debian and others put them

    private Java17() {}

    static Path java() throws IOException {
        try (Stream<Path> all = Files.isDirectory(HOMES) ? Files.list(HOMES) : Stream.empty()) {
            var found = all.filter(home -> home.getFileName().toString().matches(".*\\b17\\b.*"))
                    .map(home -> home.resolve("bin/java"))
                    .filter(Files::isExecutable)
                    .findFirst();
            if (found.isEmpty()) {
                assertThat(System.getenv("CI"))
                        .as("Java 17 has to be installed")
                        .isNotEqualTo("true");
                Assumptions.abort("there is no Java 17");
            }
            return found.orElseThrow();
        }
    }
}
