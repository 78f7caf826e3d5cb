package dev.feedline.glue.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html, "Expression".
class PartitionFilterTest {
    private static final List<Key> KEYS = List.of(
            new Key("dt", "string"),
            new Key("n", "int"),
            new Key("day", "date"),
            new Key("at", "timestamp"),
            new Key("price", "decimal(10,2)"));
    private static final List<String> VALUES =
            List.of("2026-11-27", "9", "2026-11-27", "2026-11-27 04:05:06.5", "1.50");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "dt = '2026-11-27'; true",
                "dt <> '2026-11-27'; false",
                "dt != 'x'; true",
                "DT >= '2026-11-01' and dt < '2026-12-01'; true",
                "n = 9; true",
                "n = '9'; true",
                "n < 10; true",
                "10 > n; true",
                "10 <= n; false",
                "n > -1; true",
                "n between 9 and 10; true",
                "n not between 9 and 10; false",
                "n in (1, 9); true",
                "n not in (1, 9); false",
                "dt like '2026-1_-%'; true",
                "dt not like '2025%'; true",
                "dt like '%27'; true",
                "dt like '2026'; false",
                "day = '2026-11-27'; true",
                "day > date '2026-11-26'; true",
                "date '2026-11-28' > day; true",
                "at > timestamp '2026-11-27 04:05:06'; true",
                "at >= '2026-11-27'; true",
                "price = 1.5; true",
                "price in (1.499, 1.501); false",
                "n = 1 or n = 9 and dt = 'x'; false",
                "(n = 1 or n = 9) and not dt = 'x'; true",
                "not (n = 9); false",
                "`dt` = '2026-11-27' AND \"n\" = 9; true",
                "dt is null; false",
                "dt is not null; true",
                "-1 < n; true",
                "+10 > n; true",
                "n > -.5; true",
                "n in(-1,+9); true",
                "n between -1 and 9; true",
            })
    void anExpressionChooses(String expression, boolean chosen) {
        assertThat(PartitionFilter.parse(expression, KEYS).accepts(VALUES)).isEqualTo(chosen);
    }

    @Test
    void whatIsNullIsNeitherEqualNorUnequal() {
        List<String> values = List.of("__HIVE_DEFAULT_PARTITION__", "nine", "2026-11-27", "2026-11-27", "1");

        assertThat(accepts("dt = 'x'", values)).isFalse();
        assertThat(accepts("dt <> 'x'", values)).isFalse();
        assertThat(accepts("not dt = 'x'", values)).isFalse();
        assertThat(accepts("dt is null", values)).isTrue();
        assertThat(accepts("n is null and dt is null", values)).isTrue();
        assertThat(accepts("n between 1 and 10", values)).isFalse();
        assertThat(accepts("n not between 1 and 10", values)).isFalse();
        assertThat(accepts("dt in ('x')", values)).isFalse();
        assertThat(accepts("dt not in ('x')", values)).isFalse();
        assertThat(accepts("dt like '%'", values)).isFalse();
        assertThat(accepts("dt not like 'x'", values)).isFalse();
        assertThat(accepts("n > 1 or day = '2026-11-27'", values)).isTrue();
    }

    @Test
    void aQuotationMarkIsDoubledInAText() {
        List<String> values = List.of("it's", "9", "2026-11-27", "2026-11-27", "1");

        assertThat(accepts("dt = 'it''s'", values)).isTrue();
        assertThat(accepts("dt = 'its'", values)).isFalse();
        assertThat(accepts("dt like 'it''_'", values)).isTrue();
    }

    @Test
    void aCharacterOfAPatternMayBeTwoOfJavas() {
        List<String> values = List.of("a😀b", "9", "2026-11-27", "2026-11-27", "1");

        assertThat(accepts("dt like 'a_b'", values)).isTrue();
        assertThat(accepts("dt like 'a__b'", values)).isFalse();
        assertThat(accepts("dt like '%😀_'", values)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "city = 'x'; 'city' is no partition key",
                "n = 'nine'; 'nine' is no value of n, which is int",
                "day > '27.11.2026'; is no value of day",
                "n like '9%'; LIKE takes a key of type string",
                "dt = 'x; has no end",
                "dt ='x' dt; AND, OR or the end was expected, and there is dt",
                "dt; was expected, and there is the end",
                "dt = ; a value was expected",
                "(dt = 'x'; ) was expected",
                "dt = n; a value was expected, and there is n",
                "n not = 9; IN, BETWEEN or LIKE",
                "lower(dt) = 'x'; 'lower' is no partition key",
            })
    void whatCannotBeReadIsRefusedWithTheReason(String expression, String reason) {
        assertThatThrownBy(() -> PartitionFilter.parse(expression, KEYS))
                .isInstanceOf(FilterException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aKeyOfATypeThatHasNoOrderIsRefusedWhenItIsNamed() {
        List<Key> keys = List.of(new Key("flag", "boolean"), new Key("dt", "string"));

        assertThat(PartitionFilter.parse("dt = 'x'", keys).accepts(List.of("true", "x")))
                .isTrue();
        assertThatThrownBy(() -> PartitionFilter.parse("flag = 'true'", keys))
                .hasMessageContaining("partition key flag is boolean");
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "(".repeat(1000) + "n = 9" + ")".repeat(1000);

        assertThatThrownBy(() -> PartitionFilter.parse(deep, KEYS)).hasMessageContaining("nested deeper than 100");
    }

    @Test
    void aPatternThatMatchesNowhereIsToldQuickly() {
        String pattern = "%a".repeat(500) + "b";

        assertThat(PartitionFilter.parse("dt like '" + pattern + "'", KEYS)
                        .accepts(List.of("a".repeat(1000), "9", "", "", "")))
                .isFalse();
    }

    private static boolean accepts(String expression, List<String> values) {
        return PartitionFilter.parse(expression, KEYS).accepts(values);
    }
}
