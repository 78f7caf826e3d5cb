package dev.feedline.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.rows.Schema;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Spark, in a Java 17 process of its own, reads what parquet-java reads, row by row: generated files of
/// every type and nesting, and the public data. What parquet-java reads is held to [Oracle] by
/// [GeneratedJsonTest] and [PublicDataProofTest].
///
/// Spark comes from Maven Central when the test runs (300 MB); `src/test/spark/pom.xml` says which.
@Tag("proof")
class SparkProofTest {
    private static final int EVERY = 4;
    private static final int LONGEST_MINUTES = 15;
    private static final String[] OPENED = {
        "java.base/java.lang",
        "java.base/java.lang.invoke",
        "java.base/java.lang.reflect",
        "java.base/java.io",
        "java.base/java.net",
        "java.base/java.nio",
        "java.base/java.util",
        "java.base/java.util.concurrent",
        "java.base/java.util.concurrent.atomic",
        "java.base/sun.nio.ch",
        "java.base/sun.nio.cs",
        "java.base/sun.security.action",
        "java.base/sun.util.calendar"
    };
    private static final String PROGRAM = """
            import java.io.*;
            import java.math.BigDecimal;
            import java.nio.charset.StandardCharsets;
            import java.nio.file.*;
            import java.time.*;
            import java.util.*;
            import org.apache.spark.sql.*;

            /** Writes the rows of each FILE to FILE.spark, one a line. */
            public class SparkRead {
                public static void main(String[] files) throws Exception {
                    SparkSession spark = SparkSession.builder()
                            .master("local[1]")
                            .config("spark.ui.enabled", "false")
                            .config("spark.sql.caseSensitive", "true")
                            .config("spark.sql.datetime.java8API.enabled", "true")
                            .config("spark.sql.session.timeZone", "UTC")
                            .config("spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED")
                            .getOrCreate();
                    for (String file : files) {
                        Iterator<Row> rows = spark.read().parquet(file).toLocalIterator();
                        try (Writer out = Files.newBufferedWriter(Path.of(file + ".spark"), StandardCharsets.UTF_8)) {
                            while (rows.hasNext()) {
                                StringBuilder line = new StringBuilder();
                                write(rows.next(), line);
                                out.append(line).append('\\n');
                            }
                        }
                    }
                    spark.stop();
                }

                private static void write(Object value, StringBuilder out) {
                    if (value == null) {
                        out.append('-');
                    } else if (value instanceof Row) {
                        out.append('{');
                        for (int i = 0; i < ((Row) value).size(); i++) {
                            write(((Row) value).get(i), out);
                            out.append(';');
                        }
                        out.append('}');
                    } else if (value instanceof scala.collection.Seq) {
                        out.append('[');
                        scala.collection.Iterator<?> elements = ((scala.collection.Seq<?>) value).iterator();
                        while (elements.hasNext()) {
                            write(elements.next(), out);
                            out.append(';');
                        }
                        out.append(']');
                    } else if (value instanceof Double) {
                        text("double " + Long.toHexString(Double.doubleToRawLongBits((Double) value)), out);
                    } else if (value instanceof String) {
                        text((String) value, out);
                    } else if (value instanceof BigDecimal) {
                        out.append(((BigDecimal) value).toPlainString());
                    } else {
                        out.append(value);
                    }
                }

                private static void text(String text, StringBuilder out) {
                    out.append('"');
                    for (char c : text.toCharArray()) {
                        out.append(c >= ' ' && c < 0x7f && c != '"' && c != '!' ? "" + c : "!" + Integer.toHexString(c) + "!");
                    }
                    out.append('"');
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void itReadsWhatParquetJavaReads() throws Exception {
        Map<Path, Schema> files = new LinkedHashMap<>();
        var combinations = GeneratedJsonTest.combinations().toList();
        for (int i = 0; i < combinations.size(); i += EVERY) {
            var made = GeneratedJsonTest.made(folder, combinations.get(i));
            files.put(made.file(), made.columns());
        }
        for (var data : PublicDataProofTest.DataSet.values()) {
            var made = PublicDataProofTest.made(folder, data);
            files.put(made.converted().file(), made.columns());
        }
        long started = System.nanoTime();
        readWithSpark(files.keySet());
        long rows = 0;
        for (var file : files.keySet()) {
            var expected = ParquetJava.read(file, files.get(file)).stream()
                    .map(SparkProofTest::line)
                    .toList();
            assertThat(Files.readAllLines(Path.of(file + ".spark")))
                    .as(file.toString())
                    .isEqualTo(expected);
            rows += expected.size();
        }
        System.out.printf(
                "Spark read %,d rows of %d files as parquet-java does, in %d s%n",
                rows, files.size(), TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started));
    }

    private void readWithSpark(Iterable<Path> files) throws Exception {
        String spark = classPath();
        var source = Files.writeString(folder.resolve("SparkRead.java"), PROGRAM);
        var said = new StringWriter();
        int compiled = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        new PrintWriter(said),
                        new PrintWriter(said),
                        "--release",
                        "17",
                        "-proc:none",
                        "-nowarn",
                        "-cp",
                        spark,
                        "-d",
                        folder.toString(),
                        source.toString());
        assertThat(compiled).as(said.toString()).isZero();
        var words = new ArrayList<>(List.of(Java17.java().toString(), "-Xmx1g"));
        words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")); // a short life
        Stream.of(OPENED).forEach(opened -> words.add("--add-opens=" + opened + "=ALL-UNNAMED"));
        words.addAll(List.of("-cp", folder + File.pathSeparator + spark, "SparkRead"));
        files.forEach(file -> words.add(file.toString()));
        run(words);
    }

    private String classPath() throws Exception {
        var text = folder.resolve("class-path");
        run(List.of(
                Path.of("..", "mvnw").toString(),
                "-B",
                "-q",
                "-f",
                Path.of("src", "test", "spark", "pom.xml").toString(),
                "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath",
                "-Dmdep.outputFile=" + text));
        return Files.readString(text);
    }

    private void run(List<String> words) throws IOException, InterruptedException {
        var log = folder.resolve("log").toFile();
        var process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        boolean ended = process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).isTrue();
        assertThat(process.exitValue())
                .as(() -> {
                    try {
                        return Files.readString(log.toPath(), UTF_8);
                    } catch (IOException e) {
                        return e.toString();
                    }
                })
                .isZero();
    }

    private static String line(Object row) {
        var out = new StringBuilder();
        write(row, out);
        return out.toString();
    }

    private static void write(Object seen, StringBuilder out) {
        switch (seen) {
            case null -> out.append('-');
            case Seen.Fields fields -> {
                out.append('{');
                fields.values().forEach(value -> {
                    write(value, out);
                    out.append(';');
                });
                out.append('}');
            }
            case List<?> list -> {
                out.append('[');
                list.forEach(value -> {
                    write(value, out);
                    out.append(';');
                });
                out.append(']');
            }
            case String text -> text(text, out);
            case BigDecimal number -> out.append(number.toPlainString());
            case Long _, Boolean _, LocalDate _, Instant _ -> out.append(seen);
            default -> throw new IllegalArgumentException(seen.getClass().toString());
        }
    }

    private static void text(String text, StringBuilder out) {
        out.append('"');
        for (char c : text.toCharArray()) {
            boolean plain = c >= ' ' && c < 0x7f && c != '"' && c != '!';
            out.append(plain ? String.valueOf(c) : "!" + Integer.toHexString(c) + "!");
        }
        out.append('"');
    }
}
