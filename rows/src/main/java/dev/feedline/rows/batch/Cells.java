package dev.feedline.rows.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The values of the leaves that do not repeat, row after row, and how many rows there are; the one
/// that is being read is the next.
///
/// A row's values lie side by side, and so do the bits that say which of them are there: what is
/// written while a row is read fits the processor's nearest cache, however many columns there
/// are. Column by column each value would take some lines of that cache of its own.
final class Cells {
    /// More are not to be held, see [#isFull].
    private static final int MOST = 1 << 20;

    private final List<LeafValues> leaves = new ArrayList<>();
    private int width;

    int rows;
    /// How many rows' values the leaves have taken.
    private int taken;
    private long[] values = new long[0];
    /// For each 64 rows, and each leaf in turn, a bit a row: whether it has a value.
    private long[] present = new long[0];
    /// The same: whether the value is how far the leaf's parents are there.
    private long[] partial = new long[0];
    /// Where the next row's values, and its bits, begin.
    private int valuesOfRow;

    private int bitsOfRow;
    private long bitOfRow;

    /// Takes another leaf, before the first row, and returns its place.
    int add(LeafValues leaf) {
        leaves.add(leaf);
        return width++;
    }

    void beginRow() {
        long end = (long) rows * width + width;
        if (end > Integer.MAX_VALUE - Long.BYTES) {
            throw new IllegalStateException("a batch of more than two billion values and absences; clear it in time");
        }
        valuesOfRow = rows * width;
        bitsOfRow = (rows >>> 6) * width;
        bitOfRow = 1L << rows;
        if (end > values.length) {
            values = Arrays.copyOf(values, grown(end));
        }
        if (bitsOfRow + width > present.length) {
            present = Arrays.copyOf(present, grown((long) bitsOfRow + width));
            partial = Arrays.copyOf(partial, present.length);
        }
    }

    void put(int leaf, long value) {
        values[valuesOfRow + leaf] = value;
        present[bitsOfRow + leaf] |= bitOfRow;
    }

    /// @param definition up to which level the leaf's parents are there
    void putAbsent(int leaf, int definition) {
        if (definition > 0) {
            values[valuesOfRow + leaf] = definition;
            partial[bitsOfRow + leaf] |= bitOfRow;
        }
    }

    void takeBackRow() {
        for (int i = bitsOfRow; i < bitsOfRow + width; i++) {
            present[i] &= ~bitOfRow;
            partial[i] &= ~bitOfRow;
        }
    }

    void clear() {
        int end = Math.min(present.length, ((rows >>> 6) + 1) * width); // with the row that was begun
        Arrays.fill(present, 0, end, 0);
        Arrays.fill(partial, 0, end, 0);
        rows = 0;
        taken = 0;
    }

    boolean isFull() {
        return (long) rows * width >= MOST;
    }

    /// Hands the leaves what they have not taken yet. All of them, some rows at a time: a line of the cache has
    /// values of several.
    void settle() {
        if (taken == rows) {
            return;
        }
        for (int block = taken >>> 6; block << 6 < rows; block++) {
            long open = block == taken >>> 6 ? -1L << taken : -1L;
            if (block == rows >>> 6) {
                open &= (1L << rows) - 1; // not the row that was begun
            }
            for (int place = 0; place < width; place++) {
                int bits = block * width + place;
                leaves.get(place).take(values, block << 6, width, present[bits] & open, partial[bits] & open);
            }
        }
        taken = rows;
    }

    /// Whether no row has a value at this place.
    boolean isEmpty(int place) {
        long any = 0;
        for (int bits = place; bits <= bitsOfRow + place && bits < present.length; bits += width) {
            any |= present[bits];
        }
        return any == 0;
    }

    private static int grown(long needed) {
        return (int) Math.min(Integer.MAX_VALUE - Long.BYTES, 2 * needed);
    }
}
