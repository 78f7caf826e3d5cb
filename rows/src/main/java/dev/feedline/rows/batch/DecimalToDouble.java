package dev.feedline.rows.batch;

import java.math.BigInteger;

/// The double nearest to `digits × 10^exponent`, ties to even.
///
/// Source: Daniel Lemire, "Number Parsing at a Gigabyte per Second", Software: Practice and
/// Experience 51(8), 2021: the digits are multiplied with the first 128 bits of the power of
/// five, which decides the rounding for every number of at most 19 digits (Noble Mushtak and
/// Daniel Lemire, "Fast Number Parsing Without Fallback", 2023).
final class DecimalToDouble {
    private static final int LEAST_EXPONENT = -342;
    private static final int MOST_EXPONENT = 308;
    private static final int MANTISSA_BITS = 52;
    private static final int LEAST_EXACT = -27;
    private static final int BIAS = 1023;
    private static final int EXPONENT_OF_INFINITY = 0x7FF;
    private static final int POWER_BITS = 128;
    /// Where the product's first bits are all ones, a longer power may change them.
    private static final long UNSURE = -1L >>> MANTISSA_BITS + 3;

    private static final long[] HIGH = new long[MOST_EXPONENT - LEAST_EXPONENT + 1];
    private static final long[] LOW = new long[HIGH.length];

    static {
        for (int exponent = LEAST_EXPONENT; exponent <= MOST_EXPONENT; exponent++) {
            BigInteger power = powerOfFive(exponent);
            HIGH[exponent - LEAST_EXPONENT] = power.shiftRight(Long.SIZE).longValue();
            LOW[exponent - LEAST_EXPONENT] = power.longValue();
        }
    }

    private DecimalToDouble() {}

    /// @param digits not negative
    static double of(long digits, int exponent) {
        if (digits == 0 || exponent < LEAST_EXPONENT) {
            return 0;
        }
        if (exponent > MOST_EXPONENT) {
            return Double.POSITIVE_INFINITY;
        }
        int zeros = Long.numberOfLeadingZeros(digits);
        long factor = digits << zeros;
        int index = exponent - LEAST_EXPONENT;
        long high =
                Math.multiplyHigh(factor, HIGH[index]) + (factor >> 63 & HIGH[index]) + (HIGH[index] >> 63 & factor);
        long low = factor * HIGH[index];
        if ((high & UNSURE) == UNSURE) {
            long more =
                    Math.multiplyHigh(factor, LOW[index]) + (factor >> 63 & LOW[index]) + (LOW[index] >> 63 & factor);
            low += more;
            high += Long.compareUnsigned(low, more) < 0 ? 1 : 0;
        }
        int top = (int) (high >>> 63);
        int shift = top + Long.SIZE - MANTISSA_BITS - 3;
        int binary = floorLog2OfPowerOfTen(exponent) + Long.SIZE - 1 + top - zeros + BIAS;
        long mantissa = high >>> shift;
        if (binary <= 0) {
            return subnormal(mantissa, binary);
        }
        boolean mayBeTie = Long.compareUnsigned(low, 1) <= 0 && exponent >= -4 && exponent <= 23;
        if (mayBeTie && (mantissa & 3) == 1 && mantissa << shift == high) {
            mantissa &= ~1L; // half way between two doubles: to the even one
        }
        return rounded(mantissa, binary);
    }

    private static double rounded(long mantissa, int binary) {
        long rounded = mantissa + (mantissa & 1) >>> 1;
        int exponent = binary;
        if (rounded >= 2L << MANTISSA_BITS) {
            rounded = 1L << MANTISSA_BITS;
            exponent++;
        }
        if (exponent >= EXPONENT_OF_INFINITY) {
            return Double.POSITIVE_INFINITY;
        }
        return Double.longBitsToDouble((long) exponent << MANTISSA_BITS | rounded & (1L << MANTISSA_BITS) - 1);
    }

    private static double subnormal(long mantissa, int binary) {
        if (-binary + 1 >= Long.SIZE) {
            return 0;
        }
        long shifted = mantissa >>> -binary + 1;
        // When it rounds up to the first normal number, its bits are that number's.
        return Double.longBitsToDouble(shifted + (shifted & 1) >>> 1);
    }

    private static int floorLog2OfPowerOfTen(int exponent) {
        return 217_706 * exponent >> 16; // log2(10) = 217706 / 65536, exact enough in this range
    }

    /// The first 128 bits of 5^exponent. Of a negative exponent they are rounded up where a
    /// product may be exact, as the paper has it, else cut off a longer one.
    private static BigInteger powerOfFive(int exponent) {
        BigInteger five = BigInteger.valueOf(5).pow(Math.abs(exponent));
        int length = five.bitLength();
        if (exponent >= 0) {
            return firstBits(five);
        }
        int bits = exponent >= LEAST_EXACT ? length + POWER_BITS - 1 : 2 * (length + Long.SIZE);
        return firstBits(BigInteger.ONE.shiftLeft(bits).divide(five).add(BigInteger.ONE));
    }

    private static BigInteger firstBits(BigInteger number) {
        return number.shiftRight(number.bitLength() - POWER_BITS); // to the left where there are fewer
    }
}
