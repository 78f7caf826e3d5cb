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

/// What is fetched at run time is what the room `spark` was compiled with; `-Dfeedline.write` writes the lists anew
/// after a change of `spark/pom.xml`.
@Tag("proof")
class SparkSetProofTest {
    /// In Maven's words, of a jar that only optional ones bring.
    private static final String OPTIONAL = "(optional)";

    private static final Path RESOLVED = Path.of("..", "spark", "target", "set.list");
    private static final Path LISTS = Path.of("src", "main", "resources", "dev", "feedline", "app", "spark");

    @Test
    void theListsAreWhatMavenResolves() throws Exception {
        List<String> all = Files.readAllLines(RESOLVED).stream()
                .map(String::strip)
                .filter(line -> line.contains(":provided:"))
                .sorted()
                .toList();
        check(
                "set.list",
                "# Apache Spark and what it needs, as Maven resolves spark/pom.xml; written by SparkSetProofTest.\n",
                all.stream().filter(line -> !line.contains(OPTIONAL)).toList());
        check(
                "kubernetes.list",
                "# What Spark needs besides for a master k8s://, optional in spark/pom.xml; written by SparkSetProofTest.\n",
                all.stream().filter(line -> line.contains(OPTIONAL)).toList());
    }

    private static void check(String name, String head, List<String> resolved) throws Exception {
        Path list = LISTS.resolve(name);
        StringBuilder text = new StringBuilder(head);
        for (String line : resolved) {
            text.append(jar(line.split(" ")[0])).append('\n');
        }
        if (System.getProperty("feedline.write") != null) {
            Files.createDirectories(LISTS);
            Files.writeString(list, text);
        }
        assertThat(Files.readString(list))
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
