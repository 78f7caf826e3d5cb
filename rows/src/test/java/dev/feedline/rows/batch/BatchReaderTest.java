package dev.feedline.rows.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.rows.BadRowCode;
import dev.feedline.rows.CellForm;
import dev.feedline.rows.Column;
import dev.feedline.rows.Mark;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.RowReader;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.Type;
import dev.feedline.rows.Verdict;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read straight into columns is what the row reader reads, value for value, and what it
/// refuses is refused alike.
class BatchReaderTest {
    private static final String FILE_ID = "0123456789abcdef01234567";
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
                    new Column("a name of more than sixteen bytes", new Type.Text()),
                    new Column("größe", new Type.Text()),
                    new Column("o", Type.parse("struct<a:array<string>,c:string,d:struct<e:bigint,f:array<boolean>>>")),
                    new Column("l", Type.parse("array<array<double>>")),
                    new Column("m", Type.parse("array<struct<x:bigint,y:array<struct<z:string>>>>"))),
            Set.of("exact", "at"));
    private static final List<String> SEEDS = List.of(
            "{\"id\":9007199254740993,\"amount\":1.10,\"wide\":-12345678.0000000001,\"ratio\":0.1,\"exact\":12,\"ok\":true,"
                    + "\"day\":\"2026-02-28\",\"at\":\"2026-11-22T10:00:00.123456Z\",\"local\":\"2026-11-22 10:00:00\","
                    + "\"a name of more than sixteen bytes\":\"plain\",\"größe\":\"é€😀 und mehr\"}",
            "{\"local\":\"1969-12-31T23:59:59.9999990+01:30\",\"id\":-0,\"ok\":false,\"ratio\":-1.5e-300,\"exact\":0.5,\"wide\":1e3}",
            "{\"o\":{\"a\":[\"\",null,\"\\ud834\\udd1e\\n\\\"\"],\"c\":\"\\u00e9\\/\",\"d\":{\"f\":[true,null],\"e\":7}},\"l\":[[],[1.5e3,-0],null]}",
            "{\"m\":[{\"x\":1,\"y\":[{\"z\":\"a\"},{},null]},null,{\"y\":[]},{\"x\":null}],\"l\":[],\"o\":null}",
            "{\"id\":99999999999999999999,\"amount\":12345678901}",
            "{\"id\":1,\"_FL\":\"mine\",\"id\":2}",
            "{\"x\":[[[[[[[[[[[1]]]]]]]]]]],\"amount\":\"1\"}",
            "[{\"id\":1}]",
            "{\"größe\":\"" + "long ".repeat(120) + "\"}",
            " { \"id\" : 7 , \"new\" : { \"x\" : [ ] } , \"m\" : [ { \"y\" : [ { \"z\" : \"t\" } ] } ] } ",
            "{}");
    /// The codes that a row of JSON can have under this policy.
    private static final Set<BadRowCode> CODES = EnumSet.of(
            BadRowCode.JSON_SYNTAX,
            BadRowCode.JSON_ENCODING,
            BadRowCode.JSON_TOO_DEEP,
            BadRowCode.JSON_DUPLICATE_KEY,
            BadRowCode.ROW_NOT_AN_OBJECT,
            BadRowCode.ROW_TOO_LONG,
            BadRowCode.RESERVED_KEY,
            BadRowCode.TYPE_MISMATCH,
            BadRowCode.NUMBER_RANGE);

    private static final RowLimits LIMITS = new RowLimits(600, 12, 100, 100);
    private static final int MOST_ROWS = 1_000;
    private static final String SPICE = "{}[]\",:\\u0e+-.1tfn \t\r\u0001\u007f";

    @Test
    void whateverARowIsBothReadersSayTheSame() {
        long seed = Long.getLong("feedline.seed", 20261126);
        Random random = new Random(seed);
        Pair strict = new Pair(SchemaPolicy.DEFAULT);
        Pair lenient = new Pair(new SchemaPolicy(SchemaPolicy.OnNewColumn.RESCUE, SchemaPolicy.OnMismatch.RESCUE));
        int inputs = Integer.getInteger("feedline.inputs", 40_000);
        for (int i = 0; i < inputs; i++) {
            byte[] row = damaged(random);
            String shown = "row " + i + " of seed " + seed + ": " + new String(row, UTF_8);
            strict.read(row, shown);
            lenient.read(row, shown);
        }
        strict.requireEqual();
        lenient.requireEqual();
        System.out.printf(
                "%,d inputs, seed %d: %,d good, %,d of them read straight into columns, bad %s%n",
                inputs, seed, strict.good, strict.plain, strict.codes);
        assertThat(strict.plain).isBetween(inputs / 10, inputs / 10 * 9);
        assertThat(strict.good).isGreaterThan(strict.plain);
        assertThat(strict.codes.keySet()).isEqualTo(CODES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":1}",
                "{\"id\":-999999999999999999,\"amount\":-9999999999.99,\"wide\":9999999999999999.99,\"exact\":999999999999999}",
                "{\"amount\":1e2,\"wide\":12e-3,\"ratio\":123456789012345678,\"exact\":-0}",
                "{\"ratio\":-0.0,\"wide\":-0,\"amount\":0.00}",
                "{\"ratio\":1e22,\"id\":null,\"day\":\"0000-01-01\",\"at\":\"9999-12-31T23:59:59.999999Z\"}",
                "{\"day\":\"2024-02-29\",\"local\":\"2024-02-29t00:00:00\",\"at\":\"2024-02-29T00:00:00-00:00\"}",
                "{\"größe\":\"\\b\\f\\n\\r\\t\\\\\\\"\\/\\u0000\\u007f\\u07ff\\u0800\\uffff\\ud800\\udc00\"}",
                "{\t\"id\" :\r1 ,\n\"ok\": true }",
                "{\"o\":{},\"l\":[[],[null]],\"m\":[]}",
                "{\"o\":{\"d\":null,\"a\":null,\"c\":null}}",
                "{\"größe\":-0.50e+7,\"a name of more than sixteen bytes\":true,\"o\":{\"c\":false,\"a\":[1,2.0,null]}}",
                "{\"m\":[{\"y\":null},{\"y\":[null]}],\"l\":[null]}",
            })
    void aRowInUsualFormTakesTheShortWay(String row) {
        Pair pair = new Pair(SchemaPolicy.DEFAULT);
        pair.read(row.getBytes(UTF_8), row);
        pair.requireEqual();
        assertThat(pair.good).isEqualTo(1);
        assertThat(pair.plain).as("read straight into the columns").isEqualTo(1);
    }

    @Test
    void aNameThatHasToBeEscapedIsOnlyReadWhenItIs() {
        Schema schema = new Schema(List.of(new Column("a\"b", new Type.Int64()), new Column("c\n", new Type.Int64())));
        RowBatch batch = new RowBatch(schema);
        BatchReader reader = new BatchReader(schema, SchemaPolicy.DEFAULT, LIMITS, CellForm.JSON, batch, 0);
        for (String bad : List.of("{\"a\"b\":1}", "{\"c\n\":1}")) {
            byte[] row = bad.getBytes(UTF_8);
            assertThat(reader.add(row, 0, row.length)).as(bad).isNotNull();
        }
        byte[] good = "{\"a\\\"b\":1,\"c\\n\":2}".getBytes(UTF_8);
        assertThat(reader.add(good, 0, good.length)).isNull();
        assertThat(batch.leaf(0).values()[0]).isEqualTo(1);
        assertThat(batch.leaf(1).values()[0]).isEqualTo(2);
    }

    /// A batch that the reader under test fills, and one from the values of the row reader.
    private static final class Pair {
        private final byte[] text = new byte[2 << 20];
        private int textEnd;
        private final RowBatch lines = new RowBatch(SCHEMA);
        private final BatchReader lineReader;
        private final RowBatch read = new RowBatch(SCHEMA);
        private final RowBatch expected = new RowBatch(SCHEMA);
        private final BatchReader reader;
        private final BatchReader appender;
        private final RowReader judge;
        private final Map<BadRowCode, Long> codes = new EnumMap<>(BadRowCode.class);
        private int good;
        private int plain;

        Pair(SchemaPolicy policy) {
            reader = new BatchReader(SCHEMA, policy, LIMITS, CellForm.JSON, read, 0);
            appender = new BatchReader(SCHEMA, policy, LIMITS, CellForm.JSON, expected, 0);
            lineReader = new BatchReader(SCHEMA, policy, LIMITS, CellForm.JSON, lines, 0);
            lines.lieOver(text, text.length / 2);
            judge = new RowReader(SCHEMA, policy, LIMITS);
        }

        void read(byte[] row, String shown) {
            boolean marked = good % 2 == 1;
            Verdict verdict = judge.read(row);
            Verdict found;
            if (marked && verdict instanceof Verdict.Good) {
                byte[] line = Mark.splice(row, FILE_ID, 1, 2);
                found = reader.addMarked(Mark.parse(line).orElseThrow());
            } else {
                found = reader.add(row, 0, row.length);
            }
            if (verdict instanceof Verdict.Good values) {
                assertThat(found).as(shown).isNull();
                assertThat(reader.rescued()).as(shown).isEqualTo(values.rescued());
                appender.append(values);
                good++;
                plain += reader.wasPlain() ? 1 : 0;
            } else {
                assertThat(found).as(shown).isEqualTo(verdict);
                codes.merge(((Verdict.Bad) verdict).code(), 1L, Long::sum);
            }
            readLine(row, verdict, shown);
            assertThat(read.rows()).as(shown).isEqualTo(expected.rows());
            assertThat(lines.rows()).as(shown).isEqualTo(expected.rows());
            if (read.rows() == MOST_ROWS) {
                requireEqual();
                read.clear();
                expected.clear();
                lines.clear();
                textEnd = 0;
            }
        }

        /// Reads the row where it lies, as a line, with another one behind it or none.
        private void readLine(byte[] row, Verdict verdict, String shown) {
            if (textEnd + row.length + LIMITS.maxRowBytes() > text.length / 2) {
                throw new IllegalStateException("no room for " + row.length + " bytes");
            }
            int from = textEnd;
            System.arraycopy(row, 0, text, from, row.length);
            int to = from + row.length;
            text[to] = (byte) (good % 2 == 0 ? '\n' : 0);
            System.arraycopy(FILE_ID.getBytes(UTF_8), 0, text, to + 1, FILE_ID.length());
            boolean isOneLine = new String(row, UTF_8).indexOf('\n') < 0;
            int end = isOneLine ? lineReader.addLine(from, to) : -1;
            if (end < 0) {
                end = to;
                Verdict.Bad found = lineReader.judge(text, from, to);
                assertThat(found).as(shown).isEqualTo(verdict instanceof Verdict.Bad ? verdict : null);
            }
            assertThat(end).as(shown).isEqualTo(to);
            if (lines.rows() == expected.rows()) {
                textEnd = to + 1;
            }
        }

        void requireEqual() {
            assertThat(texts(read)).isEqualTo(texts(expected));
            assertThat(texts(lines)).isEqualTo(texts(expected));
        }
    }

    /// Every leaf as text.
    private static List<String> texts(RowBatch batch) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < batch.leafCount(); i++) {
            LeafValues leaf = batch.leaf(i);
            texts.add(leaf.type().glue()
                    + Arrays.toString(Arrays.copyOf(leaf.definitions(), leaf.entries()))
                    + (leaf.maxRepetition() == 0
                            ? ""
                            : Arrays.toString(Arrays.copyOf(leaf.repetitions(), leaf.entries())))
                    + values(leaf, batch));
        }
        return texts;
    }

    private static List<String> values(LeafValues leaf, RowBatch batch) {
        List<String> values = new ArrayList<>();
        boolean isWide = leaf.type() instanceof Type.Decimal decimal && decimal.precision() > 18;
        for (int i = 0; i < leaf.count(); i++) {
            long value = leaf.values()[i];
            if (leaf.type() instanceof Type.Text) {
                values.add(
                        new String(batch.data(), LeafValues.sliceStart(value), LeafValues.sliceLength(value), UTF_8));
            } else if (isWide && LeafValues.isWide(value)) {
                int start = LeafValues.wideStart(value);
                values.add(new BigInteger(Arrays.copyOfRange(batch.data(), start, start + LeafValues.WIDE_BYTES))
                        .toString());
            } else {
                values.add(Long.toString(value));
            }
        }
        return values;
    }

    private static byte[] damaged(Random random) {
        byte[] row = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(UTF_8);
        int wounds = random.nextInt(4);
        for (int i = 0; i < wounds; i++) {
            int at = random.nextInt(row.length);
            switch (random.nextInt(5)) {
                case 0 -> row[at] = (byte) random.nextInt(256);
                case 1 -> row[at] = (byte) SPICE.charAt(random.nextInt(SPICE.length()));
                case 2 -> row = Arrays.copyOf(row, Math.max(1, at));
                case 3 -> row[at] = (byte) (row[at] >= '0' && row[at] <= '9' ? '0' + random.nextInt(10) : row[at]);
                default -> {
                    byte[] longer = Arrays.copyOf(row, row.length + 1);
                    System.arraycopy(row, at, longer, at + 1, row.length - at);
                    longer[at] = (byte) SPICE.charAt(random.nextInt(SPICE.length()));
                    row = longer;
                }
            }
        }
        return row;
    }
}
