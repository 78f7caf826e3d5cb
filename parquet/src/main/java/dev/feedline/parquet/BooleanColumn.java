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
        int surelyNotFull = bytesSurelyNotFullWith(entries - firstEntry);
        int value = firstValue;
        if (valueBytes() + batch.count() - firstValue < surelyNotFull) {
            put(values, firstValue, batch.count());
            return entries;
        }
        int entry = firstEntry;
        do {
            if (batch.isValue(entry)) {
                put(values, value, ++value);
            }
            entry++;
        } while (entry < entries
                && (valueBytes() < surelyNotFull || !batch.startsRow(entry) || !isFullWith(entry - firstEntry)));
        return entry;
    }

    private void put(long[] values, int from, int to) {
        plain.reserve(to - from);
        byte[] bytes = plain.array();
        int at = plain.size() - from;
        for (int value = from; value < to; value++) {
            bytes[at + value] = (byte) values[value];
        }
        plain.advance(to - from);
    }

    @Override
    ByteBuilder plainValues() {
        var packed = new ByteBuilder(PageWriter.ROOM_FOR_LEVELS, valueBytes() / Byte.SIZE + 1);
        plain.reserve(Byte.SIZE);
        plain.putLong(0); // whole groups of eight
        for (int at = plain.front(); at < plain.size() - Byte.SIZE; at += Byte.SIZE) {
            packed.put(RleBitPacking.bits(plain.getLong(at)));
        }
        plain.advance(-Byte.SIZE);
        return packed;
    }

    @Override
    Bounds boundsOfPlain() {
        int trues = 0;
        for (int at = plain.front(); at < plain.size(); at++) {
            trues += plain.array()[at];
        }
        if (valueBytes() == 0) {
            return Bounds.NONE;
        }
        return Bounds.exact(trues == valueBytes() ? TRUE : FALSE, trues == 0 ? FALSE : TRUE);
    }
}
