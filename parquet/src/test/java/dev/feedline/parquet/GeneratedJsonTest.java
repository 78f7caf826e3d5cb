package dev.feedline.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.rows.BadRow;
import dev.feedline.rows.Column;
import dev.feedline.rows.Reading;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.TextEncoding;
import dev.feedline.rows.Type;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Generated JSON becomes a file that other readers read as [Oracle] reads the JSON, over combinations
/// of the axes below in which every three values of three axes meet.
class GeneratedJsonTest {
    private static final int ROWS = 160;
    private static final int INPUTS = 2;
    private static final RowLimits LIMITS = new RowLimits(1 << 20, 20, 100, 100);
    /// So much more than its bytes a row may have as it travels.
    private static final int MARK = 200;

    enum Of {
        BOOLEAN("boolean"),
        BIGINT("bigint"),
        DOUBLE("double"),
        DECIMAL_9_2("decimal(9,2)"),
        DECIMAL_18_5("decimal(18,5)"),
        DECIMAL_19_0("decimal(19,0)"),
        DECIMAL_38_37("decimal(38,37)"),
        STRING("string"),
        DATE("date"),
        TIMESTAMP("timestamp");

        final String type;

        Of(String type) {
            this.type = type;
        }
    }

    enum Nesting {
        FLAT("%s"),
        STRUCT("struct<v:%1$s,w:%1$s>"),
        LIST("array<%s>"),
        LISTS("array<array<%s>>"),
        STRUCTS_IN_A_LIST("array<struct<v:struct<`größe in Zoll`:%1$s,w:array<%1$s>>,x:string>>");

        final String type;

        Nesting(String type) {
            this.type = type;
        }
    }

    /// Where pages, row groups and dictionaries end.
    enum Boundary {
        ONE_PAGE(20, 1 << 20, ROWS),
        PAGES_OF_A_DICTIONARY(8, 100, ROWS),
        PAGES_OF_VALUES(1 << 30, 100, ROWS),
        A_DICTIONARY_THAT_FILLS(70, 400, ROWS),
        /// Blocks that hold the longest row and little more, each of which is a row group.
        ROW_GROUPS(20, 200, 1),
        /// The same blocks, of which several are a row group.
        PARTS(20, 200, ROWS / 3),
        PARTS_WHOSE_DICTIONARY_FILLS(70, 400, ROWS / 3);

        final int distinct;
        final int pageBytes;
        final int rowsOfGroup;

        Boundary(int distinct, int pageBytes, int rowsOfGroup) {
            this.distinct = distinct;
            this.pageBytes = pageBytes;
            this.rowsOfGroup = rowsOfGroup;
        }

        boolean hasSmallBlocks() {
            return rowsOfGroup < ROWS;
        }
    }

    enum Form {
        LINES,
        LINES_WITH_MARK_AND_RETURNS,
        ONE_BEHIND_ANOTHER,
        ARRAY;

        Reading reading() {
            return this == LINES || this == LINES_WITH_MARK_AND_RETURNS
                    ? Reading.JSON_LINES
                    : new Reading(Reading.Kind.JSON, TextEncoding.UTF_8, null);
        }

        byte[] input(List<String> rows) {
            String text = switch (this) {
                case LINES -> String.join("\n", rows) + "\n";
                case LINES_WITH_MARK_AND_RETURNS -> "\uFEFF" + String.join("\r\n \t\r\n", rows);
                case ONE_BEHIND_ANOTHER -> String.join("", rows);
                case ARRAY -> " [\n" + String.join("\n,", rows) + "\n]\n[]";
            };
            return text.getBytes(UTF_8);
        }
    }

    record Combination(
            Of of,
            JsonMaker.Nulls nulls,
            Nesting nesting,
            JsonMaker.KeyOrder order,
            JsonMaker.Escapes escapes,
            JsonMaker.Range range,
            Boundary boundary,
            Form form,
            Compression compression,
            NumberEncoding numbers) {
        Schema schema() {
            var type = Type.parse(nesting.type.formatted(of.type));
            return new Schema(List.of(
                    new Column("id", new Type.Int64()),
                    new Column("a name of more than sixteen bytes", type),
                    new Column("ä", new Type.Text()),
                    new Column("b", type)));
        }
    }

    private static DuckDb duckDb;

    @TempDir
    Path folder;

    @BeforeAll
    static void openDuckDb() throws SQLException {
        duckDb = new DuckDb();
    }

    @AfterAll
    static void closeDuckDb() throws SQLException {
        duckDb.close();
    }

    static Stream<Combination> combinations() {
        return Combinations.ofThree(
                        Of.values().length,
                        JsonMaker.Nulls.values().length,
                        Nesting.values().length,
                        JsonMaker.KeyOrder.values().length,
                        JsonMaker.Escapes.values().length,
                        JsonMaker.Range.values().length,
                        Boundary.values().length,
                        Form.values().length,
                        Compression.values().length,
                        NumberEncoding.values().length)
                .stream()
                .map(at -> new Combination(
                        Of.values()[at[0]],
                        JsonMaker.Nulls.values()[at[1]],
                        Nesting.values()[at[2]],
                        JsonMaker.KeyOrder.values()[at[3]],
                        JsonMaker.Escapes.values()[at[4]],
                        JsonMaker.Range.values()[at[5]],
                        Boundary.values()[at[6]],
                        Form.values()[at[7]],
                        Compression.values()[at[8]],
                        NumberEncoding.values()[at[9]]));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void everyReaderFindsWhatTheJsonSays(Combination combination) throws Exception {
        var made = made(folder, combination);
        assertThat(duckDb.rows(made.file, made.columns)).isEqualTo(made.expected);
        assertThat(ParquetJava.read(made.file, made.columns)).isEqualTo(made.expected);
    }

    /// A combination's file, and what it has to hold.
    record Made(Path file, Schema columns, List<Object> expected) {}

    static Made made(Path folder, Combination combination) throws IOException {
        var schema = combination.schema();
        var maker = new JsonMaker(
                combination.toString().hashCode(),
                combination.nulls,
                combination.order,
                combination.escapes,
                combination.range,
                combination.boundary.distinct);
        var inputs = new ArrayList<byte[]>();
        var expected = new ArrayList<>();
        var oracle = new Oracle(schema, SchemaPolicy.DEFAULT, LIMITS);
        int longest = 0;
        for (int input = 0; input < INPUTS; input++) {
            var rows = Stream.generate(() -> maker.row(schema))
                    .limit(ROWS / INPUTS)
                    .toList();
            inputs.add(combination.form.input(rows));
            for (var row : rows) {
                var read = oracle.row(row.getBytes(UTF_8));
                assertThat(read.isGood()).as("%s of %s", read.faults(), row).isTrue();
                expected.add(read.values());
                longest = Math.max(longest, row.getBytes(UTF_8).length);
            }
        }
        var limits = combination.boundary.hasSmallBlocks()
                ? new RowLimits(longest + MARK, LIMITS.maxDepth(), LIMITS.maxColumns(), LIMITS.maxRawBytes())
                : LIMITS;
        var bytes = converted(combination, limits, inputs, 1);
        assertThat(converted(combination, limits, inputs, 3)).isEqualTo(bytes);
        var file = Files.write(Files.createTempFile(folder, "generated", ".parquet"), bytes);
        return new Made(file, settings(combination, limits, 1).columns(), expected);
    }

    private static byte[] converted(Combination combination, RowLimits limits, List<byte[]> inputs, int threads)
            throws IOException {
        var out = new ByteArrayOutputStream();
        var watch = new NoBadRows();
        try (var conversion = new JsonToParquet(out, settings(combination, limits, threads), watch)) {
            for (var input : inputs) {
                conversion.add(new ByteArrayInputStream(input), combination.form.reading());
            }
        }
        assertThat(watch.rows).isEqualTo(ROWS);
        return out.toByteArray();
    }

    private static ConversionSettings settings(Combination combination, RowLimits limits, int threads) {
        var options = ParquetOptions.DEFAULT
                .compression(combination.compression)
                .pageBytes(combination.boundary.pageBytes)
                .numbers(combination.numbers);
        return new ConversionSettings(
                combination.schema(),
                SchemaPolicy.DEFAULT,
                limits,
                options,
                limits.maxRowBytes() + 1,
                combination.boundary.rowsOfGroup,
                threads);
    }

    private static final class NoBadRows implements JsonToParquet.Watch {
        private long rows;

        @Override
        public void bad(int input, BadRow row) {
            throw new AssertionError(row.code() + " " + row.detail() + ": " + new String(row.raw(), UTF_8));
        }

        @Override
        public void written(long more, long bytes) {
            rows += more;
        }
    }
}
