package dev.feedline.rows.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.rows.CellForm;
import dev.feedline.rows.Column;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What rows become in a batch, held against levels and values that are written down beside each row.
class CellsTest {
    private static final Type LONG = new Type.Int64();
    private static final Schema SCHEMA = new Schema(List.of(
            new Column("a", LONG),
            new Column("s", new Type.Struct(List.of(new Column("b", LONG), new Column("c", LONG)))),
            new Column("l", new Type.ListOf(LONG))));

    private final RowBatch batch = new RowBatch(SCHEMA);
    private final BatchReader reader =
            new BatchReader(SCHEMA, SchemaPolicy.DEFAULT, new RowLimits(1 << 16, 8, 100, 100), CellForm.JSON, batch, 0);
    private final List<Expected> expected = List.of(new Expected(), new Expected(), new Expected(), new Expected());
    private final Random random = new Random(7);

    /// A leaf's entries.
    private static final class Expected {
        final List<Byte> definitions = new ArrayList<>();
        final List<Long> values = new ArrayList<>();

        void value(int definition, long value) {
            absent(definition);
            values.add(value);
        }

        void absent(int definition) {
            definitions.add((byte) definition);
        }
    }

    /// @param percentPresent how many of the values are there
    @ParameterizedTest
    @ValueSource(ints = {0, 5, 50, 95, 100})
    void theLeavesHaveWhatTheRowsHad(int percentPresent) {
        for (int clearing = 0; clearing < 3; clearing++) {
            for (int row = 0; row < 1 + random.nextInt(300); row++) {
                add(percentPresent);
                if (random.nextInt(8) == 0) {
                    addOneThatIsBad();
                }
                if (random.nextInt(16) == 0) {
                    requireExpected(); // what comes behind is put behind what was handed out
                }
            }
            requireExpected();
            batch.clear();
            expected.forEach(leaf -> {
                leaf.definitions.clear();
                leaf.values.clear();
            });
            requireExpected();
        }
    }

    @Test
    void aBatchOfManyColumnsIsFullBeforeItsRowsAreMuch() {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            columns.add(new Column("c" + i, LONG));
        }
        RowBatch wide = new RowBatch(new Schema(columns));
        BatchReader reader =
                new BatchReader(new Schema(columns), SchemaPolicy.DEFAULT, RowLimits.DEFAULT, CellForm.JSON, wide, 0);
        byte[] row = "{\"c7\":1}".getBytes(UTF_8);
        while (!wide.isFull()) {
            assertThat(reader.add(row, 0, row.length)).isNull();
        }
        assertThat(wide.rows()).isEqualTo(105);
        assertThat(wide.leaf(7).count()).isEqualTo(105);
        assertThat(wide.leaf(8).count()).isZero();
        assertThat(wide.leaf(8).definitions()).hasSizeGreaterThanOrEqualTo(105).containsOnly(0);
    }

    private void add(int percentPresent) {
        List<String> members = new ArrayList<>();
        if (isPresent(percentPresent)) {
            members.add("\"a\":" + value(0, 1));
        } else {
            expected.get(0).absent(0);
            addNullOrNothing(members, "a");
        }
        if (isPresent(percentPresent)) {
            List<String> fields = new ArrayList<>();
            for (int leaf = 1; leaf <= 2; leaf++) {
                String name = leaf == 1 ? "b" : "c";
                if (isPresent(percentPresent)) {
                    fields.add('"' + name + "\":" + value(leaf, 2));
                } else {
                    expected.get(leaf).absent(1);
                    addNullOrNothing(fields, name);
                }
            }
            members.add("\"s\":{" + String.join(",", fields) + "}");
        } else {
            expected.get(1).absent(0);
            expected.get(2).absent(0);
            addNullOrNothing(members, "s");
        }
        members.add("\"l\":[" + value(3, 3) + "]");
        byte[] row = ("{" + String.join(",", members) + "}").getBytes(UTF_8);
        assertThat(reader.add(row, 0, row.length)).isNull();
    }

    private void addOneThatIsBad() {
        byte[] row = "{\"a\":1,\"s\":{\"b\":2},\"l\":[3,4],\"a\":2}".getBytes(UTF_8);
        assertThat(reader.add(row, 0, row.length)).isNotNull();
    }

    private void addNullOrNothing(List<String> members, String name) {
        if (random.nextBoolean()) {
            members.add('"' + name + "\":null");
        }
    }

    private boolean isPresent(int percent) {
        return random.nextInt(100) < percent;
    }

    private long value(int leaf, int definition) {
        long value = random.nextInt(1000);
        expected.get(leaf).value(definition, value);
        return value;
    }

    private void requireExpected() {
        for (int i = 0; i < batch.leafCount(); i++) {
            LeafValues leaf = batch.leaf(i);
            assertThat(leaf.count()).isEqualTo(expected.get(i).values.size());
            assertThat(leaf.isEmpty()).isEqualTo(leaf.count() == 0);
            assertThat(Arrays.copyOf(leaf.values(), leaf.count()))
                    .containsExactly(expected.get(i).values.toArray(Long[]::new));
            assertThat(Arrays.copyOf(leaf.definitions(), leaf.entries()))
                    .containsExactly(expected.get(i).definitions.toArray(Byte[]::new));
        }
    }
}
