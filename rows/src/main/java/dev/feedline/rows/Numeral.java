package dev.feedline.rows;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// A JSON number as written, taken apart without computing it: `digits × 10^exponent`, in time linear
/// in its text.
///
/// `digits` has neither leading nor trailing zeros (zero has no digits), so a huge exponent or a
/// million digits cost nothing before it is known that the value fits. Exponents beyond ±10^15 are cut
/// to that; nothing fits there.
record Numeral(String text, boolean negative, String digits, long exponent, long writtenScale) {
    private static final long MAX_EXPONENT = 1_000_000_000_000_000L;
    // A double has at most 767 significant decimal digits, and 10^-1074 is its finest place.
    private static final int MAX_DOUBLE_DIGITS = 767;
    private static final int DOUBLE_SAFE_DIGITS = 15;

    /// Takes apart a text that is a number by JSON's grammar.
    static Numeral of(String text) {
        boolean negative = text.charAt(0) == '-';
        int at = negative ? 1 : 0;
        int mantissaEnd = at;
        int point = -1;
        while (mantissaEnd < text.length() && text.charAt(mantissaEnd) != 'e' && text.charAt(mantissaEnd) != 'E') {
            if (text.charAt(mantissaEnd) == '.') {
                point = mantissaEnd;
            }
            mantissaEnd++;
        }
        long tenPower = mantissaEnd == text.length() ? 0 : exponent(text, mantissaEnd + 1);
        String mantissa = point < 0
                ? text.substring(at, mantissaEnd)
                : text.substring(at, point) + text.substring(point + 1, mantissaEnd);
        long scale = (point < 0 ? 0 : mantissaEnd - point - 1) - tenPower;
        int from = 0;
        int to = mantissa.length();
        while (from < to && mantissa.charAt(from) == '0') {
            from++;
        }
        while (to > from && mantissa.charAt(to - 1) == '0') {
            to--;
        }
        long exponent = from == to ? 0 : mantissa.length() - to - scale;
        return new Numeral(text, negative, mantissa.substring(from, to), exponent, Math.max(0, scale));
    }

    private static long exponent(String text, int from) {
        boolean negative = text.charAt(from) == '-';
        long exponent = 0;
        for (int i = text.charAt(from) == '-' || text.charAt(from) == '+' ? from + 1 : from; i < text.length(); i++) {
            exponent = Math.min(exponent * 10 + (text.charAt(i) - '0'), MAX_EXPONENT);
        }
        return negative ? -exponent : exponent;
    }

    boolean isZero() {
        return digits.isEmpty();
    }

    boolean isWhole() {
        return exponent >= 0;
    }

    /// How many digits stand before the point when written out; 0 for 0.5.
    long integerDigits() {
        return isZero() ? 0 : Math.max(0, digits.length() + exponent);
    }

    /// How many digits after the point the value needs.
    long neededScale() {
        return Math.max(0, -exponent);
    }

    /// The value as a long, or null when it is not one; -0 is 0.
    @Nullable
    Long toLong() {
        if (isZero()) {
            return 0L;
        }
        if (!isWhole() || integerDigits() > 19) {
            return null;
        }
        try {
            return Long.valueOf((negative ? "-" : "") + digits + "0".repeat((int) exponent));
        } catch (NumberFormatException e) {
            return null; // between 2^63 and 10^19
        }
    }

    /// The value with exactly `scale` places, or null when it has more than that or more digits than
    /// `precision`.
    @Nullable
    BigDecimal toDecimal(int precision, int scale) {
        if (neededScale() > scale || integerDigits() > precision - scale) {
            return null;
        }
        return isZero() ? BigDecimal.ZERO.setScale(scale) : exact().setScale(scale);
    }

    /// The nearest double, infinite when the value is beyond all of them.
    double toDouble() {
        return Double.parseDouble(text);
    }

    /// Whether a double holds the value exactly.
    boolean isExactDouble() {
        if (isZero() || (isWhole() && integerDigits() <= DOUBLE_SAFE_DIGITS)) {
            return true;
        }
        double nearest = digits.length() > MAX_DOUBLE_DIGITS ? Double.NaN : toDouble();
        return nearest != 0 && Double.isFinite(nearest) && new BigDecimal(nearest).compareTo(exact()) == 0;
    }

    static boolean isExactDouble(long whole) {
        return (long) (double) whole == whole;
    }

    static int digits(long whole) {
        return whole == 0 ? 0 : Long.toString(Math.abs(whole)).length();
    }

    /// Only for values known to be within the range of some type: the exponent is small.
    private BigDecimal exact() {
        BigInteger unscaled = new BigInteger(digits);
        return new BigDecimal(negative ? unscaled.negate() : unscaled, Math.toIntExact(-exponent));
    }
}
