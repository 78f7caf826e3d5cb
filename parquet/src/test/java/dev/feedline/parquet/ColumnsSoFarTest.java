package dev.feedline.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.rows.BadRow;
import dev.feedline.rows.Column;
import dev.feedline.rows.Inference;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.Type;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A conversion that ends with the columns of the inputs' beginnings has those of all rows.
class ColumnsSoFarTest {
    private static final RowLimits LIMITS = new RowLimits(4_000, 20, 100, 100);
    private static final int BEGINNING = 4_001;
    private static final int BLOCK = 20_000;
    private static final int MOST_ATTEMPTS = 6;
    private static final List<String> NAMES = List.of("a", "b", "größe", "A", "nested", "list", "x");
    /// A key has values of one line at a time.
    private static final List<List<String>> VALUES = List.of(
            List.of("1", "-7", "123456789012345678", "null"),
            List.of("9223372036854775808", "1e3", "12"),
            List.of("1.10", "2.5", "-0.00", "7", "3.1000"),
            List.of("1e-30", "1e300", "0.12345678901234567890123456789012345678"),
            List.of("0.5", "3", "1606938044258990275541962092341162602522202993782792835301376"),
            List.of("\"2026-11-22\"", "\"1999-12-31\""),
            List.of("\"2026-11-22T10:00:00Z\"", "\"2026-11-22T10:00:00.123456-05:00\""),
            List.of("\"text\"", "\"\"", "\"2026-02-30\"", "\"\\u00e9\""),
            List.of("true", "false"),
            List.of("{}", "{\"p\":1}", "{\"p\":null,\"q\":[]}", "{\"q\":[\"s\"]}", "{\"r\":{}}"),
            List.of("[]", "[null]", "[1]", "[[2.5]]", "[{\"z\":true}]"),
            List.of("{\"t\":\"2026-11-22T10:00:00Z\"}"),
            List.of("{\"t\":\"2026-11-22T10:00:00Z\"}", "{\"t\":\"2026-11-22T10:00:00\"}"),
            List.of("{\"d\":1606938044258990275541962092341162602522202993782792835301376}"),
            List.of("{\"d\":0.1}", "{\"d\":1606938044258990275541962092341162602522202993782792835301376}"),
            List.of("[]", "null"),
            List.of("{}", "null"));

    private enum Ending {
        AT_ONCE,
        AFTER_CHANGES,
        GIVEN_UP
    }

    @Test
    void whatEndsHasTheColumnsOfAllRows() throws IOException {
        long seed = Long.getLong("feedline.seed", 20261127);
        Random random = new Random(seed);
        Map<Ending, Integer> endings = new EnumMap<>(Ending.class);
        int inputs = Integer.getInteger("feedline.tables", 150);
        for (int i = 0; i < inputs; i++) {
            byte[][] files = new byte[1 + random.nextInt(2)][];
            boolean lines = random.nextInt(4) > 0;
            for (int file = 0; file < files.length; file++) {
                files[file] = rows(random, 50 + random.nextInt(2_500), lines);
            }
            Schema existing = random.nextInt(3) > 0 ? Schema.EMPTY : of(random, files[0]);
            SchemaPolicy policy = new SchemaPolicy(
                    SchemaPolicy.OnNewColumn.values()[random.nextInt(3)],
                    SchemaPolicy.OnMismatch.values()[random.nextInt(2)]);
            Ending ending = convert(files, existing, policy, 1 + random.nextInt(3), "input " + i + " of seed " + seed);
            endings.merge(ending, 1, Integer::sum);
        }
        assertThat(endings).containsOnlyKeys(Ending.values());
        assertThat(endings.get(Ending.AT_ONCE)).isGreaterThan(inputs / 20);
    }

    private static Ending convert(byte[][] files, Schema existing, SchemaPolicy policy, int threads, String shown)
            throws IOException {
        ColumnsSoFar found = new ColumnsSoFar(new JsonColumns(LIMITS, false, BEGINNING), existing);
        JsonColumns all = new JsonColumns(LIMITS, true);
        for (byte[] file : files) {
            found.addBeginning(new ByteArrayInputStream(file), Converted.JSON);
            all.add(new ByteArrayInputStream(file), Converted.JSON, rows -> {});
        }
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Optional<Schema> known = found.columns();
            if (known.isEmpty()) {
                return Ending.GIVEN_UP;
            }
            Schema columns = known.get();
            try {
                convert(
                        files,
                        new ConversionSettings(columns, policy, LIMITS, ParquetOptions.DEFAULT, BLOCK, threads),
                        found);
            } catch (ColumnsSoFar.Changed changed) {
                continue;
            }
            assertThat(columns).as(shown).isEqualTo(all.columns(existing));
            return attempt == 0 ? Ending.AT_ONCE : Ending.AFTER_CHANGES;
        }
        return Ending.GIVEN_UP;
    }

    private static void convert(byte[][] files, ConversionSettings settings, ColumnsSoFar found) throws IOException {
        try (var conversion = new JsonToParquet(OutputStream.nullOutputStream(), settings, new Deaf(), found)) {
            for (byte[] file : files) {
                conversion.add(new ByteArrayInputStream(file), Converted.JSON);
            }
        }
        found.end();
    }

    /// Below a declared column a moment without a zone is plain, where an inferred one is none.
    @Test
    void aDeclaredStructThatGainsFieldsNeedsAllRows() throws IOException {
        Schema declared = new Schema(List.of(new Column("n", Type.parse("struct<p:bigint>"))));
        ColumnsSoFar found = new ColumnsSoFar(LIMITS, declared);
        byte[] rows = "{\"n\":{\"p\":1}}\n".getBytes(UTF_8);
        found.addBeginning(new ByteArrayInputStream(rows), Converted.JSON);
        assertThat(found.columns()).contains(declared);
        byte[] others = "{\"n\":{\"t\":\"2026-11-22T10:00:00Z\"}}\n".getBytes(UTF_8);
        found = new ColumnsSoFar(LIMITS, declared);
        found.addBeginning(new ByteArrayInputStream(others), Converted.JSON);
        assertThat(found.columns()).isEmpty();
    }

    @Test
    void numbersThatNeedAllRowsAreKnownAtTheBeginning() throws IOException {
        ColumnsSoFar found = new ColumnsSoFar(LIMITS, Schema.EMPTY);
        byte[] rows = "{\"a\":1.2e-25}\n{\"a\":0.5}\n".getBytes(UTF_8);
        found.addBeginning(new ByteArrayInputStream(rows), Converted.JSON);
        assertThat(found.columns()).isEmpty();
    }

    @Test
    void whatDidNotDoIsNotTriedAgain() throws IOException {
        ColumnsSoFar found = new ColumnsSoFar(LIMITS, Schema.EMPTY);
        found.addBeginning(new ByteArrayInputStream("{\"a\":1}\n".getBytes(UTF_8)), Converted.JSON);
        assertThat(found.columns()).isPresent();
        assertThat(found.columns()).isEmpty();
    }

    @Test
    void rowsThatAreUnlikeTheOthersAreKeptToABound() throws IOException {
        byte[] rows = "{\"a\":1}\n".repeat(1_000).getBytes(UTF_8);
        byte[] others = "{\"a\":\"x\"}\n".repeat(UnusualRows.MOST_BYTES / 9 + 1).getBytes(UTF_8);
        Schema schema = of(new Random(1), rows);
        var settings = new ConversionSettings(
                schema, SchemaPolicy.DEFAULT, LIMITS, ParquetOptions.DEFAULT, 2 * UnusualRows.MOST_BYTES, 1);
        List<UnusualRows.OfBlock> taken = new ArrayList<>();
        try (var conversion = new JsonToParquet(OutputStream.nullOutputStream(), settings, new Deaf(), taken::add)) {
            conversion.add(new ByteArrayInputStream(rows), Converted.JSON);
            conversion.add(new ByteArrayInputStream(others), Converted.JSON);
        }
        assertThat(taken).extracting(UnusualRows.OfBlock::areAll).containsExactly(true, false);
        assertThat(taken.get(0).rows()).isEmpty();
        assertThat(taken.get(1).rows()).hasSize(UnusualRows.MOST_BYTES / 9);

        ColumnsSoFar found = new ColumnsSoFar(LIMITS, schema);
        found.columns();
        assertThatThrownBy(() -> found.take(taken.get(1))).isInstanceOf(ColumnsSoFar.Changed.class);
    }

    /// The columns of a few of its rows, declared.
    private static Schema of(Random random, byte[] file) {
        Inference some = new Inference(LIMITS);
        String[] rows = new String(file, UTF_8).split("[\n,]+(?=\\{\")");
        for (int i = 0; i < 5; i++) {
            some.add(rows[random.nextInt(rows.length)]
                    .replaceAll("^\\[|\\]\\s*$", "")
                    .getBytes(UTF_8));
        }
        return new Schema(some.merge(Schema.EMPTY, SchemaPolicy.OnNewColumn.ADD).columns());
    }

    /// Rows whose keys seldom change their kind of value; some bring a key or a bad row now and then.
    private static byte[] rows(Random random, int count, boolean lines) {
        int[] kinds = random.ints(NAMES.size(), 0, VALUES.size()).toArray();
        int changes = random.nextInt(4);
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < changes; i++) {
            places.add(random.nextInt(count));
        }
        int known = NAMES.size() - random.nextInt(3);
        StringBuilder rows = new StringBuilder(lines ? "" : "[");
        for (int i = 0; i < count; i++) {
            int changesHere = Collections.frequency(places, i);
            for (int change = 0; change < changesHere; change++) {
                kinds[random.nextInt(kinds.length)] = random.nextInt(VALUES.size());
                known = NAMES.size();
            }
            rows.append(i == 0 ? "" : lines ? "\n" : ",");
            boolean isBad = lines && random.nextInt(500) == 0;
            rows.append(isBad ? "not json" : row(random, kinds, known));
        }
        return rows.append(lines ? "\n" : "]").toString().getBytes(UTF_8);
    }

    private static String row(Random random, int[] kinds, int known) {
        StringBuilder row = new StringBuilder("{");
        for (int i = 0; i < known; i++) {
            if (random.nextInt(4) > 0) {
                List<String> values = VALUES.get(kinds[i]);
                row.append(row.length() > 1 ? "," : "")
                        .append('"')
                        .append(NAMES.get(i))
                        .append("\":");
                row.append(random.nextInt(20) == 0 ? "null" : values.get(random.nextInt(values.size())));
            }
        }
        return row.append('}').toString();
    }

    private static final class Deaf implements JsonToParquet.Watch {
        @Override
        public void bad(int input, BadRow row) {}

        @Override
        public void written(long rows, long bytes) {}
    }
}
