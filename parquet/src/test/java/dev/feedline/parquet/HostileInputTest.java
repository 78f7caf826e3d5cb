package dev.feedline.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.rows.BadRowCode;
import dev.feedline.rows.Column;
import dev.feedline.rows.Inference;
import dev.feedline.rows.Reading;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.Type;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Rows of hostile size and shape have a clear verdict, in time that grows with their length alone.
@Timeout(60)
class HostileInputTest {
    private static final RowLimits LIMITS = RowLimits.DEFAULT;
    private static final Schema SCHEMA =
            Written.schema("n", "bigint", "d", "decimal(38,10)", "x", "double", "t", "string", "l", "array<bigint>");

    @TempDir
    Path folder;

    @Test
    void depthIsABadRowAndNoStackIsSpentOnIt() throws IOException {
        int depth = 100_000;
        String lists = "{\"t\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
        String objects = "{\"new\":" + "{\"a\":".repeat(depth) + "1" + "}".repeat(depth) + "}";
        for (String text : List.of(lists, objects, lists.substring(0, depth))) {
            byte[] line = (text + "\n{\"n\":7}\n").getBytes(UTF_8);
            var converted = convert(SCHEMA, Reading.JSON_LINES, line);
            assertThat(converted.codes()).containsExactly(BadRowCode.JSON_TOO_DEEP);
            assertThat(ParquetJava.read(converted.file(), SCHEMA)).hasSize(1);
        }
        var deepest = convert(SCHEMA, Converted.JSON, ("[" + lists + ",{\"n\":7}]").getBytes(UTF_8));
        assertThat(deepest.codes()).containsExactly(BadRowCode.UNPARSED_TAIL);
    }

    @Test
    void aRowMayBeAsLongAsTheLimitAndNotOneByteLonger() throws IOException {
        int most = LIMITS.maxSourceBytes();
        String longest = "{\"t\":\"" + "x".repeat(most - 8) + "\"}";
        String longer = "{\"t\":\"" + "x".repeat(most - 7) + "\"}";
        assertThat(longest).hasSize(most);
        for (var reading : List.of(Reading.JSON_LINES, Converted.JSON)) {
            byte[] input = (longest + "\n" + longer + "\n" + longest).getBytes(UTF_8);
            var converted = convert(SCHEMA, reading, input);
            assertThat(converted.codes()).containsExactly(BadRowCode.ROW_TOO_LONG);
            assertThat(converted.bad().getFirst().line()).isEqualTo(2);
            assertThat(converted.bad().getFirst().raw()).hasSize(LIMITS.maxRawBytes());
            assertThat(ParquetJava.read(converted.file(), SCHEMA)).hasSize(2);
        }
    }

    @Test
    void numbersOfAnyLengthAndExponentAreJudgedExactly() throws Exception {
        var numbers = List.of(
                "9".repeat(4_000),
                "0." + "0".repeat(4_000) + "1",
                "1." + "0".repeat(4_000),
                "0." + "3".repeat(4_000),
                "1e99999999999999999999",
                "1e-99999999999999999999",
                "-0e99999999999999999999",
                "1" + "0".repeat(4_000) + "e-4000",
                "0." + "0".repeat(4_000) + "1e4001");
        var rows = new ArrayList<String>();
        for (var number : numbers) {
            for (var column : List.of("n", "d", "x", "t", "new")) {
                rows.add("{\"" + column + "\":" + number + "}");
            }
        }
        assertAsTheOracleSays(SCHEMA, rows);
    }

    /// Jackson's reading would take minutes.
    @Test
    void aNumberThatFillsItsRowTakesNoLongerThanAnotherRow() throws IOException {
        String digits = "9".repeat(900_000);
        String zeros = "0".repeat(900_000);
        var good = List.of("{\"t\":" + digits + "}", "{\"n\":7." + zeros + "}", "{\"d\":0." + zeros + "}");
        var bad = List.of("{\"n\":" + digits + "}", "{\"d\":0." + digits + "}", "{\"x\":" + digits + "}");
        var lines = new ArrayList<>(good);
        lines.addAll(bad);
        var converted =
                convert(SCHEMA, Reading.JSON_LINES, String.join("\n", lines).getBytes(UTF_8));
        assertThat(converted.codes())
                .containsExactly(BadRowCode.NUMBER_RANGE, BadRowCode.TYPE_MISMATCH, BadRowCode.NUMBER_RANGE);
        var rows = ParquetJava.read(converted.file(), SCHEMA);
        assertThat(rows).hasSize(3);
        assertThat(((Seen.Fields) rows.getFirst()).values().get(3)).isEqualTo(digits);
        assertThat(((Seen.Fields) rows.get(1)).values().getFirst()).isEqualTo(7L);
        assertThat(((Seen.Fields) rows.get(2)).values().get(1)).isEqualTo(BigDecimal.ZERO.setScale(10));
    }

    @Test
    void aKeyOf64KiloBytesIsAKeyLikeAnother() throws Exception {
        String key = "long ".repeat(13_000);
        var schema = new Schema(List.of(new Column(key, new Type.Int64())));
        var rows = List.of(
                "{\"" + key + "\":1}",
                "{\"" + key + "x\":1}",
                "{\"" + key.replace("o", "\\u006f") + "\":2}",
                "{\"" + key + "\":1,\"" + key + "\":1}",
                "{\"" + key + "x\":1,\"" + key + "x\":1}");
        assertAsTheOracleSays(schema, rows);
    }

    @Test
    void aListMayFillItsRow() throws Exception {
        assertAsTheOracleSays(SCHEMA, List.of("{\"l\":[" + "1,".repeat(200_000) + "null]}", "{\"l\":[]}"));
    }

    @Test
    void tenThousandColumnsAreWrittenWhenTheyAreDeclared() throws Exception {
        int count = 10_000;
        var schema = new Schema(IntStream.range(0, count)
                .mapToObj(i -> new Column("c" + i, i % 2 == 0 ? new Type.Int64() : new Type.Text()))
                .toList());
        assertAsTheOracleSays(schema, List.of(wide(count, 1), "{\"c9999\":\"last\",\"c0\":0}", "{}"));
    }

    @Test
    void inferenceStopsAtItsLimitAndTheRestIsRescued() throws Exception {
        String row = wide(10_000, 1);
        var inference = new Inference(LIMITS);
        inference.add(row.getBytes(UTF_8));
        var schema = inference.merge(Schema.EMPTY, SchemaPolicy.OnNewColumn.ADD);
        assertThat(schema.columns()).hasSize(LIMITS.maxColumns());
        assertAsTheOracleSays(schema, List.of(row));
    }

    private static String wide(int columns, int value) {
        var row = new StringBuilder("{");
        for (int i = 0; i < columns; i++) {
            row.append(i == 0 ? "" : ",").append("\"c").append(i).append("\":").append(value);
        }
        return row.append('}').toString();
    }

    /// Lines and one behind another.
    private void assertAsTheOracleSays(Schema schema, List<String> rows) throws IOException {
        var oracle = new Oracle(schema, SchemaPolicy.DEFAULT, LIMITS);
        var expected = rows.stream().map(row -> oracle.row(row.getBytes(UTF_8))).toList();
        byte[] input = String.join("\n", rows).getBytes(UTF_8);
        for (var reading : List.of(Reading.JSON_LINES, Converted.JSON)) {
            var converted = convert(schema, reading, input);
            var faults = expected.stream().filter(row -> !row.isGood()).toList();
            assertThat(converted.bad()).hasSize(faults.size());
            for (int i = 0; i < faults.size(); i++) {
                assertThat(converted.codes().get(i)).isIn(faults.get(i).faults());
            }
            assertThat(ParquetJava.read(converted.file(), settings(schema).columns()).stream()
                            .map(oracle::read))
                    .containsExactlyElementsOf(expected.stream()
                            .filter(Oracle.Row::isGood)
                            .map(Oracle.Row::values)
                            .toList());
        }
    }

    private Converted convert(Schema schema, Reading reading, byte[] input) throws IOException {
        return Converted.of(folder, settings(schema), reading, input);
    }

    private static ConversionSettings settings(Schema schema) {
        return new ConversionSettings(schema, SchemaPolicy.DEFAULT, LIMITS, ParquetOptions.DEFAULT, 2 << 20, 2);
    }
}
