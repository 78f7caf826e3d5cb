package dev.feedline.bench.conversion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A peer's jars, and the classes of its program: its class path, which is nobody else's.
///
/// @param jars of the folder
record PeerFolder(Path folder, List<Path> jars) {
    private static final String STAMP = "resolved";

    /// Resolves the jars of a profile of `bench/peers/pom.xml` by Maven, unless that was done
    /// before.
    static PeerFolder of(Path home, String profile) throws IOException, InterruptedException {
        Path folder = home.resolve("bench/target/peers").resolve(profile);
        Path pom = home.resolve("bench/peers/pom.xml");
        Path stamp = folder.resolve(STAMP);
        if (!Files.exists(stamp) || isNewer(pom, stamp)) {
            System.out.println("… fetching " + profile);
            Files.createDirectories(folder);
            for (Path old : jarsIn(folder)) {
                Files.delete(old);
            }
            run(List.of(
                    home.resolve("mvnw").toString(),
                    "-B",
                    "-q",
                    "-f",
                    pom.toString(),
                    "-P",
                    profile,
                    "dependency:copy-dependencies",
                    "-DincludeScope=runtime",
                    "-DoutputDirectory=" + folder));
            Files.writeString(stamp, "");
        }
        return new PeerFolder(folder, jarsIn(folder));
    }

    /// Compiles a program of `bench/peers` against the jars, for Java 17, unless that was done
    /// before.
    PeerFolder with(Path home, String program) throws IOException, InterruptedException {
        Path source = home.resolve("bench/peers").resolve(program + ".java");
        Path turns = home.resolve("bench/src/main/java/dev/feedline/bench/engine/Turns.java");
        Path compiled = classes().resolve("dev/feedline/bench/engine").resolve(program + ".class");
        if (!Files.exists(compiled) || isNewer(source, compiled) || isNewer(turns, compiled)) {
            run(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                    "-proc:none",
                    "--release",
                    "17",
                    "-cp",
                    folder + "/*",
                    "-d",
                    Files.createDirectories(classes()).toString(),
                    source.toString(),
                    turns.toString()));
        }
        return this;
    }

    String classPath() {
        return classes() + ":" + folder + "/*";
    }

    /// The version of a library, from the name of its jar.
    String version(String library) {
        String file = jar(library).getFileName().toString();
        return file.substring(library.length() + 1, file.length() - ".jar".length());
    }

    Path jar(String library) {
        return jars.stream()
                .filter(jar -> jar.getFileName().toString().matches(java.util.regex.Pattern.quote(library) + "-\\d.*"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + library + " in " + folder));
    }

    static List<Path> jarsIn(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private Path classes() {
        return folder.resolve("classes");
    }

    private static boolean isNewer(Path source, Path made) throws IOException {
        return Files.getLastModifiedTime(source).compareTo(Files.getLastModifiedTime(made)) > 0;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> said = new ArrayList<>();
        try (var lines = process.inputReader()) {
            said.addAll(lines.lines().toList());
        }
        if (process.waitFor() != 0) {
            throw new IOException(
                    command.stream().collect(Collectors.joining(" ")) + " failed:\n" + String.join("\n", said));
        }
    }
}
