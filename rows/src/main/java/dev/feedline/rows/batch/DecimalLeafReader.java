package dev.feedline.rows.batch;

import dev.feedline.rows.Type;
import dev.feedline.rows.text.JsonBytes;
import java.math.BigDecimal;

/// Reads decimals of at most 18 digits, with no more places than the column has.
final class DecimalLeafReader extends LeafReader {
    private static final long[] POWERS = powers();

    private final RowBatch batch;
    private final int precision;
    private final int scale;
    /// With all places of the column, so many digits are a long.
    private final int mostOfShort;
    private final PlainNumber number = new PlainNumber();

    DecimalLeafReader(LeafValues leaf, Cells cells, Type.Decimal type, RowBatch batch) {
        super(leaf, cells);
        this.batch = batch;
        this.precision = type.precision();
        this.scale = type.scale();
        this.mostOfShort = Math.min(precision, LeafValues.MOST_DIGITS_OF_LONG);
    }

    @Override
    int read(byte[] text, int at, int repetition, int definition) {
        int end = readShort(text, at, repetition);
        return end == NOT_PLAIN ? readNumber(text, at, repetition, definition) : end;
    }

    /// Reads what most decimals are: a few digits, a point, a few digits.
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
        boolean fits = places > 0 && places < Long.BYTES && places <= scale && digits + scale <= mostOfShort;
        if (!fits || text[end] == 'e' || text[end] == 'E') {
            return NOT_PLAIN;
        }
        long value = JsonBytes.number(whole, digits) * POWERS[scale]
                + JsonBytes.number(fraction, places) * POWERS[scale - places];
        put(repetition, (value ^ minus) - minus);
        return end;
    }

    private int readNumber(byte[] text, int at, int repetition, int definition) {
        int end = number.read(text, at);
        if (end == NOT_PLAIN) {
            return readNull(text, at, repetition, definition);
        }
        int pad = scale - number.scale;
        if (pad < 0 || pad >= POWERS.length || !fits(pad)) {
            return NOT_PLAIN;
        }
        long digits = number.negative ? -number.digits : number.digits;
        put(repetition, value(Math.multiplyHigh(digits, POWERS[pad]), digits * POWERS[pad]));
        return end;
    }

    @Override
    long valueOf(Object value) {
        BigDecimal decimal = ((BigDecimal) value).setScale(scale);
        long low = decimal.unscaledValue().longValue();
        return value(decimal.unscaledValue().shiftRight(Long.SIZE).longValueExact(), low);
    }

    private long value(long high, long low) {
        return high == low >> Long.SIZE - 1 && !LeafValues.isWide(low) ? low : wide(high, low);
    }

    /// Whether the number with so many zeros behind it has no more digits than the column.
    private boolean fits(int pad) {
        int most = precision - pad;
        return number.digits == 0 || most >= POWERS.length || (most >= 0 && number.digits < POWERS[most]);
    }

    private long wide(long high, long low) {
        int at = batch.reserve(LeafValues.WIDE_BYTES);
        byte[] data = batch.data();
        for (int i = 0; i < Long.BYTES; i++) {
            int shift = Long.SIZE - Byte.SIZE - i * Byte.SIZE;
            data[at + i] = (byte) (high >>> shift);
            data[at + Long.BYTES + i] = (byte) (low >>> shift);
        }
        batch.advance(LeafValues.WIDE_BYTES);
        return LeafValues.wide(at);
    }

    private static long[] powers() {
        long[] powers = new long[LeafValues.MOST_DIGITS_OF_LONG + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
