package dev.feedline.rows.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The double is the one that the JDK reads from the same text.
class DecimalToDoubleTest {
    private static final int TRIES = 1_000_000;

    @Test
    void isTheJdksOnDigitsAndExponentsOfAnyKind() {
        long seed = Long.getLong("feedline.seed", 20261126);
        Random random = new Random(seed);
        for (int i = 0; i < TRIES; i++) {
            long digits = random.nextLong() >>> 1 + random.nextInt(62);
            int exponent = random.nextInt(700) - 360;
            requireSame(digits, random.nextBoolean() ? exponent : exponent / 12, "try " + i + " of seed " + seed);
        }
    }

    @Test
    void isTheJdksOnTheShortestTextOfAnyDouble() {
        long seed = Long.getLong("feedline.seed", 20261126);
        Random random = new Random(seed);
        for (int i = 0; i < TRIES; i++) {
            double value = Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE);
            if (Double.isFinite(value)) {
                BigDecimal shortest = new BigDecimal(Double.toString(value));
                requireSame(
                        shortest.unscaledValue().longValueExact(), -shortest.scale(), "try " + i + " of seed " + seed);
            }
        }
    }

    /// Half way between two doubles, and one unit of the last digit beside it.
    @Test
    void isTheJdksBesideEveryKindOfTie() {
        long seed = Long.getLong("feedline.seed", 20261126);
        Random random = new Random(seed);
        for (int i = 0; i < TRIES; i++) {
            BigInteger half = BigInteger.valueOf((1L << 53) + 1 + 2 * (random.nextLong() >>> 12));
            int shift = random.nextInt(10);
            BigInteger tie = half.shiftLeft(shift);
            for (int beside = -1; beside <= 1; beside++) {
                BigInteger digits = tie.add(BigInteger.valueOf(beside));
                if (digits.bitLength() < 63) {
                    requireSame(digits.longValueExact(), 0, "try " + i + " of seed " + seed);
                }
            }
            int fives = random.nextInt(4);
            long small = half.longValueExact() >>> 1 + 3 * fives | 1;
            requireSame(small * (long) Math.pow(5, fives), -fives, "try " + i + " of seed " + seed);
        }
    }

    @Test
    void isTheJdksAtTheEnds() {
        long[] digits = {
            1,
            2,
            4,
            5,
            9,
            17,
            24,
            25,
            49,
            4940656458412465L,
            2225073858507201L,
            22250738585072014L,
            17976931348623157L,
            17976931348623158L,
            17976931348623159L,
            999_999_999_999_999_999L
        };
        for (long one : digits) {
            for (int exponent = -360; exponent <= 330; exponent++) {
                requireSame(one, exponent, "the ends");
            }
        }
    }

    private static void requireSame(long digits, int exponent, String shown) {
        double read = DecimalToDouble.of(digits, exponent);
        double expected = Double.parseDouble(digits + "e" + exponent);
        if (Double.doubleToRawLongBits(read) != Double.doubleToRawLongBits(expected)) {
            assertThat(read).as("%se%s, %s", digits, exponent, shown).isEqualTo(expected);
        }
    }
}
