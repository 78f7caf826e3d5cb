package dev.feedline.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BoundsTest {
    private static final Bounds EXACT = bounds("b", true, "m", true);

    @Test
    void ofTwoPagesTheLeastAndTheGreatestRemain() {
        assertThat(show(EXACT, bounds("a", true, "c", true))).isEqualTo("a..m");
        assertThat(show(EXACT, bounds("c", true, "n", true))).isEqualTo("b..n");
    }

    @Test
    void aBoundIsAsExactAsThePageItComesFrom() {
        assertThat(show(EXACT, bounds("a", false, "c", true))).isEqualTo("~a..m");
        assertThat(show(EXACT, bounds("c", false, "d", false))).isEqualTo("b..m");
        assertThat(show(EXACT, bounds("c", true, "n", false))).isEqualTo("b..~n");
    }

    @Test
    void ofEqualBoundsTheExactOneIsAValueAndSoHolds() {
        assertThat(show(EXACT, bounds("b", false, "m", false))).isEqualTo("b..m");
        assertThat(show(bounds("b", false, "m", false), bounds("b", false, "m", false)))
                .isEqualTo("~b..~m");
    }

    @Test
    void aPageWithoutValuesChangesNothingAndOneOfUnknownBoundsEverything() {
        assertThat(show(EXACT, Bounds.NONE)).isEqualTo("b..m");
        assertThat(show(Bounds.NONE, Bounds.NONE)).isEqualTo("NONE");
        assertThat(show(EXACT, Bounds.UNKNOWN)).isEqualTo("UNKNOWN");
        assertThat(show(Bounds.NONE, Bounds.UNKNOWN)).isEqualTo("UNKNOWN");
    }

    // Both ways round must say the same.
    private static String show(Bounds left, Bounds right) {
        String there = show(left.and(right, ValueOrder::unsignedBytes));
        assertThat(show(right.and(left, ValueOrder::unsignedBytes))).isEqualTo(there);
        return there;
    }

    private static String show(Bounds bounds) {
        return bounds.kind() == Bounds.Kind.KNOWN
                ? side(bounds.min(), bounds.minExact()) + ".." + side(bounds.max(), bounds.maxExact())
                : bounds.kind().name();
    }

    private static String side(byte[] value, boolean exact) {
        return (exact ? "" : "~") + new String(value, StandardCharsets.UTF_8);
    }

    private static Bounds bounds(String min, boolean minExact, String max, boolean maxExact) {
        return new Bounds(
                min.getBytes(StandardCharsets.UTF_8),
                minExact,
                max.getBytes(StandardCharsets.UTF_8),
                maxExact,
                Bounds.Kind.KNOWN);
    }
}
