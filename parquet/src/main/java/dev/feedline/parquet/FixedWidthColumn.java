package dev.feedline.parquet;

import dev.feedline.rows.batch.LeafValues;
import java.io.IOException;

/// A column of values of one length, PLAIN.
abstract class FixedWidthColumn extends DictionaryColumn {
    final int width;

    FixedWidthColumn(Leaf leaf, Dictionary dictionary, PageWriter pageWriter, Footprint footprint, int pageBytes) {
        super(leaf, dictionary, pageWriter, footprint, pageBytes);
        this.width = leaf.type().length();
    }

    /// Puts some of a batch's values behind the others of the page.
    ///
    /// @param data where their slices lie
    abstract void putPlain(long[] values, byte[] data, int from, int count);

    @Override
    final void addPlain(LeafValues batch, byte[] data, int firstEntry, int firstValue) throws IOException {
        if (leaf.maxRepetition() > 0) {
            super.addPlain(batch, data, firstEntry, firstValue);
            return;
        }
        int value = firstValue;
        for (int entry = firstEntry; entry < batch.entries(); ) {
            int end = Math.min(batch.entries(), entry + roomInPage(width));
            int values = batch.values(entry, end);
            startEntries(batch, entry, end);
            putPlain(batch.values(), data, value, values);
            hold((long) values * width);
            value += values;
            entry = end;
        }
    }

    @Override
    final int fill(LeafValues batch, byte[] data, int firstEntry, int firstValue) {
        long[] values = batch.values();
        int entries = batch.entries();
        int surelyNotFull = bytesSurelyNotFullWith(entries - firstEntry);
        if (valueBytes() + (long) (batch.count() - firstValue) * width < surelyNotFull) {
            putPlain(values, data, firstValue, batch.count() - firstValue);
            return entries;
        }
        int value = firstValue;
        int entry = firstEntry;
        do {
            if (batch.isValue(entry)) {
                putPlain(values, data, value++, 1);
            }
            entry++;
        } while (entry < entries
                && (valueBytes() < surelyNotFull || !batch.startsRow(entry) || !isFullWith(entry - firstEntry)));
        return entry;
    }
}
