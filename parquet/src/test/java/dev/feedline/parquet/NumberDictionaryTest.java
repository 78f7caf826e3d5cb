package dev.feedline.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Where a dictionary of numbers is full.
class NumberDictionaryTest {
    /// Times the dictionary's own factor it is 1.
    private static final long INVERSE = inverse(0x9E3779B97F4A7C15L);

    private final NumberDictionary dictionary = new NumberDictionary(Long.BYTES, 1 << 20);

    @Test
    void whichNumbersItTakesDoesNotDependOnThoseBefore() {
        int fresh = takes();
        assertThat(fresh).as("they are made to collide").isLessThan(300);
        dictionary.clear();
        for (long other = 0; other < 100_000; other++) {
            assertThat(dictionary.idOf(other)).isEqualTo((int) other);
        }
        dictionary.clear();
        assertThat(takes()).isEqualTo(fresh);
    }

    /// How many of some numbers that lie in one place of every table but of large ones.
    private int takes() {
        int taken = 0;
        for (long i = 1; i <= 300; i++) {
            taken += dictionary.idOf((i << 48 | i << 32) * INVERSE) == Dictionary.FULL ? 0 : 1;
        }
        return taken;
    }

    /// Of an odd number, by Newton's steps: each doubles the bits that are right.
    private static long inverse(long odd) {
        long inverse = odd;
        for (int step = 0; step < 5; step++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }
}
