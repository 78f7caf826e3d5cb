package dev.feedline.rows.batch;

import dev.feedline.rows.text.JsonBytes;

/// Reads `true` and `false`.
final class BooleanLeafReader extends LeafReader {
    private static final int LENGTH_OF_FALSE = 5;

    BooleanLeafReader(LeafValues leaf, Cells cells) {
        super(leaf, cells);
    }

    @Override
    int read(byte[] text, int at, int repetition, int definition) {
        int notTrue = JsonBytes.notTrue(text, at);
        if ((long) notTrue * JsonBytes.notFalse(text, at) == 0) {
            // Which of the two is hard to foresee: no branch.
            int one = (notTrue | -notTrue) >>> Integer.SIZE - 1 ^ 1;
            put(repetition, one);
            return at + LENGTH_OF_FALSE - one;
        }
        return readNull(text, at, repetition, definition);
    }

    @Override
    long valueOf(Object value) {
        return (Boolean) value ? 1 : 0;
    }
}
