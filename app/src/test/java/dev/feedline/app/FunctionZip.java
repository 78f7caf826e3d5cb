package dev.feedline.app;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// The pipeline's functions as an ordinary deployment package: the jars of `feeds` and what it needs, under `lib/`.
final class FunctionZip {
    /// What belongs to the services and the program around them, or to tests, and so never goes to AWS.
    private static final List<String> LEFT_OUT = List.of(
            "feedline-app",
            "feedline-s3",
            "feedline-sqs",
            "feedline-kinesis",
            "feedline-firehose",
            "feedline-lambda",
            "feedline-glue",
            "feedline-snowflake",
            "feedline-gateway",
            "feedline-wire",
            "feedline-iam",
            "feedline-kernel",
            "feedline-testkit",
            "duckdb",
            "sqlite",
            "jetty",
            "junit",
            "assertj",
            "archunit",
            "picocli",
            "surefire",
            "aws-lambda-java-runtime-interface-client",
            "opentest4j",
            "byte-buddy",
            "apiguardian");

    private FunctionZip() {}

    static byte[] make() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                Path path = Path.of(entry).toAbsolutePath();
                String name = Files.isDirectory(path)
                        ? folderName(path)
                        : path.getFileName().toString();
                if (Files.exists(path) && LEFT_OUT.stream().noneMatch(name::startsWith)) {
                    zip.putNextEntry(new ZipEntry("lib/" + (Files.isDirectory(path) ? name + ".jar" : name)));
                    zip.write(Files.isDirectory(path) ? jar(path) : Files.readAllBytes(path));
                    zip.closeEntry();
                }
            }
        }
        return bytes.toByteArray();
    }

    /// `…/feeds/target/classes` is the room `feeds`; test classes are left out.
    private static String folderName(Path classes) {
        boolean main = classes.endsWith("classes");
        return main ? "feedline-" + classes.getParent().getParent().getFileName() : "feedline-testkit";
    }

    private static byte[] jar(Path folder) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream jar = new ZipOutputStream(bytes);
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                jar.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
                jar.write(Files.readAllBytes(file));
                jar.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
