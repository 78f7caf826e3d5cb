package dev.feedline.rows;

import static dev.feedline.rows.SchemaPolicy.OnNewColumn.ADD;
import static dev.feedline.rows.SchemaPolicy.OnNewColumn.FREEZE;
import static dev.feedline.rows.SchemaPolicy.OnNewColumn.RESCUE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InferenceTest {
    /// The values of one key, one row each, and the type they need; empty where they leave it
    /// undecided.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            1                                             | bigint
            0 -0                                          | bigint
            9007199254740993                              | bigint
            9223372036854775807 -9223372036854775808      | bigint
            1e3                                           | bigint
            9223372036854775808                           | decimal(38,0)
            18446744073709551616 1                        | decimal(38,0)
            1.10                                          | decimal(38,2)
            1.0                                           | decimal(38,1)
            -0.00                                         | decimal(38,2)
            1.10 7 2.125                                  | decimal(38,3)
            1.5e-3                                        | decimal(38,4)
            12345678901234567.123456789012345678          | decimal(38,18)
            9223372036854775807 0.5                       | decimal(38,1)
            0.12345678901234567890123456789012345678      | decimal(38,38)
            0.12345678901234567890123456789012345678 1    | string
            123456789012345678901 0.123456789012345678    | string
            1.00000000000000000000000000000000000000000   | bigint
            1.50000000000000000000000000000000000000000   | decimal(38,1)
            1606938044258990275541962092341162602522202993782792835301376 0.5 | double
            1e39                                          | string
            1e-40                                         | string
            1e400                                         | string
            1e400 1                                       | string
            1e999999999                                   | string
            true false                                    | boolean
            "007"                                         | string
            "007" 7                                       | string
            "" "2026-11-22"                               | string
            true 1                                        | string
            "a" [1]                                       | string
            1 {}                                          | string
            [] {}                                         | string
            "2026-11-22" "1999-12-31"                     | date
            "2026-11-22" "2026-02-30"                     | string
            "2026-11-22T10:00:00Z"                        | timestamp
            "2026-11-22T10:00:00.123456-05:00"            | timestamp
            "2026-11-22T10:00:00"                         | string
            "2026-11-22T10:00:00Z" "2026-11-22T10:00:00"  | string
            "2026-11-22T10:00:00.1234567Z"                | string
            "2026-11-22_10:00:00Z"                        | string
            "2026-11-22" "2026-11-22T10:00:00Z"           | string
            {"a":1} {"b":"x"}                             | struct<a:bigint,b:string>
            {"a":1} {"a":"x"}                             | struct<a:string>
            {"a":1,"A":2}                                 | struct<a:bigint>
            {"a":null,"b":{},"c":[],"":1}                 |
            {"a":null,"b":2}                              | struct<b:bigint>
            {"_ROW":1}                                    | struct<_ROW:bigint>
            [1] [2.5]                                     | array<decimal(38,1)>
            [1,"x"]                                       | array<string>
            [[],[true]]                                   | array<array<boolean>>
            [{"a":1},{"b":[1]}]                           | array<struct<a:bigint,b:array<bigint>>>
            null                                          |
            null 1                                        | bigint
            []                                            |
            [null]                                        |
            {}                                            |
            [] [1]                                        | array<bigint>
            """)
    void theTypeIsTheNarrowestThatHoldsEveryValueExactly(String values, String type) {
        List<String> rows = new ArrayList<>();
        for (String value : values.split(" ", -1)) {
            rows.add("{\"v\":" + value.replace('_', value.contains("ROW") ? '_' : ' ') + "}");
        }
        Schema expected =
                type == null ? Schema.EMPTY : new Schema(List.of(new Column("v", Type.parse(type))), Set.of("v"));
        assertThat(infer(rows)).isEqualTo(expected);
        Collections.reverse(rows);
        assertThat(sorted(infer(rows).columns())).isEqualTo(sorted(expected.columns()));
    }

    @Test
    void columnsStandInTheOrderTheirFirstValuesCome() {
        assertThat(infer(List.of("{\"b\":1,\"late\":null}", "{\"a\":1,\"b\":2}", "{\"late\":1,\"c\":1}"))
                        .columns())
                .extracting(Column::name)
                .containsExactly("b", "a", "late", "c");
    }

    @Test
    void aKeyThatDiffersOnlyInCaseIsNoColumn() {
        Schema schema =
                infer(List.of("{\"id\":1,\"ID\":\"x\",\"_row\":1,\"_Rescued\":1}", "{\"Id\":2,\"é\":1,\"É\":2}"));
        assertThat(schema.columns()).extracting(Column::name).containsExactly("id", "é");
    }

    @Test
    void aKeyThatIsOnlyNullDoesNotTakeTheNameFromItsTwin() {
        assertThat(infer(List.of("{\"ID\":null,\"id\":1}")).columns())
                .extracting(Column::name)
                .containsExactly("id");
    }

    @Test
    void keysThatNoWarehouseCouldNameAreNoColumns() {
        String longest = "k".repeat(255);
        assertThat(infer(List.of("{\"\":1,\"a\\u0000b\":1,\"" + longest + "x\":1,\"" + longest + "\":1}"))
                        .columns())
                .extracting(Column::name)
                .containsExactly(longest);
    }

    @Test
    void rowsThatAreBadInAnySchemaAddNothing() {
        assertThat(infer(List.of(
                        "{\"a\":1,\"b\":",
                        "{\"c\":1,\"c\":1}",
                        "{\"d\":{\"x\":1,\"x\":1}}",
                        "{\"_FL\":\"x\",\"e\":1}",
                        "{\"f\":1,\"_FL\":\"x\"}",
                        "[{\"g\":1}]",
                        "{\"h\":1}{}",
                        "{\"i\":\"\\ud800\"}",
                        "{\"j\":" + "[".repeat(200) + "]".repeat(200) + "}",
                        "{\"k\":\"" + "x".repeat(900 * 1024) + "\"}",
                        "{\"good\":1}")))
                .isEqualTo(new Schema(List.of(new Column("good", new Type.Int64())), Set.of("good")));
    }

    @Test
    void typesAreStickyAndOnlyNewColumnsAreAdded() {
        Schema declared = new Schema(List.of(new Column("a", new Type.Int64()), new Column("b", new Type.Text())));
        Inference inference = inference(List.of("{\"a\":\"x\",\"b\":1,\"A\":1,\"c\":1.5,\"B\":2}"));
        assertThat(inference.merge(declared, ADD))
                .isEqualTo(new Schema(
                        List.of(
                                new Column("a", new Type.Int64()),
                                new Column("b", new Type.Text()),
                                new Column("c", new Type.Decimal(38, 1))),
                        Set.of("c")));
    }

    @Test
    void structsGainFieldsAtAnyDepth() {
        Schema existing = new Schema(
                List.of(
                        new Column("s", Type.parse("struct<a:bigint,t:struct<x:bigint>>")),
                        new Column("l", Type.parse("array<struct<a:bigint>>"))),
                Set.of("l"));
        Inference inference = inference(List.of(
                "{\"s\":{\"a\":\"changed\",\"A\":1,\"t\":{\"y\":true},\"b\":2}}",
                "{\"l\":[{\"a\":1},{\"c\":[1.5]}],\"s\":\"no struct\"}"));
        assertThat(inference.merge(existing, ADD))
                .isEqualTo(new Schema(
                        List.of(
                                new Column("s", Type.parse("struct<a:bigint,t:struct<x:bigint,y:boolean>,b:bigint>")),
                                new Column("l", Type.parse("array<struct<a:bigint,c:array<decimal(38,1)>>>"))),
                        Set.of("l")));
    }

    @Test
    void aSchemaThatMayNotGrowStaysButForItsFirstChunk() {
        Schema existing = new Schema(List.of(new Column("a", new Type.Int64())));
        Inference inference = inference(List.of("{\"a\":1,\"b\":2}"));
        assertThat(inference.merge(existing, FREEZE)).isEqualTo(existing);
        assertThat(inference.merge(existing, RESCUE)).isEqualTo(existing);
        assertThat(inference.merge(Schema.EMPTY, FREEZE).columns())
                .extracting(Column::name)
                .containsExactly("a", "b");
    }

    @Test
    void whatWasInferredFitsWhatItWasInferredFrom() {
        List<String> values = List.of(
                "1",
                "-0",
                "1.10",
                "1e400",
                "9007199254740993",
                "\"007\"",
                "true",
                "null",
                "[]",
                "[1]",
                "[1.5,null]",
                "{}",
                "{\"a\":1}",
                "{\"a\":[{}],\"b\":2}",
                "\"2026-11-22\"",
                "\"2026-11-22T10:00:00Z\"",
                "0.1",
                "1e-40",
                "18446744073709551616",
                "12345678901234567.123456789012345678");
        long seed = 42;
        Random random = new Random(seed);
        for (int i = 0; i < 700; i++) {
            List<String> rows = new ArrayList<>();
            for (int row = 0; row < 3; row++) {
                rows.add("{\"v\":" + values.get(random.nextInt(values.size())) + ",\"w\":"
                        + values.get(random.nextInt(values.size())) + "}");
            }
            RowReader reader = new RowReader(infer(rows), SchemaPolicy.DEFAULT, RowLimits.DEFAULT);
            for (String row : rows) {
                assertThat(reader.read(row.getBytes(UTF_8)))
                        .as("%s of %s, seed %d", row, rows, seed)
                        .isInstanceOf(Verdict.Good.class);
            }
        }
    }

    @Test
    void aSchemaDoesNotGrowBeyondItsLimit() {
        RowLimits limits = new RowLimits(100_000, 10, 5, 10);
        Inference inference = new Inference(limits);
        inference.add("{\"a\":1,\"s\":{\"x\":1,\"y\":2},\"big\":{\"p\":1,\"q\":1},\"b\":1,\"c\":1}".getBytes(UTF_8));
        assertThat(inference.merge(Schema.EMPTY, ADD).columns())
                .extracting(Column::name)
                .containsExactly("a", "s", "b");
        Schema full = new Schema(List.of(
                new Column("a", new Type.Int64()), new Column("s", Type.parse("struct<x:bigint,y:bigint,z:bigint>"))));
        assertThat(inference.merge(full, ADD)).isEqualTo(full);
    }

    @Test
    void keysWithoutEndDoNotFillTheMemory() {
        Inference inference = new Inference(new RowLimits(100_000, 10, 5, 10));
        for (int i = 0; i < 10_000; i++) {
            inference.add(("{\"k" + i + "\":{\"n" + i + "\":" + i + "}}").getBytes(UTF_8));
        }
        assertThat(inference.merge(Schema.EMPTY, ADD).columns())
                .extracting(Column::name)
                .containsExactly("k0", "k1");
    }

    private static Schema infer(List<String> rows) {
        return inference(rows).merge(Schema.EMPTY, ADD);
    }

    private static Inference inference(List<String> rows) {
        Inference inference = new Inference(RowLimits.DEFAULT);
        rows.forEach(row -> inference.add(row.getBytes(UTF_8)));
        return inference;
    }

    /// The type with its struct fields in alphabetical order.
    private static Type sorted(Type type) {
        if (type instanceof Type.ListOf list) {
            return new Type.ListOf(sorted(list.element()));
        }
        return type instanceof Type.Struct struct ? new Type.Struct(sorted(struct.fields())) : type;
    }

    private static List<Column> sorted(List<Column> columns) {
        return columns.stream()
                .map(column -> new Column(column.name(), sorted(column.type())))
                .sorted(Comparator.comparing(Column::name))
                .toList();
    }
}
