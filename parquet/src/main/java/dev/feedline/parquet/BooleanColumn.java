package dev.feedline.parquet;

import dev.feedline.rows.batch.LeafValues;
import java.io.IOException;

/// A column of BOOLEAN: one byte each while the page fills, eight to a byte in the page.
final class BooleanColumn extends ColumnWriter {
    private static final byte[] FALSE = {0};
    private static final byte[] TRUE = {1};

    BooleanColumn(Leaf leaf, PageWriter pageWriter, Footprint footprint, int pageBytes) {
        super(leaf, pageWriter, footprint, pageBytes);
    }

    void add(int repetition, boolean value) throws IOException {
        startEntry(repetition, leaf.maxDefinition());
        plain.put(value ? 1 : 0);
        hold(1);
    }

    @Override
    int fill(LeafValues batch, byte[] data, int firstEntry, int firstValue) {
        long[] values = batch.values();
        int entries = batch.entries();
        int value = firstValue;
        int entry = firstEntry;
        do {
            if (batch.isValue(entry)) {
                plain.put((int) values[value++]);
            }
            entry++;
        } while (entry < entries && !(batch.startsRow(entry) && isFullWith(entry - firstEntry)));
        return entry;
    }

    @Override
    ByteBuilder plainPage() {
        var packed = new ByteBuilder(plain.size() / Byte.SIZE + 1);
        int bits = 0;
        for (int at = 0; at < plain.size(); at++) {
            bits |= plain.array()[at] << at % Byte.SIZE;
            if (at % Byte.SIZE == Byte.SIZE - 1) {
                packed.put(bits);
                bits = 0;
            }
        }
        if (plain.size() % Byte.SIZE > 0) {
            packed.put(bits);
        }
        return packed;
    }

    @Override
    Bounds boundsOfPlain() {
        int trues = 0;
        for (int at = 0; at < plain.size(); at++) {
            trues += plain.array()[at];
        }
        if (plain.size() == 0) {
            return Bounds.NONE;
        }
        return Bounds.exact(trues == plain.size() ? TRUE : FALSE, trues == 0 ? FALSE : TRUE);
    }
}
