package dev.feedline.rows.batch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/// Reads doubles: the nearest to what is written, or, where only exact ones are taken, whole numbers of at most 15
/// digits.
final class DoubleReader extends LeafReader {
    /// What a double holds exactly: whole numbers below 2^53, and powers of ten up to 10^22.
    private static final long MOST_EXACT = 1L << 53;

    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };
    private static final long SAFE = 1_000_000_000_000_000L; // 15 digits

    private final boolean onlyExact;
    private final PlainNumber number = new PlainNumber();

    DoubleReader(LeafValues leaf, boolean onlyExact) {
        super(leaf);
        this.onlyExact = onlyExact;
    }

    @Override
    int read(byte[] text, int at, int repetition, int definition) {
        int end = number.read(text, at);
        if (end == NOT_PLAIN) {
            return readNull(text, at, repetition, definition);
        }
        if (onlyExact && (number.isFraction || number.digits >= SAFE)) {
            return NOT_PLAIN;
        }
        double value = value(text, at, end);
        if (!Double.isFinite(value)) {
            return NOT_PLAIN;
        }
        leaf.add(repetition, Double.doubleToRawLongBits(value));
        return end;
    }

    @Override
    long valueOf(Object value) {
        return Double.doubleToRawLongBits((Double) value);
    }

    /// One rounding at most: both operands are exact, as Clinger found in "How to Read Floating Point Numbers
    /// Accurately", 1990.
    private double value(byte[] text, int at, int end) {
        if (number.digits > MOST_EXACT || number.scale >= POWERS.length || -number.scale >= POWERS.length) {
            return Double.parseDouble(new String(text, at, end - at, ISO_8859_1));
        }
        double digits = number.negative ? -(double) number.digits : (double) number.digits;
        return number.scale >= 0 ? digits / POWERS[number.scale] : digits * POWERS[-number.scale];
    }
}
