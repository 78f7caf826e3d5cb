package dev.feedline.rows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Rows damaged at random. Whatever a row is, it gets a verdict; and a good one is the same row all the
/// way.
class AnyBytesTest {
    private static final String FILE_ID = "0123456789abcdef01234567";
    private static final List<String> SEEDS = List.of(
            "{\"id\":9007199254740993,\"amount\":1.10,\"ok\":true,\"at\":\"2026-11-22T10:00:00Z\",\"note\":null}",
            "{\"o\":{\"a\":[1,{\"b\":\"\\ud834\\udd1e\"}],\"c\":\"é€😀\"},\"l\":[[],[1.5e3,-0]]}",
            " { \"id\" : \"007\" , \"new\" : { \"x\" : [ ] } } ",
            "{}");
    private static final String SPICE = "{}[]\",:\\u0e+-.1tfn \t\r\u0001\u007f";
    private static final Schema SCHEMA = new Schema(List.of(
            new Column("id", new Type.Int64()),
            new Column("amount", new Type.Decimal(12, 2)),
            new Column("ok", new Type.Bool()),
            new Column("at", new Type.Timestamp()),
            new Column("o", Type.parse("struct<a:array<string>,c:string>")),
            new Column("l", Type.parse("array<array<double>>"))));

    @Test
    void everyRowGetsAVerdictAndAGoodOneSurvivesItsMark() {
        RowReader strict = new RowReader(SCHEMA, SchemaPolicy.DEFAULT, RowLimits.DEFAULT);
        RowReader lenient = new RowReader(
                SCHEMA,
                new SchemaPolicy(SchemaPolicy.OnNewColumn.RESCUE, SchemaPolicy.OnMismatch.RESCUE),
                RowLimits.DEFAULT);
        Inference inference = new Inference(RowLimits.DEFAULT);
        long seed = 20261123;
        Random random = new Random(seed);
        int good = 0;
        for (int i = 0; i < 15_000; i++) {
            byte[] row = damaged(random);
            String shown = "row " + i + " of seed " + seed + ": " + new String(row, UTF_8);
            inference.add(row);
            good += checked(strict, row, shown) ? 1 : 0;
            if (lenient.read(row) instanceof Verdict.Good read && read.rescued() != null) {
                assertThat(isGood(read.rescued())).as(shown).isTrue();
            }
        }
        assertThat(good).isBetween(1_500, 13_500);
        assertThat(SchemaJson.read(SchemaJson.write(inference.merge(SCHEMA, SchemaPolicy.OnNewColumn.ADD))))
                .isEqualTo(inference.merge(SCHEMA, SchemaPolicy.OnNewColumn.ADD));
    }

    private static boolean checked(RowReader reader, byte[] row, String shown) {
        Verdict verdict = reader.read(row);
        if (verdict instanceof Verdict.Bad bad) {
            assertThat(bad.offset()).as(shown).isBetween(0, row.length);
            return false;
        }
        Verdict.Good good = (Verdict.Good) verdict;
        byte[] marked = Mark.splice(row, FILE_ID, 1, 2);
        assertThat(Mark.parse(marked).orElseThrow().original()).as(shown).isEqualTo(Mark.asSent(row));
        Verdict.Good again = (Verdict.Good) reader.readMarked(marked, 0, marked.length);
        assertThat(Arrays.deepEquals(again.values(), good.values())).as(shown).isTrue();
        assertThat(again.rescued()).as(shown).isEqualTo(good.rescued());
        return true;
    }

    /// What is rescued must itself be a row.
    private static boolean isGood(String json) {
        return new RowReader(Schema.EMPTY, SchemaPolicy.DEFAULT, RowLimits.DEFAULT).read(json.getBytes(UTF_8))
                instanceof Verdict.Good;
    }

    private static byte[] damaged(Random random) {
        byte[] row = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(UTF_8);
        int wounds = random.nextInt(4);
        for (int i = 0; i < wounds; i++) {
            int at = random.nextInt(row.length);
            int kind = random.nextInt(4);
            if (kind == 0) {
                row[at] = (byte) random.nextInt(256);
            } else if (kind == 1) {
                row[at] = (byte) SPICE.charAt(random.nextInt(SPICE.length()));
            } else if (kind == 2) {
                row = Arrays.copyOf(row, Math.max(1, at));
            } else {
                byte[] longer = Arrays.copyOf(row, row.length + 1);
                System.arraycopy(row, at, longer, at + 1, row.length - at);
                longer[at] = (byte) SPICE.charAt(random.nextInt(SPICE.length()));
                row = longer;
            }
        }
        return row;
    }
}
