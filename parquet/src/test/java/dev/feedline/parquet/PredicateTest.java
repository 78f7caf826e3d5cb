package dev.feedline.parquet;

import static dev.feedline.parquet.Written.schema;
import static org.apache.parquet.filter2.predicate.FilterApi.binaryColumn;
import static org.apache.parquet.filter2.predicate.FilterApi.doubleColumn;
import static org.apache.parquet.filter2.predicate.FilterApi.eq;
import static org.apache.parquet.filter2.predicate.FilterApi.intColumn;
import static org.apache.parquet.filter2.predicate.FilterApi.longColumn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.rows.Schema;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Readers that choose row groups and pages by our statistics lose no row, and leave out what they can.
class PredicateTest {
    private static final Schema SCHEMA = schema(
            "n", "bigint", "x", "double", "d", "decimal(38,3)", "t", "string", "day", "date", "small", "decimal(5,1)");
    private static final ParquetOptions MANY_PAGES =
            ParquetOptions.DEFAULT.pageBytes(300).rowGroupBytes(15_000);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noRowIsLostToTheStatistics(boolean sorted) throws Exception {
        var rows = rows(sorted);
        var file = Written.file(folder, SCHEMA, MANY_PAGES, rows);
        for (int sample = 0; sample < rows.size(); sample += 331) {
            var row = rows.get(sample);
            for (int column = 0; column < row.length; column++) {
                if (row[column] != null) {
                    assertThat(ParquetJava.read(file, SCHEMA, FilterCompat.get(equal(column, row[column]))))
                            .containsAll(Seen.rows(equalRows(rows, column, row[column])));
                }
            }
        }
    }

    @Test
    void ofASortedColumnOnlyThePagesThatMayMatchAreRead() throws Exception {
        var schema = schema("n", "bigint", "t", "string");
        var rows = LongStream.range(0, 10_000)
                .mapToObj(i -> new Object[] {i * 1_000_003, "text " + i})
                .toList();
        var file = Written.file(folder, schema, ParquetOptions.DEFAULT.pageBytes(1_000), rows);
        var found = ParquetJava.read(file, schema, FilterCompat.get(eq(longColumn("n"), 5_000L * 1_000_003)));
        assertThat(found).hasSizeBetween(1, 200).containsAll(Seen.rows(rows.subList(5_000, 5_001)));
    }

    @Test
    void noRowIsLostToTheBoundsOfPagesInADictionary() throws Exception {
        var schema = schema("n", "bigint", "t", "string");
        var rows = LongStream.range(0, 6_000)
                .mapToObj(i -> i / 200)
                .map(i -> new Object[] {i, "t" + (char) ('A' + 29 - i)})
                .toList();
        var file = Written.file(folder, schema, ParquetOptions.DEFAULT.pageBytes(300), rows);
        for (var value : rows.stream().map(row -> row[1]).distinct().toList()) {
            var found = ParquetJava.read(
                    file, schema, FilterCompat.get(eq(binaryColumn("t"), Binary.fromString((String) value))));
            assertThat(found).hasSizeLessThan(1_500).containsAll(Seen.rows(equalRows(rows, 1, value)));
        }
    }

    private static List<Object[]> rows(boolean sorted) {
        var rows = new ArrayList<>(new RowGenerator(11, 0.1, 500).rows(SCHEMA, 1_000));
        rows.addAll(new RowGenerator(12, 0.1, 1 << 30).rows(SCHEMA, 1_000));
        if (sorted) {
            rows.sort(Comparator.comparing(row -> (String) row[3], Comparator.nullsFirst(Comparator.naturalOrder())));
        }
        return rows;
    }

    private static List<Object[]> equalRows(List<Object[]> rows, int column, Object value) {
        return rows.stream().filter(row -> Objects.equals(row[column], value)).toList();
    }

    private static FilterPredicate equal(int column, Object value) {
        return switch (column) {
            case 0 -> eq(longColumn("n"), (Long) value);
            case 1 -> eq(doubleColumn("x"), (Double) value);
            case 2 -> eq(binaryColumn("d"), Binary.fromConstantByteArray(sixteenBytes((BigDecimal) value)));
            case 3 -> eq(binaryColumn("t"), Binary.fromString((String) value));
            case 4 -> eq(intColumn("day"), Math.toIntExact(((LocalDate) value).toEpochDay()));
            default ->
                eq(intColumn("small"), ((BigDecimal) value).unscaledValue().intValueExact());
        };
    }

    private static byte[] sixteenBytes(BigDecimal value) {
        byte[] shortest = value.unscaledValue().toByteArray();
        var bytes = new byte[16];
        Arrays.fill(bytes, (byte) (value.signum() < 0 ? -1 : 0));
        System.arraycopy(shortest, 0, bytes, bytes.length - shortest.length, shortest.length);
        return bytes;
    }
}
