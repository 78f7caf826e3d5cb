package dev.feedline.app.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What is fetched at run time is what the room `spark` was compiled with; `-Dfeedline.write` writes the list anew
/// after a change of `spark/pom.xml`.
@Tag("proof")
class SparkSetProofTest {
    private static final Path RESOLVED = Path.of("..", "spark", "target", "set.list");
    private static final Path LIST = Path.of("src", "main", "resources", "dev", "feedline", "app", "spark", "set.list");
    private static final String HEAD =
            "# Apache Spark and what it needs, as Maven resolves spark/pom.xml; written by SparkSetProofTest.\n";

    @Test
    void theListIsWhatMavenResolves() throws Exception {
        StringBuilder text = new StringBuilder(HEAD);
        for (String line : Files.readAllLines(RESOLVED).stream()
                .map(String::strip)
                .filter(line -> line.contains(":provided:"))
                .sorted()
                .toList()) {
            text.append(jar(line.split(" ")[0])).append('\n');
        }
        if (System.getProperty("feedline.write") != null) {
            Files.createDirectories(LIST.getParent());
            Files.writeString(LIST, text);
        }
        assertThat(Files.readString(LIST))
                .as("-Dfeedline.write brings it up to date")
                .isEqualTo(text.toString());
    }

    /// `group:artifact:jar[:classifier]:version:provided:path`
    private static SparkSet.Jar jar(String resolved) throws Exception {
        List<String> parts = List.of(resolved.split(":"));
        assertThat(parts.get(2)).isEqualTo("jar");
        int version = parts.indexOf("provided") - 1;
        String classifier = version == 4 ? ":" + parts.get(3) : "";
        Path file = Path.of(parts.get(version + 2));
        SparkSet.Jar jar = new SparkSet.Jar(
                parts.get(0) + ":" + parts.get(1) + ":" + parts.get(version) + classifier,
                Files.size(file),
                sha256(file));
        assertThat(file.toString()).endsWith(jar.path());
        return jar;
    }

    private static String sha256(Path file) throws IOException, java.security.NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
