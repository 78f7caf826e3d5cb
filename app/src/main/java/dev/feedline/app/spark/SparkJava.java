package dev.feedline.app.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The Java that Spark's drivers run on, found on this machine: 17, which AWS Glue 6.0 has, or 21, or else 25.
record SparkJava(Path executable, int version) {
    static final String VARIABLE = "FEEDLINE_SPARK_JAVA";
    /// The best first: the one that Glue has, the other that Spark 4.1 is tested on
    /// (https://spark.apache.org/docs/4.1.1/), and the one that Feedline has been seen to run it
    /// on (decision 0011).
    private static final List<Integer> SUPPORTED = List.of(17, 21, 25);

    private static final String NAMES = "17, 21 or 25";

    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)");

    /// @param environment where `FEEDLINE_SPARK_JAVA`, `JAVA_HOME` and `PATH` are looked up
    /// @param root the folder that the usual places are looked up in, `/` but for tests
    /// @param own the Java that Feedline itself runs on
    static SparkJava find(Map<String, String> environment, Path home, Path root, Path own) throws IOException {
        String named = environment.getOrDefault(VARIABLE, "");
        if (!named.isBlank()) {
            return ofNamed(Path.of(named));
        }
        List<SparkJava> found = new ArrayList<>();
        List<Path> folders = candidates(environment, home, root);
        folders.add(own);
        for (Path folder : folders) {
            at(folder).filter(java -> SUPPORTED.contains(java.version())).ifPresent(found::add);
        }
        return found.stream()
                .min(java.util.Comparator.comparingInt(java -> SUPPORTED.indexOf(java.version())))
                .orElseThrow(() -> new IOException("Spark needs Java " + NAMES + " and none was found (looked in"
                        + " JAVA_HOME, PATH and the usual folders). Install one, for example openjdk-17-jre-headless or Temurin"
                        + " 17, or name its folder: " + VARIABLE + "=/path/to/java-17."));
    }

    private static SparkJava ofNamed(Path folder) throws IOException {
        Path home = Files.isRegularFile(folder) ? homeOf(folder) : folder;
        SparkJava java = at(home).orElseThrow(() -> new IOException(VARIABLE + "=" + folder
                + " names no Java: there is no bin/java with a file 'release' beside bin that says its version."));
        if (!SUPPORTED.contains(java.version())) {
            throw new IOException(
                    VARIABLE + "=" + folder + " is Java " + java.version() + "; Spark needs " + NAMES + ".");
        }
        return java;
    }

    private static List<Path> candidates(Map<String, String> environment, Path home, Path root) throws IOException {
        List<Path> folders = new ArrayList<>();
        String javaHome = environment.getOrDefault("JAVA_HOME", "");
        if (!javaHome.isBlank()) {
            folders.add(Path.of(javaHome));
        }
        for (String part : environment.getOrDefault("PATH", "").split(java.io.File.pathSeparator)) {
            Path java = Path.of(part, "java");
            if (!part.isBlank() && Files.isExecutable(java)) {
                folders.add(homeOf(java));
            }
        }
        folders.addAll(below(root.resolve("usr/lib/jvm"), ""));
        folders.addAll(below(home.resolve(".sdkman/candidates/java"), ""));
        folders.addAll(below(home.resolve(".jdks"), ""));
        folders.addAll(below(root.resolve("opt/java"), ""));
        folders.addAll(below(root.resolve("opt"), "jdk"));
        for (Path mac : below(root.resolve("Library/Java/JavaVirtualMachines"), "")) {
            folders.add(mac.resolve("Contents/Home"));
        }
        return folders;
    }

    /// `java` on the path is often a link into the Java that it belongs to.
    private static Path homeOf(Path java) throws IOException {
        Path bin = java.toRealPath().getParent();
        return bin == null || bin.getParent() == null ? java : bin.getParent();
    }

    private static List<Path> below(Path folder, String prefix) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> String.valueOf(path.getFileName()).startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    private static Optional<SparkJava> at(Path folder) throws IOException {
        Path java = folder.resolve("bin").resolve("java");
        Path release = folder.resolve("release");
        if (!Files.isExecutable(java) || !Files.isReadable(release)) {
            return Optional.empty();
        }
        OptionalInt version = version(Files.readString(release));
        return version.isEmpty() ? Optional.empty() : Optional.of(new SparkJava(java, version.getAsInt()));
    }

    private static OptionalInt version(String release) {
        Matcher line = VERSION.matcher(release);
        return line.find() ? OptionalInt.of(Integer.parseInt(line.group(1))) : OptionalInt.empty();
    }
}
