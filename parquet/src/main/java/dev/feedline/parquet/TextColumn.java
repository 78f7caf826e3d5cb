package dev.feedline.parquet;

import dev.feedline.rows.batch.LeafValues;
import java.io.IOException;

/// A column of texts, as UTF-8.
final class TextColumn extends DictionaryColumn {
    /// Up to here a loop is faster than a call that copies.
    private static final int SHORT = 64;

    private final TextDictionary dictionary;

    TextColumn(Leaf leaf, PageWriter pageWriter, Footprint footprint, int pageBytes) {
        this(leaf, new TextDictionary(pageBytes), pageWriter, footprint, pageBytes);
    }

    private TextColumn(
            Leaf leaf, TextDictionary dictionary, PageWriter pageWriter, Footprint footprint, int pageBytes) {
        super(leaf, dictionary, pageWriter, footprint, pageBytes);
        this.dictionary = dictionary;
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
        plain.putInt(length);
        plain.put(source, from, length);
        hold(TextDictionary.LENGTH_BYTES + length);
    }

    @Override
    int addIds(LeafValues batch, byte[] data, Ids ids) {
        long[] values = batch.values();
        int count = batch.count();
        int next = 0;
        long bytes = 0;
        while (next < count) {
            int length = LeafValues.sliceLength(values[next]);
            int id = dictionary.idOf(data, LeafValues.sliceStart(values[next]), length);
            if (id == Dictionary.FULL) {
                break;
            }
            ids.add(id);
            bytes += length;
            next++;
        }
        countPlain(bytes + (long) next * TextDictionary.LENGTH_BYTES);
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

    private static long plainBytes(long[] values, int from, int to) {
        long bytes = (long) (to - from) * TextDictionary.LENGTH_BYTES;
        for (int value = from; value < to; value++) {
            bytes += LeafValues.sliceLength(values[value]);
        }
        return bytes;
    }

    private void put(byte[] data, long slice) {
        int length = LeafValues.sliceLength(slice);
        if (length <= SHORT) {
            plain.putLengthAndWords(data, LeafValues.sliceStart(slice), length);
        } else {
            plain.putInt(length);
            plain.put(data, LeafValues.sliceStart(slice), length);
        }
    }

    @Override
    Bounds boundsOfPlain() {
        var range = new TextRange(plain.array());
        for (int at = plain.front(); at < plain.size(); ) {
            int length = plain.getInt(at);
            int start = at + TextDictionary.LENGTH_BYTES;
            range.add(start, length);
            at = start + length;
        }
        return range.bounds();
    }

    @Override
    Bounds boundsOfAllIds() {
        var range = new TextRange(dictionary.array());
        for (int id = 0; id < dictionary.size(); id++) {
            range.add(dictionary.start(id), dictionary.length(id));
        }
        return range.bounds();
    }

    @Override
    Bounds boundsOfIds(Ids ids, int from, int to) {
        // Each value is looked at once, however often it occurs.
        var seen = new boolean[dictionary.size()];
        var range = new TextRange(dictionary.array());
        for (int index = from; index < to; index++) {
            int id = ids.get(index);
            if (!seen[id]) {
                seen[id] = true;
                range.add(dictionary.start(id), dictionary.length(id));
            }
        }
        return range.bounds();
    }
}
