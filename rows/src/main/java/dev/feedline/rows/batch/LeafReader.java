package dev.feedline.rows.batch;

import dev.feedline.rows.text.JsonBytes;

/// Reads a column without parts.
abstract class LeafReader extends ColumnReader {
    private static final int LENGTH_OF_NULL = 4;

    final LeafValues leaf;

    LeafReader(LeafValues leaf) {
        this.leaf = leaf;
    }

    @Override
    final boolean repeats() {
        return leaf.maxRepetition() > 0;
    }

    @Override
    final void addAbsent(int repetition, int definition) {
        leaf.readAbsent(repetition, definition);
    }

    @Override
    final void append(Object value, int repetition, int definition) {
        leaf.read(repetition, valueOf(value));
    }

    /// A value as [LeafValues] has it.
    abstract long valueOf(Object value);

    /// What is no value of the column's kind: a null, or not plain.
    final int readNull(byte[] text, int at, int repetition, int definition) {
        if (!JsonBytes.isNull(text, at)) {
            return NOT_PLAIN;
        }
        leaf.readAbsent(repetition, definition);
        return at + LENGTH_OF_NULL;
    }
}
