package dev.feedline.rows.batch;

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
        int end = first;
        long value = 0;
        for (int digit = text[end] - '0'; digit >= 0 && digit <= 9; digit = text[end] - '0') {
            value = value * 10 + digit;
            end++;
        }
        int digits = end - first;
        if (digits == 0) {
            return readNull(text, at, repetition, definition);
        }
        boolean isPlain = digits <= MOST_DIGITS && (text[first] != '0' || digits == 1);
        if (!isPlain || text[end] == '.' || text[end] == 'e' || text[end] == 'E') {
            return NOT_PLAIN;
        }
        leaf.add(repetition, negative ? -value : value);
        return end;
    }

    @Override
    long valueOf(Object value) {
        return (Long) value;
    }
}
