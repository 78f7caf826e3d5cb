package dev.feedline.parquet;

import dev.feedline.rows.batch.LeafValues;
import java.io.IOException;

/// A column of byte strings: text as UTF-8, or decimals of a fixed length.
final class BinaryColumn extends DictionaryColumn {
    /// Up to here a loop is faster than a call that copies.
    private static final int SHORT = 64;

    private final BinaryDictionary dictionary;
    private final int fixedLength;

    BinaryColumn(Leaf leaf, PageWriter pageWriter, Footprint footprint, int pageBytes) {
        this(leaf, new BinaryDictionary(lengthBytes(leaf), pageBytes), pageWriter, footprint, pageBytes);
    }

    private BinaryColumn(
            Leaf leaf, BinaryDictionary dictionary, PageWriter pageWriter, Footprint footprint, int pageBytes) {
        super(leaf, dictionary, pageWriter, footprint, pageBytes);
        this.dictionary = dictionary;
        this.fixedLength = leaf.type().length();
    }

    /// Adds `length` bytes of `source`, where eight bytes can be read from `from` on.
    void add(int repetition, byte[] source, int from, int length) throws IOException {
        if (inDictionary()) {
            int id = dictionary.idOf(source, from, length);
            if (id != Dictionary.FULL) {
                addId(repetition, id);
                return;
            }
            dictionaryIsFull();
        }
        startEntry(repetition, leaf.maxDefinition());
        if (fixedLength == 0) {
            plain.putInt(length);
        }
        plain.put(source, from, length);
        hold(lengthBytes(leaf) + length);
    }

    @Override
    int addIds(LeafValues batch, byte[] data, Ids ids) {
        long[] values = batch.values();
        int count = batch.count();
        int next = 0;
        long bytes = 0;
        while (next < count) {
            int start = start(values[next]);
            int length = length(values[next]);
            int id = dictionary.idOf(data, start, length);
            if (id == Dictionary.FULL) {
                break;
            }
            ids.add(id);
            bytes += length;
            next++;
        }
        countPlain(bytes + (long) next * lengthBytes(leaf));
        return next;
    }

    @Override
    int fill(LeafValues batch, byte[] data, int firstEntry, int firstValue) {
        long[] values = batch.values();
        int entries = batch.entries();
        int surelyNotFull = bytesSurelyNotFullWith(entries - firstEntry);
        if (valueBytes() + plainBytes(values, firstValue, batch.count()) < surelyNotFull) {
            for (int value = firstValue; value < batch.count(); value++) {
                put(data, values[value]);
            }
            return entries;
        }
        int value = firstValue;
        int entry = firstEntry;
        do {
            if (batch.isValue(entry)) {
                put(data, values[value++]);
            }
            entry++;
        } while (entry < entries
                && (valueBytes() < surelyNotFull || !batch.startsRow(entry) || !isFullWith(entry - firstEntry)));
        return entry;
    }

    private long plainBytes(long[] values, int from, int to) {
        long bytes = (long) (to - from) * (lengthBytes(leaf) + fixedLength);
        for (int value = from; value < to && fixedLength == 0; value++) {
            bytes += LeafValues.sliceLength(values[value]);
        }
        return bytes;
    }

    private void put(byte[] data, long slice) {
        int length = length(slice);
        if (fixedLength > 0) {
            plain.putWords(data, start(slice), length);
        } else if (length <= SHORT) {
            plain.putLengthAndWords(data, LeafValues.sliceStart(slice), length);
        } else {
            plain.putInt(length);
            plain.put(data, LeafValues.sliceStart(slice), length);
        }
    }

    /// The low bytes of a wide decimal are all that the column's precision needs.
    private int start(long slice) {
        int start = LeafValues.sliceStart(slice);
        return fixedLength == 0 ? start : start + LeafValues.WIDE_BYTES - fixedLength;
    }

    private int length(long slice) {
        return fixedLength == 0 ? LeafValues.sliceLength(slice) : fixedLength;
    }

    @Override
    Bounds boundsOfPlain() {
        var range = new BinaryRange(leaf.type().physical(), plain.array());
        for (int at = plain.front(); at < plain.size(); ) {
            int length = fixedLength == 0 ? plain.getInt(at) : fixedLength;
            int start = at + lengthBytes(leaf);
            range.add(start, length);
            at = start + length;
        }
        return range.bounds();
    }

    @Override
    Bounds boundsOfAllIds() {
        var range = new BinaryRange(leaf.type().physical(), dictionary.array());
        for (int id = 0; id < dictionary.size(); id++) {
            range.add(dictionary.start(id), dictionary.length(id));
        }
        return range.bounds();
    }

    @Override
    Bounds boundsOfIds(Ids ids, int from, int to) {
        // Each value is looked at once, however often it occurs.
        var seen = new boolean[dictionary.size()];
        var range = new BinaryRange(leaf.type().physical(), dictionary.array());
        for (int index = from; index < to; index++) {
            int id = ids.get(index);
            if (!seen[id]) {
                seen[id] = true;
                range.add(dictionary.start(id), dictionary.length(id));
            }
        }
        return range.bounds();
    }

    private static int lengthBytes(Leaf leaf) {
        return leaf.type().length() == 0 ? Integer.BYTES : 0;
    }
}
