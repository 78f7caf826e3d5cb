package dev.feedline.rows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What goes to `_RESCUED`, and in which shape.
class RescueTest {
    private static final SchemaPolicy RESCUE =
            new SchemaPolicy(SchemaPolicy.OnNewColumn.RESCUE, SchemaPolicy.OnMismatch.RESCUE);
    private static final Schema SCHEMA = new Schema(List.of(
            new Column("id", new Type.Int64()),
            new Column("o", Type.parse("struct<a:bigint,p:struct<q:bigint>>")),
            new Column("l", Type.parse("array<struct<a:bigint>>")),
            new Column("m", Type.parse("array<array<bigint>>"))));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            {"id":1}                                   |
            {"new":1.10}                               | {"new":1.10}
            {"new":"a\\u00e9\\"b"}                     | {"new":"a\\u00e9\\"b"}
            {"new":{"a" : [1, 2 ]},"id":1,"b":true}    | {"new":{"a" : [1, 2 ]},"b":true}
            {"new":null}                               |
            {"new":{"a":null}}                         | {"new":{"a":null}}
            {"ID":2,"id":1}                            | {"ID":2}
            {"a\\"b\\\\c\\u0001":1}                    | {"a\\"b\\\\c\\u0001":1}
            {"o":{"a":1,"b":2}}                        | {"o":{"b":2}}
            {"o":{"x":0,"a":1,"p":{"r":1,"q":2,"s":3},"y":4},"z":5} | {"o":{"x":0,"p":{"r":1,"s":3},"y":4},"z":5}
            {"o":{"a":1,"p":{"q":2}},"z":5}            | {"z":5}
            {"l":[{"a":1},{"b":2},{"a":3},{"c":4}]}    | {"l":[null,{"b":2},null,{"c":4}]}
            {"l":[{"a":1,"b":2,"c":3}]}                | {"l":[{"b":2,"c":3}]}
            {"id":"x"}                                 | {"id":"x"}
            {"id":1e400}                               | {"id":1e400}
            {"o":[1]}                                  | {"o":[1]}
            {"o":{"a":"x","p":7}}                      | {"o":{"a":"x","p":7}}
            {"l":[1,{"a":"x"},null,{"a":2}]}           | {"l":[1,{"a":"x"}]}
            {"m":[[1,2],[3,"x",4,"y"],"z"]}            | {"m":[null,[null,"x",null,"y"],"z"]}
            """)
    void theRestOfTheRowKeepsItsShapeAndItsText(String row, String rescued) {
        assertThat(read(row).rescued()).isEqualTo(rescued);
    }

    @Test
    void whatIsRescuedFromAColumnLeavesNullThere() {
        Object[] values = read("{\"id\":\"x\",\"o\":{\"a\":\"y\",\"p\":{\"q\":3}},\"m\":[[1,\"x\"],2]}")
                .values();
        assertThat(values[0]).isNull();
        Object[] struct = (Object[]) values[1];
        assertThat(struct[0]).isNull();
        assertThat((Object[]) struct[1]).containsExactly(3L);
        assertThat(values[3]).isEqualTo(Arrays.asList(Arrays.asList(1L, null), null));
    }

    @Test
    void deepPathsAreRescuedToo() {
        String type = "array<".repeat(40) + "bigint" + ">".repeat(40);
        RowReader reader =
                new RowReader(new Schema(List.of(new Column("d", Type.parse(type)))), RESCUE, RowLimits.DEFAULT);
        String row = "{\"d\":" + "[".repeat(40) + "\"x\"" + "]".repeat(40) + "}";
        assertThat(((Verdict.Good) reader.read(row.getBytes(UTF_8))).rescued()).isEqualTo(row);
    }

    private static Verdict.Good read(String row) {
        Verdict verdict = new RowReader(SCHEMA, RESCUE, RowLimits.DEFAULT).read(row.getBytes(UTF_8));
        assertThat(verdict).isInstanceOf(Verdict.Good.class);
        return (Verdict.Good) verdict;
    }
}
