package dev.feedline.parquet;

import static dev.feedline.parquet.Written.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParquetWriterTest {
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

    @ParameterizedTest
    @EnumSource
    void everyFlatTypeComesBackAsItWas(Compression compression) throws Exception {
        var schema = schema(
                "yes",
                "boolean",
                "n",
                "bigint",
                "x",
                "double",
                "small",
                "decimal(9,2)",
                "middle",
                "decimal(18,0)",
                "wide",
                "decimal(38,10)",
                "text",
                "string",
                "day",
                "date",
                "moment",
                "timestamp");
        List<Object[]> rows = List.of(
                new Object[] {
                    true,
                    Long.MIN_VALUE,
                    -0.0,
                    new BigDecimal("-9999999.99"),
                    new BigDecimal("999999999999999999"),
                    new BigDecimal("9999999999999999999999999999.9999999999"),
                    "",
                    LocalDate.of(1969, 12, 31),
                    Instant.parse("1969-12-31T23:59:59.999999Z")
                },
                new Object[9],
                new Object[] {
                    false,
                    Long.MAX_VALUE,
                    Double.MIN_VALUE,
                    new BigDecimal("0.01"),
                    new BigDecimal("-1"),
                    new BigDecimal("-9999999999999999999999999999.9999999999"),
                    "a \u0000 Grüße 😀",
                    LocalDate.of(2026, 11, 23),
                    Instant.parse("2026-11-23T01:02:03.000004Z")
                });
        var file = Written.file(folder, schema, ParquetOptions.DEFAULT.compression(compression), rows);
        for (var reader : ForeignReader.all(duckDb)) {
            assertThat(reader.rows(file, schema)).isEqualTo(Seen.rows(rows));
        }
    }

    @Test
    void nullsEmptyListsAndStructsOfNullsAreNotMixedUp() throws Exception {
        var schema = schema("s", "struct<a:bigint,b:struct<c:string>>", "l", "array<array<struct<d:bigint>>>");
        List<Object[]> rows = List.of(
                new Object[] {null, null},
                new Object[] {new Object[] {null, null}, List.of()},
                new Object[] {new Object[] {1L, new Object[] {null}}, Collections.singletonList(null)},
                new Object[] {
                    new Object[] {null, new Object[] {"c"}},
                    Arrays.asList(
                            null, List.of(), Arrays.asList(null, new Object[] {null}, new Object[] {7L}), List.of())
                },
                new Object[] {new Object[] {2L, null}, List.of(List.of(new Object[] {8L}, new Object[] {9L}))});
        var file = Written.file(folder, schema, ParquetOptions.DEFAULT, rows);
        for (var reader : ForeignReader.all(duckDb)) {
            assertThat(reader.rows(file, schema)).isEqualTo(Seen.rows(rows));
        }
    }

    @Test
    void aFileOfNoRowsHasItsColumns() throws Exception {
        var file = Written.file(folder, schema("a", "bigint", "b", "array<string>"), ParquetOptions.DEFAULT, List.of());
        assertThat(duckDb.query("DESCRIBE SELECT * FROM read_parquet('" + file + "')"))
                .extracting(row -> row.get(0) + " " + row.get(1))
                .containsExactly("a BIGINT", "b VARCHAR[]");
        assertThat(duckDb.query("SELECT count(*) FROM read_parquet('" + file + "')"))
                .containsExactly(List.of("0"));
    }

    @Test
    void aValueThatDoesNotFitIsNamedAndLeavesNoWholeFile() throws Exception {
        var out = new ByteArrayOutputStream();
        try (var writer = new ParquetWriter(out, schema("a", "struct<b:decimal(4,2)>"), ParquetOptions.DEFAULT)) {
            assertThatThrownBy(() -> writer.write(new Object[] {new Object[] {new BigDecimal("123.45")}}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("column a.b is decimal(4,2) and cannot hold BigDecimal 123.45: it has 5 digits");
            assertThatThrownBy(() -> writer.write(new Object[] {null})).isInstanceOf(IllegalStateException.class);
        }
        assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("PAR1");
    }
}
