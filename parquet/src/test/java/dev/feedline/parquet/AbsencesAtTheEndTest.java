package dev.feedline.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.rows.Reading;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Columns whose values have ended long before the rows do, with pages that end in between.
class AbsencesAtTheEndTest {
    private static final int WITH_VALUES = 13_108;
    private static final int WITHOUT = 200_000;
    private static final Schema COLUMNS =
            Written.schema("n", "bigint", "d", "double", "b", "boolean", "t", "string", "last", "bigint");

    @TempDir
    Path folder;

    @Test
    void valuesThatEndEarlyAreThereAndNoOthers() throws Exception {
        Random random = new Random(3);
        StringBuilder lines = new StringBuilder();
        Set<Long> values = new HashSet<>();
        long sum = 0;
        for (int i = 0; i < WITH_VALUES; i++) {
            long value = 100_000_000_000_000L + random.nextInt(1_000_000_000);
            values.add(value);
            sum += value;
            lines.append("{\"n\":%d,\"d\":%d.5,\"b\":true,\"t\":\"text %d\"}\n".formatted(value, value % 1000, value));
        }
        lines.append("{}\n".repeat(WITHOUT)).append("{\"last\":1}\n");
        ConversionSettings settings = new ConversionSettings(
                COLUMNS,
                new SchemaPolicy(SchemaPolicy.OnNewColumn.FREEZE, SchemaPolicy.OnMismatch.QUARANTINE),
                RowLimits.DEFAULT,
                ParquetOptions.DEFAULT,
                ConversionSettings.DEFAULT_BLOCK_BYTES,
                1);
        Converted converted = Converted.of(
                folder, settings, Reading.JSON_LINES, lines.toString().getBytes(UTF_8));
        assertThat(converted.bad()).isEmpty();
        try (DuckDb duckDb = new DuckDb()) {
            String columns = "count(*), count(n), sum(n), count(d), count(b), count(DISTINCT t), sum(last)";
            assertThat(duckDb.query("SELECT " + columns + " FROM '" + converted.file() + "'"))
                    .containsExactly(List.of(
                            Integer.toString(WITH_VALUES + WITHOUT + 1),
                            Integer.toString(WITH_VALUES),
                            Long.toString(sum),
                            Integer.toString(WITH_VALUES),
                            Integer.toString(WITH_VALUES),
                            Integer.toString(values.size()),
                            "1"));
        }
    }
}
