package dev.feedline.rows.batch;

import dev.feedline.rows.text.JsonBytes;

/// Reads whole numbers of at most 18 digits, written without a point or an exponent.
final class LongLeafReader extends LeafReader {
    private static final int MOST_DIGITS = 18;
    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};

    LongLeafReader(LeafValues leaf, Cells cells) {
        super(leaf, cells);
    }

    @Override
    int read(byte[] text, int at, int repetition, int definition) {
        int minus = JsonBytes.minus(text, at);
        int first = at - minus;
        long eight = JsonBytes.longAt(text, first);
        int digits = JsonBytes.digits(eight);
        if (digits == 0) {
            return readNull(text, at, repetition, definition);
        }
        long value = JsonBytes.number(eight, digits);
        if (digits == Long.BYTES) {
            return readMore(text, at, first, value, repetition);
        }
        return add(text, first, first + digits, (value ^ minus) - minus, repetition);
    }

    /// Reads on behind eight digits.
    private int readMore(byte[] text, int at, int first, long firstEight, int repetition) {
        long value = firstEight;
        int end = first + Long.BYTES;
        int digits = Long.BYTES;
        while (digits == Long.BYTES && end - first <= MOST_DIGITS) {
            long eight = JsonBytes.longAt(text, end);
            digits = JsonBytes.digits(eight);
            value = digits == 0 ? value : value * POWERS[digits] + JsonBytes.number(eight, digits);
            end += digits;
        }
        return end - first > MOST_DIGITS ? NOT_PLAIN : add(text, first, end, at == first ? value : -value, repetition);
    }

    private int add(byte[] text, int first, int end, long value, int repetition) {
        boolean isPlain = text[first] != '0' || end == first + 1;
        if (!isPlain || text[end] == '.' || text[end] == 'e' || text[end] == 'E') {
            return NOT_PLAIN;
        }
        put(repetition, value);
        return end;
    }

    @Override
    long valueOf(Object value) {
        return (Long) value;
    }
}
