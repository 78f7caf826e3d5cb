package dev.feedline.rows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowReaderTest {
    private static final String FILE_ID = "0123456789abcdef01234567";

    /// Every odd value against every type: `=` and the value it becomes, or the code it is refused
    /// with.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            bigint         | 9007199254740993                       | =9007199254740993
            decimal(38,18) | 9007199254740993                       | =9007199254740993.000000000000000000
            decimal(12,2)  | 9007199254740993                       | NUMBER_RANGE
            double         | 9007199254740993                       | =9.007199254740992E15
            string         | 9007199254740993                       | =9007199254740993
            boolean        | 9007199254740993                       | TYPE_MISMATCH
            date           | 9007199254740993                       | TYPE_MISMATCH
            timestamp      | 9007199254740993                       | TYPE_MISMATCH
            bigint         | 12345678901234567.123456789012345678   | TYPE_MISMATCH
            decimal(38,18) | 12345678901234567.123456789012345678   | =12345678901234567.123456789012345678
            decimal(38,17) | 12345678901234567.123456789012345678   | TYPE_MISMATCH
            decimal(34,18) | 12345678901234567.123456789012345678   | NUMBER_RANGE
            double         | 12345678901234567.123456789012345678   | =1.2345678901234568E16
            string         | 12345678901234567.123456789012345678   | =12345678901234567.123456789012345678
            bigint         | 1.10                                   | TYPE_MISMATCH
            decimal(12,2)  | 1.10                                   | =1.10
            decimal(12,1)  | 1.10                                   | =1.1
            decimal(12,0)  | 1.10                                   | TYPE_MISMATCH
            decimal(12,2)  | 1.105                                  | TYPE_MISMATCH
            double         | 1.10                                   | =1.1
            string         | 1.10                                   | =1.10
            bigint         | 1.0                                    | =1
            bigint         | 1e3                                    | =1000
            bigint         | 9223372036854775807                    | =9223372036854775807
            bigint         | -9223372036854775808                   | =-9223372036854775808
            bigint         | 9223372036854775808                    | NUMBER_RANGE
            bigint         | 18446744073709551616                   | NUMBER_RANGE
            bigint         | 1e400                                  | NUMBER_RANGE
            decimal(38,0)  | 1e400                                  | NUMBER_RANGE
            double         | 1e400                                  | NUMBER_RANGE
            double         | -1e400                                 | NUMBER_RANGE
            double         | 1e999999999                            | NUMBER_RANGE
            double         | 1.7976931348623157e308                 | =1.7976931348623157E308
            double         | 4.9e-324                               | =4.9E-324
            double         | 1e-400                                 | =0.0
            string         | 1e400                                  | =1e400
            bigint         | 1e-400                                 | TYPE_MISMATCH
            bigint         | -0                                     | =0
            decimal(5,2)   | -0                                     | =0.00
            double         | -0                                     | =-0.0
            string         | -0                                     | =-0
            boolean        | 0                                      | TYPE_MISMATCH
            bigint         | "007"                                  | TYPE_MISMATCH
            decimal(5,2)   | "007"                                  | TYPE_MISMATCH
            double         | "007"                                  | TYPE_MISMATCH
            boolean        | "007"                                  | TYPE_MISMATCH
            string         | "007"                                  | =007
            date           | "007"                                  | TYPE_MISMATCH
            bigint         | ""                                     | TYPE_MISMATCH
            string         | ""                                     | =
            boolean        | true                                   | =true
            boolean        | false                                  | =false
            boolean        | "true"                                 | TYPE_MISMATCH
            boolean        | 1                                      | TYPE_MISMATCH
            bigint         | true                                   | TYPE_MISMATCH
            string         | true                                   | =true
            string         | {"b": [1.10, "x" ]}                    | ={"b": [1.10, "x" ]}
            string         | [ ]                                    | =[ ]
            bigint         | {}                                     | TYPE_MISMATCH
            double         | []                                     | TYPE_MISMATCH
            date           | "2024-02-29"                           | =2024-02-29
            date           | "2023-02-29"                           | TYPE_MISMATCH
            date           | "2026-11-22T00:00:00Z"                 | TYPE_MISMATCH
            date           | "22.11.2026"                           | TYPE_MISMATCH
            timestamp      | "2026-11-22T10:00:00Z"                 | =2026-11-22T10:00:00Z
            timestamp      | "2026-11-22T10:00:00.123456+02:00"     | =2026-11-22T08:00:00.123456Z
            timestamp      | "2026-11-22 10:00:00"                  | =2026-11-22T10:00:00Z
            timestamp      | "2026-11-22T10:00:00.1234560"          | =2026-11-22T10:00:00.123456Z
            timestamp      | "2026-11-22T10:00:00.1234561Z"         | TYPE_MISMATCH
            timestamp      | "2026-11-22"                           | TYPE_MISMATCH
            timestamp      | "2026-11-22T24:00:00Z"                 | TYPE_MISMATCH
            timestamp      | 1763805600                             | TYPE_MISMATCH
            array<bigint>  | [1,null,2]                             | =[1, null, 2]
            array<bigint>  | []                                     | =[]
            array<bigint>  | 1                                      | TYPE_MISMATCH
            array<bigint>  | {}                                     | TYPE_MISMATCH
            array<bigint>  | [1,"2"]                                | TYPE_MISMATCH
            struct<a:bigint> | [1]                                  | TYPE_MISMATCH
            struct<a:bigint> | "{}"                                 | TYPE_MISMATCH
            """)
    void aValueIsTakenExactlyOrRefusedWithItsCode(String type, String json, String expected) {
        Verdict verdict = reader(declared("v", type), SchemaPolicy.DEFAULT).read(utf8("{\"v\":" + json + "}"));
        if (verdict instanceof Verdict.Good good) {
            assertThat("=" + good.values()[0]).isEqualTo(expected);
        } else {
            assertThat(((Verdict.Bad) verdict).code()).isEqualTo(BadRowCode.valueOf(expected));
        }
    }

    @Test
    void valuesHaveTheClassesTheirTypesPromise() {
        Schema schema = new Schema(List.of(
                new Column("i", new Type.Int64()),
                new Column("d", new Type.Float64()),
                new Column("m", new Type.Decimal(12, 2)),
                new Column("b", new Type.Bool()),
                new Column("s", new Type.Text()),
                new Column("day", new Type.Date()),
                new Column("at", new Type.Timestamp()),
                new Column("o", Type.parse("struct<x:bigint,y:array<string>>")),
                new Column("gone", new Type.Text())));
        Object[] values = good(
                        reader(schema, SchemaPolicy.DEFAULT),
                        "{\"at\":\"2026-11-22T10:00:00.5Z\",\"o\":{\"y\":[\"p\",null],\"x\":7},\"day\":\"2026-11-22\","
                                + "\"s\":\"\\u00e9\",\"b\":true,\"m\":1.1,\"d\":2,\"i\":1,\"gone\":null}")
                .values();
        assertThat(values[0]).isEqualTo(1L);
        assertThat(values[1]).isEqualTo(2.0d);
        assertThat(values[2]).isEqualTo(new BigDecimal("1.10"));
        assertThat(values[3]).isEqualTo(true);
        assertThat(values[4]).isEqualTo("é");
        assertThat(values[5]).isEqualTo(LocalDate.of(2026, 11, 22));
        assertThat(values[6]).isEqualTo(Instant.parse("2026-11-22T10:00:00.500Z"));
        assertThat((Object[]) values[7]).containsExactly(7L, Arrays.asList("p", null));
        assertThat(values[8]).isNull();
    }

    @Test
    void nullFitsEveryTypeAndEqualsAbsence() {
        for (String type : List.of("bigint", "double", "decimal(5,2)", "boolean", "string", "date", "array<bigint>")) {
            RowReader reader = reader(declared("v", type), SchemaPolicy.DEFAULT);
            assertThat(good(reader, "{\"v\":null}").values()).containsExactly((Object) null);
            assertThat(good(reader, "{}").values()).containsExactly((Object) null);
        }
    }

    @Test
    void anEmptyStructIsNotNull() {
        RowReader reader = reader(declared("v", "struct<a:bigint>"), SchemaPolicy.DEFAULT);
        assertThat((Object[]) good(reader, "{\"v\":{}}").values()[0]).containsExactly((Object) null);
    }

    @Test
    void anInferredColumnTakesOnlyWhatItHoldsExactly() {
        Schema schema = new Schema(
                List.of(new Column("d", new Type.Float64()), new Column("t", new Type.Timestamp())), Set.of("d", "t"));
        RowReader reader = reader(schema, SchemaPolicy.DEFAULT);
        assertThat(good(reader, "{\"d\":0.5,\"t\":\"2026-11-22T10:00:00Z\"}").values())
                .containsExactly(0.5, Instant.parse("2026-11-22T10:00:00Z"));
        assertThat(bad(reader, "{\"d\":0.1}").code()).isEqualTo(BadRowCode.TYPE_MISMATCH);
        assertThat(bad(reader, "{\"t\":\"2026-11-22T10:00:00\"}").detail())
                .isEqualTo("expected timestamp with a zone (RFC 3339), found \"2026-11-22T10:00:00\"");
    }

    @Test
    void aMillionDigitsAreJudgedInNoTime() {
        RowLimits wide = new RowLimits(10_000_000, 100, 100, 100);
        String digits = "{\"v\":" + "7".repeat(1_000_000) + "}";
        for (String type : List.of("bigint", "decimal(38,10)", "double")) {
            RowReader reader = new RowReader(declared("v", type), SchemaPolicy.DEFAULT, wide);
            assertThat(bad(reader, digits).code()).isEqualTo(BadRowCode.NUMBER_RANGE);
        }
        RowReader text = new RowReader(declared("v", "string"), SchemaPolicy.DEFAULT, wide);
        assertThat((String) good(text, digits).values()[0]).hasSize(1_000_000);
    }

    @Test
    void aMismatchSaysWhereAndWhatItFound() {
        Schema schema = declared("orders", "array<struct<a/b:bigint>>".replace("a/b", "`a/b`"));
        Verdict.Bad bad = bad(reader(schema, SchemaPolicy.DEFAULT), "{\"orders\":[{},{\"a/b\":\"12\"}]}");
        assertThat(bad)
                .isEqualTo(new Verdict.Bad(
                        BadRowCode.TYPE_MISMATCH, "orders", "/orders/1/a~1b", 21, "expected bigint, found \"12\""));
    }

    @Test
    void aLongValueIsShownShortened() {
        Verdict.Bad bad =
                bad(reader(declared("v", "bigint"), SchemaPolicy.DEFAULT), "{\"v\":\"" + "x".repeat(500) + "\"}");
        assertThat(bad.detail()).isEqualTo("expected bigint, found \"" + "x".repeat(40) + "…\"");
    }

    @Test
    void theKeyOfTheMarkIsReservedAtTheTopLevelOnly() {
        RowReader reader = reader(declared("v", "bigint"), SchemaPolicy.DEFAULT);
        assertThat(bad(reader, "{\"v\":1,\"_FL\":null}").code()).isEqualTo(BadRowCode.RESERVED_KEY);
        assertThat(bad(reader, "{\"_FL\":\"x\",\"v\":1}").code()).isEqualTo(BadRowCode.RESERVED_KEY);
        assertThat(bad(reader, "{\"\\u005fFL\":\"x\"}").code()).isEqualTo(BadRowCode.RESERVED_KEY);
        assertThat(good(reader, "{\"v\":1,\"o\":{\"_FL\":2}}").rescued()).isEqualTo("{\"o\":{\"_FL\":2}}");
    }

    @Test
    void aMarkedRowReadsAsTheSameRowWithoutItsMark() {
        RowReader reader = reader(declared("v", "bigint"), SchemaPolicy.DEFAULT);
        byte[] marked = Mark.splice(utf8(" {\n\"v\" :1,\"x\":[ 1,\r\n2]}"), FILE_ID, 3, 9);
        byte[] buffer = (" ".repeat(5) + new String(marked, UTF_8) + "}}").getBytes(UTF_8);
        Verdict.Good good = (Verdict.Good) reader.readMarked(buffer, 5, 5 + marked.length);
        assertThat(good.values()).containsExactly(1L);
        assertThat(good.rescued()).isEqualTo("{\"x\":[ 1,  2]}");
    }

    @Test
    void whatIsRescuedIsTheSameBeforeAndAfterMarking() {
        RowReader reader = reader(declared("v", "string"), SchemaPolicy.DEFAULT);
        byte[] row = utf8("{\"v\":{\r\n\"a\":1},\"x\":[\n]}");
        Verdict.Good before = (Verdict.Good) reader.read(row);
        byte[] marked = Mark.splice(row, FILE_ID, 0, 1);
        Verdict.Good after = (Verdict.Good) reader.readMarked(marked, 0, marked.length);
        assertThat(after.values()).containsExactly(before.values());
        assertThat(after.rescued()).isEqualTo(before.rescued());
    }

    @Test
    void aRowWithoutMarkMayBeReadAsMarkedButASecondOrForgedMarkIsRefused() {
        RowReader reader = reader(declared("v", "bigint"), SchemaPolicy.DEFAULT);
        byte[] plain = utf8("{\"v\":1}");
        byte[] forged = utf8("{\"_FL\":\"mine\",\"v\":1}");
        byte[] twice = Mark.splice(Mark.splice(plain, FILE_ID, 0, 1), FILE_ID, 0, 1);
        assertThat(reader.readMarked(plain, 0, plain.length)).isInstanceOf(Verdict.Good.class);
        assertThat(((Verdict.Bad) reader.readMarked(forged, 0, forged.length)).code())
                .isEqualTo(BadRowCode.RESERVED_KEY);
        assertThat(((Verdict.Bad) reader.readMarked(twice, 0, twice.length)).code())
                .isEqualTo(BadRowCode.RESERVED_KEY);
    }

    @Test
    void theLongestRowIsStillReadWithItsMark() {
        RowLimits small = new RowLimits(Mark.MAX_BYTES + 10, 10, 10, 10);
        RowReader reader = new RowReader(declared("v", "bigint"), SchemaPolicy.DEFAULT, small);
        byte[] marked = Mark.splice(utf8("{\"v\":1234}"), FILE_ID, Long.MAX_VALUE / 10, Long.MAX_VALUE / 10);
        assertThat(reader.readMarked(marked, 0, marked.length)).isInstanceOf(Verdict.Good.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"v\":1,\"new\":2}", "{\"v\":1,\"V\":2}", "{\"v\":1,\"_ROW\":2}", "{\"new\":[]}"})
    void aFrozenSchemaRefusesUnknownKeys(String row) {
        SchemaPolicy freeze = new SchemaPolicy(SchemaPolicy.OnNewColumn.FREEZE, SchemaPolicy.OnMismatch.RESCUE);
        assertThat(bad(reader(declared("v", "bigint"), freeze), row).code()).isEqualTo(BadRowCode.UNKNOWN_COLUMN);
    }

    @Test
    void aFrozenSchemaLetsNullsOfUnknownKeysPass() {
        SchemaPolicy freeze = new SchemaPolicy(SchemaPolicy.OnNewColumn.FREEZE, SchemaPolicy.OnMismatch.RESCUE);
        assertThat(good(reader(declared("v", "bigint"), freeze), "{\"v\":1,\"new\":null}")
                        .rescued())
                .isNull();
    }

    @Test
    void aFrozenStructRefusesUnknownFields() {
        SchemaPolicy freeze = new SchemaPolicy(SchemaPolicy.OnNewColumn.FREEZE, SchemaPolicy.OnMismatch.RESCUE);
        Verdict.Bad bad = bad(reader(declared("v", "struct<a:bigint>"), freeze), "{\"v\":{\"a\":1,\"b\":2}}");
        assertThat(bad)
                .isEqualTo(new Verdict.Bad(BadRowCode.UNKNOWN_COLUMN, "v", "/v/b", 16, "no column is called \"b\""));
    }

    private static Schema declared(String name, String type) {
        return new Schema(List.of(new Column(name, Type.parse(type))));
    }

    private static RowReader reader(Schema schema, SchemaPolicy policy) {
        return new RowReader(schema, policy, RowLimits.DEFAULT);
    }

    private static Verdict.Good good(RowReader reader, String row) {
        Verdict verdict = reader.read(utf8(row));
        assertThat(verdict).isInstanceOf(Verdict.Good.class);
        return (Verdict.Good) verdict;
    }

    private static Verdict.Bad bad(RowReader reader, String row) {
        Verdict verdict = reader.read(utf8(row));
        assertThat(verdict).isInstanceOf(Verdict.Bad.class);
        return (Verdict.Bad) verdict;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
