package dev.feedline.rows.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.rows.Inference;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is inferred by looking at few rows is what all rows say.
class QuickInferenceTest {
    private static final List<String> NAMES = List.of("a", "b", "größe", "A", "C1", "nested", "list", "x");
    /// Values of a kind stand together; a column mostly has those of one.
    private static final List<List<String>> VALUES = List.of(
            List.of("1", "-7", "123456789012345678", "null"),
            List.of("9223372036854775808", "1e3", "12"),
            List.of("1.10", "2.5", "-0.00", "7"),
            List.of("1e-30", "1e300", "0.12345678901234567890123456789012345678", "123456789012345678"),
            List.of("1606938044258990275541962092341162602522202993782792835301376", "0.5", "3"),
            List.of("\"2026-11-22\"", "\"1999-12-31\""),
            List.of("\"2026-11-22T10:00:00Z\"", "\"2026-11-22T10:00:00.123456-05:00\""),
            List.of("\"text\"", "\"\"", "\"2026-02-30\"", "\"\\u00e9\""),
            List.of("true", "false"),
            List.of("{}", "{\"p\":1}", "{\"p\":null,\"q\":[]}", "{\"q\":[\"s\"]}", "{\"r\":{}}"),
            List.of("[]", "[null]", "[1]", "[[2.5]]", "[{\"z\":true}]"),
            List.of("[]", "null"),
            List.of("{}", "null"),
            List.of("not json"));

    @Test
    void itSaysWhatAllRowsSay() {
        long seed = Long.getLong("feedline.seed", 20261127);
        Random random = new Random(seed);
        int sure = 0;
        int tables = Integer.getInteger("feedline.tables", 300);
        for (int table = 0; table < tables; table++) {
            List<String> rows = rows(random, 700 + random.nextInt(1200));
            QuickInference quick = inferred(rows, false);
            String shown = "table " + table + " of seed " + seed;
            if (quick.isSure()) {
                sure++;
                assertThat(columns(quick)).as(shown).isEqualTo(columns(rows));
            }
            QuickInference exact = inferred(rows, true);
            assertThat(exact.isSure()).as(shown).isTrue();
            assertThat(columns(exact)).as(shown).isEqualTo(columns(rows));
        }
        assertThat(sure).as("tables of which it is sure").isBetween(tables / 2, tables - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1.5,\"b\":null}",
                "{\"a\":\"x\",\"l\":[],\"o\":{}}",
                "{\"o\":{\"l\":[null],\"p\":[[]]},\"a\":true}"
            })
    void rowsLikeThoseBeforeAreNotLookedAt(String row) {
        Inference counted = new Inference(RowLimits.DEFAULT);
        QuickInference quick = new QuickInference(RowLimits.DEFAULT, false);
        byte[] bytes = (row + "\n").getBytes(UTF_8);
        for (int i = 0; i < 300; i++) {
            quick.add(row.getBytes(UTF_8));
            counted.add(row.getBytes(UTF_8));
        }
        byte[] lines = new byte[1000];
        System.arraycopy(bytes, 0, lines, 0, bytes.length);
        quick.lieOver(lines, 500);
        assertThat(quick.addLine(0, bytes.length)).isEqualTo(row.length());
        assertThat(quick.isSure()).isTrue();
        assertThat(columns(quick)).isEqualTo(counted.merge(Schema.EMPTY, SchemaPolicy.OnNewColumn.ADD));
    }

    @Test
    void numbersThatWerePassedOverAreMissedWhenTheColumnNeedsThem() {
        QuickInference quick = new QuickInference(RowLimits.DEFAULT, false);
        for (int i = 0; i < 1000; i++) {
            quick.add(("{\"a\":" + (i < 300 ? 1 : 123456789012345678L) + "}").getBytes(UTF_8));
        }
        assertThat(quick.isSure()).isTrue();
        quick.add("{\"a\":1e-30}".getBytes(UTF_8));
        assertThat(quick.isSure()).isFalse();
    }

    private static QuickInference inferred(List<String> rows, boolean exactly) {
        QuickInference inference = new QuickInference(RowLimits.DEFAULT, exactly);
        rows.forEach(row -> inference.add(row.getBytes(UTF_8)));
        return inference;
    }

    private static Schema columns(QuickInference inference) {
        return inference.merge(Schema.EMPTY, SchemaPolicy.OnNewColumn.ADD);
    }

    private static Schema columns(List<String> rows) {
        Inference inference = new Inference(RowLimits.DEFAULT);
        rows.forEach(row -> inference.add(row.getBytes(UTF_8)));
        return inference.merge(Schema.EMPTY, SchemaPolicy.OnNewColumn.ADD);
    }

    /// Rows whose keys change their kind of value now and then.
    private static List<String> rows(Random random, int count) {
        int[] kinds = random.ints(NAMES.size(), 0, VALUES.size() - 1).toArray();
        return random.ints(count, 0, 1000)
                .mapToObj(chance -> {
                    if (chance < 3) {
                        kinds[random.nextInt(kinds.length)] = random.nextInt(VALUES.size());
                    }
                    return row(random, kinds);
                })
                .toList();
    }

    private static String row(Random random, int[] kinds) {
        StringBuilder row = new StringBuilder("{");
        for (int i = 0; i < kinds.length; i++) {
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
}
