package dev.feedline.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.feedline.rows.Column;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaJson;
import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.Type;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xerial.snappy.Snappy;

/// `rows` and `parquet` are a library of their own: bytecode of Java 17, and nothing but the two codecs beside it.
class StandsAloneTest {
    private static final int JAVA_17 = 61;
    private static final int ROWS = 3_000;
    private static final List<Path> LIBRARY = List.of(place(Type.class), place(JsonToParquet.class));
    private static final List<Path> CODECS = List.of(place(Snappy.class), place(Zstd.class));
    private static final Schema SCHEMA = new Schema(List.of(
            new Column("id", new Type.Int64()),
            new Column("price", new Type.Decimal(38, 4)),
            new Column("s", Type.parse("struct<t:string,l:array<timestamp>>"))));
    private static final String PROGRAM = """
            import dev.feedline.parquet.*;
            import dev.feedline.rows.*;
            import java.io.*;
            import java.nio.file.*;

            public class Alone {
                public static void main(String[] args) throws Exception {
                    if (!System.getProperty("java.specification.version").equals("17")) {
                        throw new IllegalStateException("this is Java " + System.getProperty("java.version"));
                    }
                    Schema schema = SchemaJson.read(args[0]);
                    ConversionSettings settings = new ConversionSettings(
                            schema,
                            SchemaPolicy.DEFAULT,
                            RowLimits.DEFAULT,
                            ParquetOptions.DEFAULT.compression(Compression.named(args[1])),
                            1 << 20,
                            2);
                    try (InputStream in = Files.newInputStream(Path.of(args[2]));
                            OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(args[3])));
                            JsonToParquet conversion = new JsonToParquet(out, settings, new JsonToParquet.Watch() {
                                @Override
                                public void bad(int input, BadRow row) {
                                    throw new IllegalStateException(row.detail());
                                }

                                @Override
                                public void written(long rows, long bytes) {
                                    System.out.println(rows);
                                }
                            })) {
                        conversion.add(in, Reading.JSON_LINES);
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void itsClassFilesAreOfJava17() throws IOException {
        int seen = 0;
        for (var module : ModuleFinder.of(LIBRARY.toArray(Path[]::new)).findAll()) {
            try (var reader = module.open();
                    Stream<String> files = reader.list()) {
                for (var file : files.filter(name -> name.endsWith(".class")).toList()) {
                    byte[] head = reader.open(file).orElseThrow().readNBytes(8);
                    assertThat((head[6] & 0xff) << 8 | head[7] & 0xff).as(file).isEqualTo(JAVA_17);
                    seen++;
                }
            }
        }
        assertThat(seen).isGreaterThan(100);
    }

    /// The compiler holds the code to these; what is static there (annotations) is not needed to run it.
    @Test
    void itNeedsJavaAndTheCodecsAlone() {
        assertThat(ModuleFinder.of(LIBRARY.toArray(Path[]::new)).findAll())
                .hasSize(2)
                .flatExtracting(module -> module.descriptor().requires())
                .filteredOn(needed -> !needed.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                .extracting(ModuleDescriptor.Requires::name)
                .containsOnly("java.base", "dev.feedline.rows", "org.xerial.snappy", "com.github.luben.zstd_jni");
    }

    @Test
    @Tag("proof")
    void itConvertsAFileOnJava17WithNothingElseOnTheClassPath() throws Exception {
        var maker = new JsonMaker(
                17,
                JsonMaker.Nulls.SOMETIMES,
                JsonMaker.KeyOrder.ANY,
                JsonMaker.Escapes.SOME,
                JsonMaker.Range.EXTREME,
                1 << 30);
        var oracle = new Oracle(SCHEMA, SchemaPolicy.DEFAULT, RowLimits.DEFAULT);
        var rows = Stream.generate(() -> maker.row(SCHEMA)).limit(ROWS).toList();
        var in = Files.write(folder.resolve("in.jsonl"), rows);
        var expected = rows.stream()
                .map(row -> oracle.row(row.getBytes(UTF_8)).values())
                .toList();
        Path java = Java17.java();
        Path classes = compiled();
        for (var codec : List.of("snappy", "zstd")) {
            var out = folder.resolve(codec + ".parquet");
            var alone = new ProcessBuilder(
                            java.toString(),
                            "-cp",
                            classes + File.pathSeparator + path(LIBRARY) + path(CODECS),
                            "Alone",
                            SchemaJson.write(SCHEMA),
                            codec,
                            in.toString(),
                            out.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(alone.getInputStream().readAllBytes(), UTF_8);
            assertThat(alone.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(alone.exitValue()).as(said).isZero();
            var columns = new ArrayList<>(SCHEMA.columns());
            columns.add(new Column(ConversionSettings.RESCUED, new Type.Text()));
            assertThat(ParquetJava.read(out, new Schema(columns))).isEqualTo(expected);
        }
    }

    private Path compiled() throws IOException {
        var source = Files.writeString(folder.resolve("Alone.java"), PROGRAM);
        var text = new StringWriter();
        int code = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        new PrintWriter(text),
                        new PrintWriter(text),
                        "--release",
                        "17",
                        "-proc:none",
                        "-cp",
                        path(LIBRARY),
                        "-d",
                        folder.toString(),
                        source.toString());
        assertThat(code).as(text.toString()).isZero();
        return folder;
    }

    private static String path(List<Path> places) {
        var path = new StringBuilder();
        places.forEach(place -> path.append(place).append(File.pathSeparator));
        return path.toString();
    }

    private static Path place(Class<?> of) {
        return Path.of(of.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
}
