package dev.feedline.parquet;

import static dev.feedline.parquet.Written.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.rows.Schema;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StatisticsTest {
    @TempDir
    Path folder;

    static Stream<Arguments> bounds() {
        return Stream.of(
                Arguments.of("bigint", List.of(3L, -5L, Long.MAX_VALUE), "-5", "9223372036854775807"),
                Arguments.of("boolean", List.of(true, false), "false", "true"),
                Arguments.of("boolean", List.of(true, true), "true", "true"),
                Arguments.of("double", List.of(0.5, -1e300, 2.0), "-1e+300", "2.0"),
                Arguments.of("decimal(9,2)", decimals("1.00", "-2.00", "0.99"), "-2.00", "1.00"),
                Arguments.of("decimal(18,1)", decimals("7.0", "-0.1"), "-0.1", "7.0"),
                Arguments.of(
                        "decimal(38,0)",
                        decimals("1", "-99999999999999999999999999999999999999", "256"),
                        "-99999999999999999999999999999999999999",
                        "256"),
                Arguments.of("string", List.of("z", "é", "", "a"), "", "é"),
                Arguments.of("string", List.of("\uFFFD", "😀"), "\uFFFD", "😀"),
                Arguments.of(
                        "date",
                        List.of(LocalDate.of(1969, 1, 1), LocalDate.of(1970, 1, 2)),
                        "1969-01-01",
                        "1970-01-02"),
                Arguments.of(
                        "timestamp",
                        List.of(Instant.EPOCH, Instant.parse("1960-01-01T00:00:00.000001Z")),
                        "1960-01-01 00:00:00.000001+00",
                        "1970-01-01 00:00:00+00"));
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void theFooterGivesTheLeastTheGreatestAndTheNulls(String type, List<Object> values, String min, String max)
            throws Exception {
        var rows = new ArrayList<>(
                values.stream().map(value -> new Object[] {value}).toList());
        rows.add(1, new Object[] {null});
        // All in one page, and each in its own: then the pages' bounds make the column's.
        for (int pageBytes : new int[] {1_000, 1}) {
            var file = Written.file(folder, schema("c", type), ParquetOptions.DEFAULT.pageBytes(pageBytes), rows);
            try (var duckDb = new DuckDb()) {
                duckDb.execute("SET TimeZone = 'UTC'");
                assertThat(duckDb.query("SELECT stats_min_value, stats_max_value, stats_null_count, min_is_exact,"
                                + " max_is_exact FROM parquet_metadata('" + file + "')"))
                        .containsExactly(List.of(min, max, "1", "true", "true"));
            }
        }
    }

    @Test
    void longTextIsCutBetweenItsCharactersAndStillABound() {
        String low = "€".repeat(30);
        String high = "x".repeat(62) + "€€";
        var metadata = onlyChunk(schema("c", "string"), rows(low, high));
        var statistics = metadata.struct(12);
        assertThat(statistics.text(6)).isEqualTo("x".repeat(62));
        assertThat(statistics.flag(8)).isFalse();
        assertThat(statistics.text(5)).isEqualTo("€".repeat(20) + "\u20AD");
        assertThat(statistics.flag(7)).isFalse();
    }

    @Test
    void textOfTheLastCharactersOfUnicodeIsNotCut() {
        String last = new String(Character.toChars(Character.MAX_CODE_POINT)).repeat(20);
        var statistics = onlyChunk(schema("c", "string"), rows(last)).struct(12);
        assertThat(statistics.text(5)).isEqualTo(last);
        assertThat(statistics.flag(7)).isTrue();
    }

    @Test
    void theBoundAboveTextSkipsTheSurrogates() {
        var statistics =
                onlyChunk(schema("c", "string"), rows("\uD7FF".repeat(30))).struct(12);
        assertThat(statistics.text(5)).isEqualTo("\uD7FF".repeat(20) + "\uE000");
    }

    @Test
    void aNaNLeavesTheColumnWithoutBoundsAndWithoutAColumnIndex() {
        var layout = FileLayout.of(Written.bytes(
                schema("c", "double"), ParquetOptions.DEFAULT.pageBytes(8), rows(1.0, 2.0, Double.NaN, 3.0)));
        var chunk = layout.chunks(0).get(0);
        assertThat(chunk.struct(3).struct(12).fields()).containsOnlyKeys(3);
        assertThat(chunk.has(6)).isFalse();
        assertThat(layout.offsetIndex(chunk)).hasSizeGreaterThan(1);
    }

    @Test
    void zerosAreBoundsForBothZeros() {
        var negative = onlyChunk(schema("c", "double"), rows(-0.0)).struct(12);
        assertThat(Double.toString(littleEndian(negative.bytes(6)))).isEqualTo("-0.0");
        assertThat(Double.toString(littleEndian(negative.bytes(5)))).isEqualTo("0.0");
        var positive = onlyChunk(schema("c", "double"), rows(0.0)).struct(12);
        assertThat(Double.toString(littleEndian(positive.bytes(6)))).isEqualTo("-0.0");
        assertThat(Double.toString(littleEndian(positive.bytes(5)))).isEqualTo("0.0");
    }

    @Test
    void aColumnOfNullsHasOnlyTheirNumber() {
        var statistics = onlyChunk(schema("c", "string"), rows(null, null)).struct(12);
        assertThat(statistics.fields()).containsOnlyKeys(3);
        assertThat(statistics.number(3)).isEqualTo(2);
    }

    @Test
    void theColumnIndexSaysWhatIsInEachPageAndHowPagesAreOrdered() {
        var options = ParquetOptions.DEFAULT.pageBytes(16);
        var rising = rows(1L, 2L, 3L, null, null, 4L, 5L, 6L, 7L);
        var layout = FileLayout.of(Written.bytes(schema("c", "bigint"), options, rising));
        var index = layout.columnIndex(layout.chunks(0).get(0));
        assertThat(index.<byte[]>list(2))
                .extracting(min -> min.length == 0 ? -1 : littleEndianLong(min))
                .isSorted();
        assertThat(index.<Long>list(5).stream().mapToLong(nulls -> nulls).sum()).isEqualTo(2);
        assertThat(index.number(4)).isEqualTo(1);
        assertThat(boundaryOrder(rows(9L, 8L, 7L, 6L, 5L, 4L))).isEqualTo(2);
        assertThat(boundaryOrder(rows(9L, 1L, 7L, 2L, 5L, 4L))).isEqualTo(0);
    }

    static Stream<Arguments> sortedColumns() {
        return Stream.of(
                Arguments.of("bigint", List.of(1L, 2L), "c = 2"),
                Arguments.of("double", List.of(1.5, 2.5), "c > 2"),
                Arguments.of("decimal(9,2)", decimals("-1.00", "1.00"), "c > 0"),
                Arguments.of("decimal(38,2)", decimals("-1.00", "1.00"), "c > 0"),
                Arguments.of("string", List.of("a".repeat(100), "b".repeat(100)), "c > 'b'"),
                Arguments.of("date", List.of(LocalDate.of(2020, 1, 1), LocalDate.of(2026, 1, 1)), "c > '2025-01-01'"),
                Arguments.of(
                        "timestamp",
                        List.of(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2026-01-01T00:00:00Z")),
                        "c > '2025-01-01'"));
    }

    /// The first row group is made unreadable: only a query that never looks at it succeeds.
    @ParameterizedTest
    @MethodSource("sortedColumns")
    void duckDbSkipsTheRowGroupThatCannotMatch(String type, List<Object> values, String condition) throws Exception {
        var options = ParquetOptions.DEFAULT.rowGroupBytes(1);
        byte[] bytes = Written.bytes(schema("c", type), options, rows(values.toArray()));
        for (var page :
                FileLayout.of(bytes).pages(FileLayout.of(bytes).chunks(0).get(0))) {
            Arrays.fill(bytes, (int) page.offset(), (int) page.offset() + page.size(), (byte) 0xFF);
        }
        var file = Files.write(folder.resolve("broken.parquet"), bytes);
        try (var duckDb = new DuckDb()) {
            assertThat(duckDb.query("SELECT count(c) FROM read_parquet('" + file + "') WHERE " + condition))
                    .containsExactly(List.of("1"));
            assertThatThrownBy(() -> duckDb.query("SELECT c FROM read_parquet('" + file + "')"))
                    .isInstanceOf(SQLException.class);
        }
    }

    private static int boundaryOrder(List<Object[]> rows) {
        var layout = FileLayout.of(Written.bytes(schema("c", "bigint"), ParquetOptions.DEFAULT.pageBytes(16), rows));
        return (int) layout.columnIndex(layout.chunks(0).get(0)).number(4);
    }

    private static ThriftStruct onlyChunk(Schema schema, List<Object[]> rows) {
        return FileLayout.of(Written.bytes(schema, ParquetOptions.DEFAULT, rows))
                .chunks(0)
                .get(0)
                .struct(3);
    }

    private static List<Object[]> rows(Object... values) {
        return Arrays.stream(values).map(value -> new Object[] {value}).toList();
    }

    private static List<BigDecimal> decimals(String... numbers) {
        return Arrays.stream(numbers).map(BigDecimal::new).toList();
    }

    private static double littleEndian(byte[] plain) {
        return ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN).getDouble();
    }

    private static long littleEndianLong(byte[] plain) {
        return ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }
}
