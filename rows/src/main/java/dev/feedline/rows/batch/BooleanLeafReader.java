package dev.feedline.rows.batch;

import dev.feedline.rows.text.JsonBytes;

/// Reads `true` and `false`.
final class BooleanLeafReader extends LeafReader {
    private static final int LENGTH_OF_TRUE = 4;
    private static final int LENGTH_OF_FALSE = 5;

    BooleanLeafReader(LeafValues leaf) {
        super(leaf);
    }

    @Override
    int read(byte[] text, int at, int repetition, int definition) {
        if (JsonBytes.isTrue(text, at)) {
            leaf.read(repetition, 1);
            return at + LENGTH_OF_TRUE;
        }
        if (JsonBytes.isFalse(text, at)) {
            leaf.read(repetition, 0);
            return at + LENGTH_OF_FALSE;
        }
        return readNull(text, at, repetition, definition);
    }

    @Override
    long valueOf(Object value) {
        return (Boolean) value ? 1 : 0;
    }
}
