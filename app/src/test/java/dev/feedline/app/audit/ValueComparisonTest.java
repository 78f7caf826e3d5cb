package dev.feedline.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.app.audit.StrictJson.NotJson;
import dev.feedline.rows.Type;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Equal is what has the same value, by the column's type; everything else is not.
class ValueComparisonTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    bigint | 1e3 | 1000 | true
                    bigint | 9007199254740993 | 9007199254740992 | false
                    bigint | "1" | 1 | false
                    decimal(5,2) | 1.1 | 1.10 | true
                    decimal(5,2) | 1.1 | 1.11 | false
                    decimal(38,2) | 1e-999999999 | 0.00 | false
                    double | 0.1000000000000000055 | 0.1 | true
                    double | 0.1 | 0.10000000000000002 | false
                    boolean | true | true | true
                    boolean | true | false | false
                    string | "é" | "\\u00e9" | true
                    string | 1.50 | "1.50" | true
                    string | 1.50 | "1.5" | false
                    string | {"a": 1} | "{\\"a\\": 1}" | true
                    string | "2026-11-26T10:00:00Z" | "2026-11-26T10:00:00.0Z" | false
                    date | "2026-02-28" | "2026-02-28" | true
                    date | "2026-02-28" | "2026-03-01" | false
                    timestamp | "2026-11-26t10:00:00z" | "2026-11-26T10:00:00Z" | true
                    timestamp | "2026-11-26T10:00:00+23:59" | "2026-11-25 10:01:00" | true
                    timestamp | "2026-11-26T10:00:00.123456000000Z" | "2026-11-26T10:00:00.123456Z" | true
                    timestamp | "2026-11-26T10:00:00.123456Z" | "2026-11-26T10:00:00.123457Z" | false
                    array<bigint> | [1,null,2] | [1.0,null,2] | true
                    array<bigint> | [1,2] | [2,1] | false
                    array<bigint> | [1,2] | [1,2,2] | false
                    struct<a:string,b:bigint> | {"a":"x","b":null} | {"a":"x"} | true
                    struct<a:string,b:bigint> | {"a":"x"} | {"a":"x","b":0} | false
                    struct<a:string> | {"a":"x","c":1} | {"a":"x"} | false
                    struct<a:string> | {} | {} | true
                    """)
    void aValueIsComparedByItsType(String type, String source, String table, boolean same) throws NotJson {
        assertThat(ValueComparison.same(Type.parse(type), StrictJson.read(source), StrictJson.read(table), null))
                .isEqualTo(same);
    }

    @Test
    void whatHadNoPlaceMustBeRescuedAsItWasWritten() throws NotJson {
        Type type = Type.parse("struct<a:bigint,b:array<bigint>>");
        Json source = StrictJson.read("{\"a\":\"x\",\"b\":[1,\"y\"],\"c\":2.50}");
        Json table = StrictJson.read("{\"b\":[1,null]}");
        assertThat(ValueComparison.same(
                        type, source, table, StrictJson.read("{\"a\":\"x\",\"b\":[null,\"y\"],\"c\":2.50}")))
                .isTrue();
        assertThat(ValueComparison.same(
                        type, source, table, StrictJson.read("{\"a\":\"x\",\"b\":[null,\"y\"],\"c\":2.5}")))
                .isFalse();
        assertThat(ValueComparison.same(type, source, table, StrictJson.read("{\"a\":\"x\",\"c\":2.50}")))
                .isFalse();
        assertThat(ValueComparison.same(
                        Type.parse("bigint"), StrictJson.read("1"), StrictJson.read("1"), StrictJson.read("1")))
                .isFalse();
    }

    @Test
    void aTextThatIsNoMomentHasNone() {
        assertThat(ValueComparison.instant("2026-02-30T10:00:00Z")).isNull();
        assertThat(ValueComparison.instant("2026-11-26")).isNull();
        assertThat(ValueComparison.instant("2026-11-26 10:00:00+00")).isEqualTo(Instant.parse("2026-11-26T10:00:00Z"));
    }
}
