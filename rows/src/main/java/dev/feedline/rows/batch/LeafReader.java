package dev.feedline.rows.batch;

import dev.feedline.rows.text.JsonBytes;

/// Reads a column without parts.
abstract class LeafReader extends ColumnReader {
    private static final int LENGTH_OF_NULL = 4;

    private final Cells cells;
    private final int place;
    private final LeafValues leaf;

    LeafReader(LeafValues leaf, Cells cells) {
        this.leaf = leaf;
        this.cells = cells;
        this.place = leaf.place();
    }

    @Override
    final boolean repeats() {
        return place == LeafValues.NOWHERE;
    }

    @Override
    final void addAbsent(int repetition, int definition) {
        if (place == LeafValues.NOWHERE) {
            leaf.readAbsent(repetition, definition);
        } else {
            cells.putAbsent(place, definition);
        }
    }

    @Override
    final void append(Object value, int repetition, int definition) {
        put(repetition, valueOf(value));
    }

    /// Adds a value to the row.
    final void put(int repetition, long value) {
        if (place == LeafValues.NOWHERE) {
            leaf.read(repetition, value);
        } else {
            cells.put(place, value);
        }
    }

    /// A value as [LeafValues] has it.
    abstract long valueOf(Object value);

    /// What is no value of the column's kind: a null, or not plain.
    final int readNull(byte[] text, int at, int repetition, int definition) {
        if (!JsonBytes.isNull(text, at)) {
            return NOT_PLAIN;
        }
        addAbsent(repetition, definition);
        return at + LENGTH_OF_NULL;
    }
}
