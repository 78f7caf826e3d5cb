package dev.feedline.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What ran: Feedline's commit, the JDK, and the libraries that the figures depend on, from the
/// names of their jars.
final class Versions {
    private static final List<String> LIBRARIES =
            List.of("duckdb_jdbc", "sqlite-jdbc", "jetty-server", "sdk-core", "picocli", "zstd-jni", "snappy-java");
    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[^/]*)\\.jar");

    private Versions() {}

    static Map<String, String> of(Path home) throws IOException {
        Map<String, String> versions = new TreeMap<>();
        versions.put("jdk", System.getProperty("java.vm.name") + " " + Runtime.version());
        try (var jars = Files.list(home.resolve("app/target/lib"))) {
            for (Path jar : jars.toList()) {
                Matcher name = JAR.matcher(jar.getFileName().toString());
                if (name.matches() && LIBRARIES.contains(name.group(1))) {
                    versions.put(name.group(1), name.group(2));
                }
            }
        }
        return versions;
    }

    /// The commit, with a `+` when the work tree has changes.
    static String commit(Path home) throws IOException, InterruptedException {
        String commit = git(home, "rev-parse", "--short=12", "HEAD");
        return commit.isEmpty()
                ? "unknown"
                : commit + (git(home, "status", "--porcelain", "-uno").isEmpty() ? "" : "+");
    }

    private static String git(Path home, String... arguments) throws IOException, InterruptedException {
        try {
            List<String> command = new java.util.ArrayList<>(List.of("git", "-C", home.toString()));
            command.addAll(List.of(arguments));
            Process git = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return git.waitFor() == 0 ? said.strip() : "";
        } catch (IOException e) {
            return ""; // no git here: a distribution
        }
    }
}
