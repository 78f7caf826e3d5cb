package dev.feedline.parquet;

import static dev.feedline.parquet.Written.schema;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.rows.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtremesTest {
    /// The inverse of the dictionary's multiplier: multiples of it all begin at the same place.
    private static final long COLLIDING = 0xF1DE83E19937733DL;

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

    @Test
    void numbersAtTheirLimits() throws Exception {
        roundTrip(schema("c", "bigint"), column(Long.MIN_VALUE, Long.MAX_VALUE, 0L, -1L, Long.MIN_VALUE + 1));
        roundTrip(
                schema("c", "double"),
                column(
                        Double.MAX_VALUE,
                        -Double.MAX_VALUE,
                        Double.MIN_VALUE,
                        0.0,
                        -0.0,
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        Double.NaN,
                        Math.nextUp(1.0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 9, 10, 17, 18, 19, 20, 28, 37, 38})
    void decimalsOfEveryWidthAtTheirLimits(int precision) throws Exception {
        for (int scale : new int[] {0, precision / 2, precision}) {
            var nines =
                    new BigDecimal("9".repeat(precision)).movePointLeft(scale).setScale(scale);
            var least = BigDecimal.ONE.movePointLeft(scale).setScale(scale);
            roundTrip(
                    schema("c", "decimal(" + precision + "," + scale + ")"),
                    column(
                            nines,
                            nines.negate(),
                            BigDecimal.ZERO.setScale(scale),
                            scale == precision ? null : least,
                            least.negate()));
        }
    }

    @Test
    void momentsAndDaysBefore1970() throws Exception {
        roundTrip(
                schema("c", "timestamp"),
                column(
                        Instant.parse("1969-12-31T23:59:59.999999Z"), Instant.parse("0001-01-01T00:00:00Z"),
                        Instant.parse("1582-10-04T12:00:00.000001Z"), Instant.parse("9999-12-31T23:59:59.999999Z")));
        roundTrip(
                schema("c", "date"),
                column(
                        LocalDate.of(1969, 12, 31),
                        LocalDate.of(1, 1, 1),
                        LocalDate.of(1582, 10, 4),
                        LocalDate.of(9999, 12, 31),
                        LocalDate.of(1900, 2, 28)));
    }

    @Test
    void theFirstAndTheLastMicrosecondOfTheRange() throws Exception {
        var schema = schema("c", "timestamp");
        var rows = column(
                Instant.EPOCH.plus(Long.MIN_VALUE, ChronoUnit.MICROS),
                Instant.EPOCH.plus(Long.MAX_VALUE, ChronoUnit.MICROS));
        var file = Written.file(folder, schema, ParquetOptions.DEFAULT, rows);
        // The other readers' own types end before.
        assertThat(ParquetJava.read(file, schema)).isEqualTo(Seen.rows(rows));
    }

    @ParameterizedTest
    @EnumSource
    void textEmptyLongAndFromAllOfUnicode(Compression compression) throws Exception {
        var everyPlane = new StringBuilder();
        for (int character = 1; character < Character.MAX_CODE_POINT; character += 997) {
            if (character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE) {
                everyPlane.appendCodePoint(character);
            }
        }
        roundTrip(
                schema("c", "string"),
                ParquetOptions.DEFAULT.compression(compression),
                column(
                        "",
                        " ",
                        "\n\"\\",
                        "x".repeat(1 << 20),
                        "😀".repeat(1 << 18),
                        everyPlane.toString(),
                        "e\u0301",
                        "\uFFFF",
                        null,
                        ""));
    }

    @Test
    void aListLongerThanAPage() throws Exception {
        var longList = LongStream.range(0, 50_000).mapToObj(i -> (Object) i).toList();
        roundTrip(
                schema("c", "array<bigint>"),
                ParquetOptions.DEFAULT.pageBytes(1_000),
                column(List.of(1L), longList, List.of(), null, longList, List.of(2L)));
    }

    @Test
    void aTypeNestedDeep() throws Exception {
        var type = new StringBuilder("bigint");
        Object value = 7L;
        Object empty = null;
        for (int depth = 0; depth < 12; depth++) {
            type.insert(0, "array<struct<x:").append(">>");
            value = Arrays.asList(new Object[] {value}, null);
            empty = depth == 0 ? List.of() : Arrays.asList(null, new Object[] {empty});
        }
        roundTrip(schema("c", type.toString()), column(value, empty, null, value));
    }

    @Test
    void aHundredColumns() throws Exception {
        var names = IntStream.range(0, 100)
                .boxed()
                .flatMap(i -> List.of("column " + i + ".x", i % 2 == 0 ? "bigint" : "string").stream())
                .toArray(String[]::new);
        var schema = schema(names);
        roundTrip(schema, ParquetOptions.DEFAULT.pageBytes(500), new RowGenerator(3, 0.5, 50).rows(schema, 300));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    void aDictionaryJustNotFullJustFullAndOver(int over) throws Exception {
        // 1,000 bytes are 125 numbers; each comes four times.
        int distinct = 125 + over;
        var numbers = LongStream.range(0, 4L * distinct)
                .mapToObj(i -> new Object[] {i % distinct * 1_000_000_007, "t" + (10 + i % distinct)})
                .toList();
        roundTrip(schema("n", "bigint", "t", "string"), ParquetOptions.DEFAULT.pageBytes(1_000), numbers);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 63, 64, 65, 503, 504, 505, 511, 512, 513})
    void asManyRowsAsFillGroupsOfTheBitPacking(int count) throws Exception {
        var rows = new ArrayList<Object[]>();
        for (int i = 0; i < count; i++) {
            rows.add(new Object[] {i % 3 == 0 ? null : (long) (i % 5), i % 2 == 0, i < count / 2 ? null : "x" + i % 4});
        }
        roundTrip(schema("n", "bigint", "b", "boolean", "t", "string"), rows);
    }

    @Test
    void numbersChosenToCollideOnlyCostTheDictionary() throws Exception {
        var rows = LongStream.range(0, 2_000)
                .mapToObj(i -> new Object[] {i % 1_000 * COLLIDING})
                .toList();
        var schema = schema("c", "bigint");
        assertThat(BigInteger.valueOf(COLLIDING)
                        .multiply(BigInteger.valueOf(0x9E3779B97F4A7C15L))
                        .longValue())
                .isEqualTo(1);
        var layout = FileLayout.of(Written.bytes(schema, ParquetOptions.DEFAULT, rows));
        assertThat(layout.pages(layout.chunks(0).get(0)))
                .extracting(FileLayout.FoundPage::encoding)
                .containsOnly((long) Encoding.PLAIN.code);
        roundTrip(schema, rows);
    }

    @Test
    void allRowsNull() throws Exception {
        var schema = schema("a", "bigint", "b", "string", "c", "array<struct<d:boolean>>");
        roundTrip(schema, Collections.nCopies(1_000, new Object[3]));
    }

    private void roundTrip(Schema schema, List<Object[]> rows) throws Exception {
        roundTrip(schema, ParquetOptions.DEFAULT, rows);
    }

    private void roundTrip(Schema schema, ParquetOptions options, List<Object[]> rows) throws Exception {
        var file = Written.file(folder, schema, options, rows);
        for (var reader : ForeignReader.all(duckDb)) {
            assertThat(reader.rows(file, schema)).isEqualTo(Seen.rows(rows));
        }
    }

    private static List<Object[]> column(Object... values) {
        return Arrays.stream(values).map(value -> new Object[] {value}).toList();
    }
}
