package dev.feedline.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.rows.Column;
import dev.feedline.rows.Schema;
import dev.feedline.rows.Type;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Numbers that rise are written as deltas, in pages of every length, and come back from every reader.
class DeltaTest {
    private static final long DELTA_BINARY_PACKED = 5;

    private static DuckDb duckDb;

    @TempDir
    Path folder;

    @SuppressWarnings("ImmutableEnumChecker")
    enum Of {
        BIGINT("bigint", i -> i * 1_000_003),
        NEGATIVE_BIGINT("bigint", i -> -i),
        DATE("date", i -> LocalDate.ofEpochDay(i - 5_000)),
        TIMESTAMP("timestamp", i -> Instant.ofEpochSecond(1_700_000_000 + i, i * 1_000 % 1_000_000_000)),
        DECIMAL_9_2("decimal(9,2)", i -> BigDecimal.valueOf(i, 2)),
        DECIMAL_18_5("decimal(18,5)", i -> BigDecimal.valueOf(i << 20, 5)),
        LIST("array<bigint>", i -> i % 5 == 0 ? List.of() : Arrays.asList(2 * i, null, 2 * i + 1)),
        STRUCT("struct<a:bigint,b:array<date>>", i -> new Object[] {i, List.of(LocalDate.ofEpochDay(i))});

        final String type;
        final LongFunction<Object> value;

        Of(String type, LongFunction<Object> value) {
            this.type = type;
            this.value = value;
        }
    }

    @BeforeAll
    static void openDuckDb() throws Exception {
        duckDb = new DuckDb();
    }

    @AfterAll
    static void closeDuckDb() throws Exception {
        duckDb.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatRisesIsWrittenAsDeltasAndComesBack(Of of) throws Exception {
        var schema = new Schema(List.of(new Column("c", Type.parse(of.type))));
        // Pages of a few values, of a block and a bit, and of all.
        for (int pageBytes : new int[] {100, 1_100, 1 << 20}) {
            var rows = new ArrayList<Object[]>();
            for (long i = 0; i < 4_000; i++) {
                rows.add(new Object[] {i % 11 == 3 || i > 1_000 && i < 1_400 ? null : of.value.apply(i)});
            }
            var options = ParquetOptions.DEFAULT
                    .pageBytes(pageBytes)
                    .rowGroupBytes(30_000)
                    .numbers(NumberEncoding.DELTA_BINARY_PACKED);
            var file = Written.file(folder, schema, options, rows);
            for (var reader : ForeignReader.all(duckDb)) {
                assertThat(reader.rows(file, schema)).isEqualTo(Seen.rows(rows));
            }
            var layout = FileLayout.of(Files.readAllBytes(file));
            // For a dozen numbers the beginning of the deltas takes more than they save.
            if (pageBytes > 100) {
                assertThat(layout.chunks(0))
                        .allSatisfy(
                                chunk -> assertThat(layout.pages(chunk).get(0).encoding())
                                        .isEqualTo(DELTA_BINARY_PACKED));
            }
        }
    }
}
