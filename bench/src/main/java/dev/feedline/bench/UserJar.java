package dev.feedline.bench;

import dev.feedline.app.spark.SparkHome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/// A program of `bench/peers` as the jar that a user would bring to Glue: compiled for Java 17, against the Spark that
/// it runs on.
final class UserJar {
    private UserJar() {}

    static Path of(String program, Path folder) throws IOException {
        Path home = Path.of(System.getProperty("feedline.home", "."));
        String source = home.resolve("bench/peers").resolve(program + ".java").toString();
        Path classes = Files.createDirectory(folder.resolve(program));
        String classPath = SparkHome.standard().installed(said -> {}).classPath().stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
        int status = javac.run(
                System.out,
                System.err,
                "-proc:none",
                "--release",
                "17",
                "-cp",
                classPath,
                "-d",
                classes.toString(),
                source);
        if (status != 0) {
            throw new IOException(source + " does not compile");
        }
        Path jar = folder.resolve(program + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                var all = Files.walk(classes)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar;
    }
}
