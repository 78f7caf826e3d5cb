package dev.feedline.parquet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.feedline.rows.BadRow;
import dev.feedline.rows.BadRowCode;
import dev.feedline.rows.Column;
import dev.feedline.rows.Reading;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.TextEncoding;
import dev.feedline.rows.Type;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;

/// Files of damaged rows through the front door: what is in the Parquet file is what [Oracle] says of the
/// good rows, in their order, and each of the others is handed out with its place and a code of what is
/// wrong with it. So rows in = rows out + bad rows.
///
/// `-Dfeedline.inputs=10000000` runs as many; `-Dfeedline.seed=N` begins with the file of that seed.
class ConversionFuzzTest {
    private static final Schema SCHEMA = new Schema(
            List.of(
                    new Column("id", new Type.Int64()),
                    new Column("amount", new Type.Decimal(12, 2)),
                    new Column("wide", new Type.Decimal(38, 10)),
                    new Column("ratio", new Type.Float64()),
                    new Column("exact", new Type.Float64()),
                    new Column("ok", new Type.Bool()),
                    new Column("day", new Type.Date()),
                    new Column("at", new Type.Timestamp()),
                    new Column("local", new Type.Timestamp()),
                    new Column("größe", new Type.Text()),
                    new Column("o", Type.parse("struct<v:array<string>,w:struct<e:bigint,f:array<boolean>>>")),
                    new Column("m", Type.parse("array<struct<x:double,y:array<decimal(9,2)>>>"))),
            Set.of("exact", "at"));
    private static final List<SchemaPolicy> POLICIES = List.of(
            SchemaPolicy.DEFAULT,
            new SchemaPolicy(SchemaPolicy.OnNewColumn.RESCUE, SchemaPolicy.OnMismatch.RESCUE),
            new SchemaPolicy(SchemaPolicy.OnNewColumn.FREEZE, SchemaPolicy.OnMismatch.QUARANTINE),
            new SchemaPolicy(SchemaPolicy.OnNewColumn.FREEZE, SchemaPolicy.OnMismatch.RESCUE));
    /// Those that JSON has none of: of CSV, of files that are no feed, and of containers.
    private static final Set<BadRowCode> OF_OTHER_FILES = EnumSet.of(
            BadRowCode.CSV_RAGGED_ROW,
            BadRowCode.CSV_QUOTING,
            BadRowCode.CSV_ENCODING,
            BadRowCode.NOT_A_FEED,
            BadRowCode.TRUNCATED_CONTAINER);
    private static final Reading JSON = new Reading(Reading.Kind.JSON, TextEncoding.UTF_8, null);
    private static final RowLimits LIMITS = new RowLimits(1_500, 12, 100, 300);
    private static final int ROWS_OF_A_FILE = 500;
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    @TempDir
    Path folder;

    private final long[] passed = new long[Oracle.Stage.values().length];
    private final Map<BadRowCode, Long> codes = new EnumMap<>(BadRowCode.class);
    private long inputs;
    private long good;

    /// A row of a file.
    private record Placed(long row, long line, long offset, byte[] bytes) {}

    @Test
    void whateverTheRowsAreEachIsInTheFileOrHandedOut() throws Exception {
        long first = Long.getLong("feedline.seed", 20261127);
        long wanted = Long.getLong("feedline.inputs", 150_000);
        for (long seed = first; inputs < wanted; seed++) {
            long of = seed;
            assertTimeoutPreemptively(LONGEST, () -> file(of), "the file of -Dfeedline.seed=" + seed + " hangs");
        }
        System.out.printf(
                "%,d inputs from seed %d on: passed %s; %,d in files; bad %s%n", inputs, first, stages(), good, codes);
        assertThat(passed).doesNotContain(0);
        assertThat(codes.keySet()).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(OF_OTHER_FILES)));
        assertThat(good + codes.values().stream().mapToLong(count -> count).sum())
                .isEqualTo(inputs);
    }

    private String stages() {
        var stages = new ArrayList<String>();
        for (var stage : Oracle.Stage.values()) {
            stages.add("%s %,d".formatted(stage, passed[stage.ordinal()]));
        }
        return String.join(", ", stages);
    }

    private void file(long seed) throws Exception {
        String shown = "-Dfeedline.seed=" + seed;
        var random = new Random(seed);
        var policy = POLICIES.get(random.nextInt(POLICIES.size()));
        var oracle = new Oracle(SCHEMA, policy, LIMITS);
        var lines = random.nextInt(4) > 0;
        var rows = new ArrayList<Placed>();
        byte[] input = lines ? lines(random, rows) : elements(random, rows);

        var expected = new ArrayList<>();
        var faults = new ArrayList<Set<BadRowCode>>();
        var bad = new ArrayList<Placed>();
        for (var row : rows) {
            var read = row.bytes == null
                    ? new Oracle.Row(Oracle.Stage.BYTES, EnumSet.of(BadRowCode.UNPARSED_TAIL), null)
                    : oracle.row(row.bytes);
            for (int stage = 0; stage <= read.stage().ordinal(); stage++) {
                passed[stage]++;
            }
            if (read.isGood()) {
                expected.add(read.values());
            } else {
                bad.add(row);
                faults.add(read.faults());
            }
        }
        var settings = new ConversionSettings(
                SCHEMA,
                policy,
                LIMITS,
                ParquetOptions.DEFAULT
                        .pageBytes(random.nextInt(6) == 0 ? 100 << random.nextInt(6) : 20_000)
                        .compression(Compression.values()[random.nextInt(3)]),
                30_000 << random.nextInt(5),
                1 + random.nextInt(3));
        var heard = new Heard();
        var out = new ByteArrayOutputStream();
        try (var conversion = new JsonToParquet(out, settings, heard)) {
            conversion.add(new ByteArrayInputStream(input), lines ? Reading.JSON_LINES : JSON);
        }
        assertThat(heard.rows).as(shown).isEqualTo(rows.size());
        assertThat(heard.bad).as(shown).hasSize(bad.size());
        for (int i = 0; i < bad.size(); i++) {
            assertTold(heard.bad.get(i), bad.get(i), faults.get(i), shown);
        }
        var file = Files.write(folder.resolve("fuzzed.parquet"), out.toByteArray());
        var found = ParquetJava.read(file, settings.columns()).stream()
                .map(oracle::read)
                .toList();
        assertThat(found).as(shown).isEqualTo(expected);
        inputs += rows.size();
        good += expected.size();
    }

    private void assertTold(BadRow told, Placed row, Set<BadRowCode> faults, String shown) {
        String of = shown + ": " + told;
        assertThat(told.row()).as(of).isEqualTo(row.row);
        assertThat(told.line()).as(of).isEqualTo(row.line);
        assertThat(told.offset()).as(of).isEqualTo(row.offset);
        assertThat(told.code()).as(of).isIn(faults);
        if (row.bytes != null) {
            assertThat(told.raw())
                    .as(of)
                    .isEqualTo(Arrays.copyOf(row.bytes, Math.min(row.bytes.length, LIMITS.maxRawBytes())));
        }
        codes.merge(told.code(), 1L, Long::sum);
    }

    private static JsonMaker maker(Random random) {
        return new JsonMaker(
                random.nextLong(),
                random.nextInt(8) == 0 ? JsonMaker.Nulls.NEVER : JsonMaker.Nulls.SOMETIMES,
                JsonMaker.KeyOrder.values()[random.nextInt(3)],
                random.nextInt(5) == 0 ? JsonMaker.Escapes.ALL : JsonMaker.Escapes.SOME,
                random.nextInt(5) == 0 ? JsonMaker.Range.EXTREME : JsonMaker.Range.ORDINARY,
                1 << random.nextInt(2, 16));
    }

    /// Lines; whatever damage does to line ends, the rows are told apart again by themselves.
    private static byte[] lines(Random random, List<Placed> rows) {
        var maker = maker(random);
        var damage = new JsonDamage(random, SCHEMA, LIMITS.maxSourceBytes());
        var input = new ByteArrayOutputStream();
        if (random.nextInt(4) == 0) {
            input.writeBytes(BYTE_ORDER_MARK);
        }
        for (int i = 0; i < ROWS_OF_A_FILE; i++) {
            input.writeBytes(damage.damaged(maker.row(SCHEMA)));
            input.writeBytes((random.nextInt(5) == 0 ? "\r\n" : "\n").getBytes(UTF_8));
        }
        input.writeBytes(random.nextBoolean() ? "{\"id\":1}".getBytes(UTF_8) : new byte[0]);
        byte[] bytes = input.toByteArray();
        int from = Arrays.equals(bytes, 0, 3, BYTE_ORDER_MARK, 0, 3) ? 3 : 0;
        for (long line = 1; from < bytes.length; line++) {
            int end = from;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            int to = end < bytes.length && end > from && bytes[end - 1] == '\r' ? end - 1 : end;
            byte[] row = Arrays.copyOfRange(bytes, from, to);
            if (!new String(row, ISO_8859_1).matches("[ \\t\\r]*+")) {
                rows.add(new Placed(rows.size() + 1, line, from, row));
            }
            from = end + 1;
        }
        return bytes;
    }

    /// The elements of an array, or values one after another: those that are JSON, whatever else is wrong
    /// with them. Sometimes the last one never ends.
    private static byte[] elements(Random random, List<Placed> rows) {
        var maker = maker(random);
        var damage = new JsonDamage(random, SCHEMA, LIMITS.maxSourceBytes());
        var input = new ByteArrayOutputStream();
        boolean isArray = random.nextBoolean();
        input.writeBytes((isArray ? "\n [" : "").getBytes(UTF_8));
        long line = isArray ? 2 : 1;
        for (int i = 0; i < ROWS_OF_A_FILE; i++) {
            String row = new String(damage.damaged(maker.row(SCHEMA)), UTF_8).strip();
            if (!isElement(row, isArray)) {
                continue;
            }
            String before = (isArray && !rows.isEmpty() ? "," : "") + (random.nextBoolean() ? "\n" : " ");
            input.writeBytes(before.getBytes(UTF_8));
            line += before.endsWith("\n") ? 1 : 0;
            byte[] bytes = row.getBytes(UTF_8);
            rows.add(new Placed(rows.size() + 1, line, input.size(), bytes));
            input.writeBytes(bytes);
            line += row.chars().filter(c -> c == '\n').count();
        }
        if (random.nextBoolean()) {
            input.writeBytes((isArray ? "," : "").getBytes(UTF_8));
            rows.add(new Placed(rows.size() + 1, line, input.size(), null));
            input.writeBytes("{\"id\":1,\"größe\":\"never closed".getBytes(UTF_8));
        } else if (isArray) {
            input.writeBytes("]".getBytes(UTF_8));
        }
        return input.toByteArray();
    }

    private static boolean isElement(String row, boolean isArray) {
        try {
            var value = Json.parse(row).value();
            return isArray || !(value instanceof Json.Elements); // which would be an array of rows
        } catch (JacksonException e) {
            return false;
        }
    }

    private static final class Heard implements JsonToParquet.Watch {
        private final List<BadRow> bad = new ArrayList<>();
        private long rows;

        @Override
        public void bad(int input, BadRow row) {
            bad.add(row);
        }

        @Override
        public void written(long more, long bytes) {
            rows += more;
        }
    }
}
