package dev.feedline.rows.batch;

import dev.feedline.rows.text.JsonBytes;

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

    DoubleLeafReader(LeafValues leaf, Cells cells, boolean onlyExact) {
        super(leaf, cells);
        this.onlyExact = onlyExact;
    }

    @Override
    int read(byte[] text, int at, int repetition, int definition) {
        if (!onlyExact) {
            int end = readShort(text, at, repetition);
            if (end != NOT_PLAIN) {
                return end;
            }
        }
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
        put(repetition, Double.doubleToRawLongBits(value));
        return end;
    }

    /// Reads what most doubles are: a few digits, a point, a few digits.
    private int readShort(byte[] text, int at, int repetition) {
        int minus = JsonBytes.minus(text, at);
        int first = at - minus;
        long whole = JsonBytes.longAt(text, first);
        int digits = JsonBytes.digits(whole);
        int point = first + digits;
        if (digits == 0 || digits == Long.BYTES || text[point] != '.' || (text[first] == '0' && digits > 1)) {
            return NOT_PLAIN;
        }
        long fraction = JsonBytes.longAt(text, point + 1);
        int places = JsonBytes.digits(fraction);
        int end = point + 1 + places;
        if (places == 0 || places == Long.BYTES || text[end] == 'e' || text[end] == 'E') {
            return NOT_PLAIN;
        }
        double power = POWERS[places];
        // At most 14 digits: both operands are exact, see magnitude().
        double value = (JsonBytes.number(whole, digits) * (long) power + JsonBytes.number(fraction, places)) / power;
        put(repetition, Double.doubleToRawLongBits(value) ^ (long) minus << Long.SIZE - 1);
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
