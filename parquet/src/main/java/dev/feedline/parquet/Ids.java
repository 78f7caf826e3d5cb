package dev.feedline.parquet;

import java.util.Arrays;

/// The dictionary ids of a column's values, in order.
final class Ids {
    private int[] ids = new int[64];
    private int count;

    int count() {
        return count;
    }

    void add(int id) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, ids.length * 2);
        }
        ids[count++] = id;
    }

    int get(int index) {
        return ids[index];
    }

    /// Puts the ids `from` up to `to` as a dictionary page's reader expects them: one byte of width, then the runs.
    void encode(int from, int to, int bitWidth, ByteBuilder page) {
        page.put(bitWidth);
        new RleBitPacking(page, bitWidth).write(ids, from, to);
    }

    /// Puts other ids in place of these, `from` up to `to`.
    void translate(int from, int to, int[] others) {
        for (int i = from; i < to; i++) {
            ids[i] = others[ids[i]];
        }
    }

    void clear() {
        count = 0;
    }
}
