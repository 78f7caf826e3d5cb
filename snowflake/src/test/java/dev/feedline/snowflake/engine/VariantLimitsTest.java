package dev.feedline.snowflake.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.snowflake.SnowflakeException;
import dev.feedline.snowflake.sql.Context;
import dev.feedline.snowflake.sql.Translator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Statements that say a VARIANT often: what is long is translated, what would grow with every level is refused.
class VariantLimitsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(% = v)",
                "(% < v)",
                "(% is distinct from v)",
                "(% between v and w)",
                "(% in (v, w))",
                "(% in (select v from t))"
            })
    void comparisonsOfComparisonsAreRefused(String level) {
        String deep = "v";
        for (int i = 0; i < 14; i++) {
            deep = level.replace("%", deep);
        }
        refuses("select " + deep + " from t", "nested this deep (add ::type to the inner ones)");
    }

    @Test
    void aListMayBeLong() {
        assertThat(translated("select nvl(w, v) in (" + listed("%d") + ") from t"))
                .contains(", 999, ")
                .hasSizeGreaterThan(1 << 20);
    }

    @Test
    void aListThatIsTooLongIsRefused() {
        String path = "get_path(v, '" + "n.".repeat(4_000) + "n')";
        refuses(
                "select nvl(" + path + ", w) in (" + listed("%d") + ") from t",
                "with this many values (add ::type, or join them)");
    }

    @Test
    void decodeMayHaveAThousandPairs() {
        assertThat(translated("select decode(v:n, " + listed("%d, 'is %d'") + ") from t"))
                .contains("THEN 'is 999'");
    }

    @Test
    void aCaseMayHaveManyBranchesOfVariants() {
        String branches = listed("when id = %d then w").replace(",", "");
        assertThat(translated("select case " + branches + " else v end from t")).contains("999 THEN W");
    }

    @Test
    void aCaseOfManyVariantsAndOthersIsRefused() {
        String branches = listed("when id = %d then w").replace(",", "");
        refuses("select case " + branches + " else s end from t", "this many values");
    }

    private static void refuses(String sql, String message) {
        assertThatThrownBy(() -> translated(sql)).isInstanceOfSatisfying(SnowflakeException.class, e -> {
            assertThat(e.sqlState()).isEqualTo("0A000");
            assertThat(e).hasMessageContaining(message);
        });
    }

    private static String translated(String sql) {
        return new Translator(COLUMNS).query(sql);
    }

    /// For each number below 1,000.
    private static String listed(String one) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> one.replace("%d", String.valueOf(i)))
                .collect(Collectors.joining(", "));
    }

    private static final Context COLUMNS = new Context() {
        @Override
        public Optional<Map<String, Integer>> variants(Set<String> tables) {
            return Optional.of(Map.of("V", 2, "W", 3));
        }
    };
}
