package dev.feedline.rows.batch;

/// Reads doubles: the nearest to what is written, or, where only exact ones are taken, whole
/// numbers of at most 15 digits.
final class DoubleLeafReader extends LeafReader {
    /// What a double holds exactly: whole numbers below 2^53, and powers of ten up to 10^22.
    private static final long MOST_EXACT = 1L << 53;

    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };
    private static final long SAFE = 1_000_000_000_000_000L; // 15 digits

    private final boolean onlyExact;
    private final PlainNumber number = new PlainNumber();

    DoubleLeafReader(LeafValues leaf, boolean onlyExact) {
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
        double value = value();
        if (!Double.isFinite(value)) {
            return NOT_PLAIN;
        }
        leaf.read(repetition, Double.doubleToRawLongBits(value));
        return end;
    }

    @Override
    long valueOf(Object value) {
        return Double.doubleToRawLongBits((Double) value);
    }

    private double value() {
        double value = magnitude();
        return number.negative ? -value : value;
    }

    /// One rounding at most where both operands are exact: Clinger, "How to Read Floating Point
    /// Numbers Accurately", 1990.
    private double magnitude() {
        int scale = number.scale;
        if (number.digits > MOST_EXACT || scale >= POWERS.length || -scale >= POWERS.length) {
            return DecimalToDouble.of(number.digits, -scale);
        }
        return scale >= 0 ? number.digits / POWERS[scale] : number.digits * POWERS[-scale];
    }
}
