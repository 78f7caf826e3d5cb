package dev.feedline.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.rows.Reading;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.SchemaPolicy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Decimals of more than 18 digits, on both sides of where they are no longs any more.
class WideDecimalsTest {
    private static final int REPEATS = 20;
    private static final RowLimits LIMITS = new RowLimits(600, 20, 100, 50);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"19,0", "20,0", "25,7", "38,0", "38,10", "38,38"})
    void areReadAsTheyWereWritten(int precision, int scale) throws Exception {
        List<BigDecimal> values = values(precision, scale);
        assertRoundTrip(precision, scale, values);
        assertRoundTrip(precision, scale, repeated(values, 1));
        assertRoundTrip(precision, scale, repeated(values, REPEATS));
        Collections.shuffle(values, new Random(1));
        assertRoundTrip(precision, scale, values);
        assertRoundTrip(precision, scale, repeated(values, REPEATS));
    }

    @Test
    void thoseWithTheSameLowLongAreTold() {
        var dictionary = new NumberDictionary(16, 1 << 20);
        assertThat(List.of(
                        dictionary.idOf(0, 5),
                        dictionary.idOf(-1, 5),
                        dictionary.idOf(7, 5),
                        dictionary.idOf(-1, -5),
                        dictionary.idOf(0, -5),
                        dictionary.idOf(0, 5),
                        dictionary.idOf(-1, 5),
                        dictionary.idOf(0, -5)))
                .containsExactly(0, 1, 2, 3, 4, 0, 1, 4);
        dictionary.clear();
        assertThat(dictionary.idOf(-1, 5)).isZero();
    }

    private void assertRoundTrip(int precision, int scale, List<BigDecimal> values) throws Exception {
        assertRoundTrip(precision, scale, values, 1_000);
        assertRoundTrip(precision, scale, values, 1 << 20);
    }

    private void assertRoundTrip(int precision, int scale, List<BigDecimal> values, int blockBytes) throws Exception {
        var schema = Written.schema("c", "decimal(" + precision + "," + scale + ")");
        var settings = new ConversionSettings(
                schema, SchemaPolicy.DEFAULT, LIMITS, ParquetOptions.DEFAULT.pageBytes(2_000), blockBytes, 2);
        var json = new StringBuilder();
        List<Object[]> rows = new ArrayList<>();
        for (BigDecimal value : values) {
            json.append("{\"c\":").append(value.toPlainString()).append("}\n");
            rows.add(new Object[] {value});
        }
        var converted = Converted.of(
                folder, settings, Reading.JSON_LINES, json.toString().getBytes(UTF_8));
        assertThat(converted.bad()).isEmpty();
        try (var duckDb = new DuckDb()) {
            for (var reader : ForeignReader.all(duckDb)) {
                assertThat(reader.rows(converted.file(), schema)).isEqualTo(Seen.rows(rows));
            }
        }
    }

    private static List<BigDecimal> repeated(List<BigDecimal> values, int times) {
        return Stream.generate(() -> values).limit(times).flatMap(List::stream).toList();
    }

    /// Small ones first.
    private static List<BigDecimal> values(int precision, int scale) {
        List<BigInteger> numbers = new ArrayList<>();
        for (int bits : new int[] {0, 3, 31, 59, 60, 61, 62, 63, 64, 65, 90, 126}) {
            BigInteger power = BigInteger.ONE.shiftLeft(bits);
            Stream.of(power.subtract(BigInteger.ONE), power, power.add(BigInteger.ONE))
                    .forEach(numbers::add);
        }
        for (int digits : new int[] {17, 18, 19, 25, 37, 38}) {
            BigInteger power = BigInteger.TEN.pow(digits);
            numbers.add(power.subtract(BigInteger.ONE));
            numbers.add(power);
        }
        numbers.add(BigInteger.ONE.shiftLeft(Long.SIZE).add(BigInteger.TEN));
        numbers.add(BigInteger.TEN);
        return numbers.stream()
                .flatMap(number -> Stream.of(number, number.negate()))
                .filter(number -> new BigDecimal(number).precision() <= precision)
                .map(number -> new BigDecimal(number, scale))
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
