package dev.feedline.rows.batch;

import dev.feedline.rows.text.JsonBytes;

/// Reads whole numbers of at most 18 digits, written without a point or an exponent.
final class LongLeafReader extends LeafReader {
    private static final int MOST_DIGITS = 18;

    LongLeafReader(LeafValues leaf) {
        super(leaf);
    }

    @Override
    int read(byte[] text, int at, int repetition, int definition) {
        boolean negative = text[at] == '-';
        int first = negative ? at + 1 : at;
        long eight = JsonBytes.longAt(text, first);
        int digits = JsonBytes.digits(eight);
        if (digits == 0) {
            return readNull(text, at, repetition, definition);
        }
        long value = JsonBytes.number(eight, digits);
        if (digits == Long.BYTES) {
            return readMore(text, at, first, value, repetition);
        }
        return add(text, first, first + digits, negative ? -value : value, repetition);
    }

    /// Reads on behind eight digits.
    private int readMore(byte[] text, int at, int first, long firstEight, int repetition) {
        long value = firstEight;
        int end = first + Long.BYTES;
        for (int digit = text[end] - '0'; digit >= 0 && digit <= 9; digit = text[end] - '0') {
            value = value * 10 + digit;
            end++;
        }
        return end - first > MOST_DIGITS ? NOT_PLAIN : add(text, first, end, at == first ? value : -value, repetition);
    }

    private int add(byte[] text, int first, int end, long value, int repetition) {
        boolean isPlain = text[first] != '0' || end == first + 1;
        if (!isPlain || text[end] == '.' || text[end] == 'e' || text[end] == 'E') {
            return NOT_PLAIN;
        }
        leaf.read(repetition, value);
        return end;
    }

    @Override
    long valueOf(Object value) {
        return (Long) value;
    }
}
