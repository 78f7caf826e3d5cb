package dev.feedline.rows.batch;

import dev.feedline.rows.text.JsonBytes;

/// A number of at most 18 digits before its exponent, as it was read last: `± digits ×
/// 10^exponent`.
final class PlainNumber {
    private static final int MOST_DIGITS = 18;
    /// Larger exponents are left to others.
    private static final int MOST_EXPONENT = 9_999;

    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000};

    boolean negative;
    long digits;
    /// How many places stand after the point, less the exponent; what is written after an `e`
    /// counts.
    int scale;

    /// Whether it has a point or an exponent.
    boolean isFraction;

    /// Reads the number that begins at `at` and returns where it ends, or
    /// [ColumnReader#NOT_PLAIN] when it has more digits or is none.
    int read(byte[] text, int at) {
        negative = text[at] == '-';
        int first = negative ? at + 1 : at;
        int end = digits(text, first, 0);
        int whole = end - first;
        if (whole == 0 || (text[first] == '0' && whole > 1)) {
            return ColumnReader.NOT_PLAIN;
        }
        isFraction = false;
        scale = 0;
        if (text[end] == '.') {
            int point = end;
            end = digits(text, point + 1, digits);
            scale = end - point - 1;
            isFraction = true;
            whole += scale;
            if (scale == 0) {
                return ColumnReader.NOT_PLAIN;
            }
        }
        if (whole > MOST_DIGITS) {
            return ColumnReader.NOT_PLAIN;
        }
        return text[end] == 'e' || text[end] == 'E' ? exponent(text, end + 1) : end;
    }

    /// Reads digits behind those that were read, and returns where they end. With more than 18 in
    /// all the value is wrong.
    private int digits(byte[] text, int from, long before) {
        long eight = JsonBytes.longAt(text, from);
        int count = JsonBytes.digits(eight);
        if (count > 0 && count < Long.BYTES) {
            digits = before * POWERS[count] + JsonBytes.number(eight, count);
            return from + count;
        }
        int at = from;
        long value = before;
        for (int digit = text[at] - '0'; digit >= 0 && digit <= 9; digit = text[at] - '0') {
            value = value * 10 + digit;
            at++;
        }
        digits = value;
        return at;
    }

    private int exponent(byte[] text, int from) {
        boolean isNegative = text[from] == '-';
        int at = isNegative || text[from] == '+' ? from + 1 : from;
        int first = at;
        int exponent = 0;
        for (int digit = text[at] - '0';
                digit >= 0 && digit <= 9 && exponent <= MOST_EXPONENT;
                digit = text[at] - '0') {
            exponent = exponent * 10 + digit;
            at++;
        }
        if (at == first || exponent > MOST_EXPONENT) {
            return ColumnReader.NOT_PLAIN;
        }
        isFraction = true;
        scale += isNegative ? exponent : -exponent;
        return at;
    }
}
