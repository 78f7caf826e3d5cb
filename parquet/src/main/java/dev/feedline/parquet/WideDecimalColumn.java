package dev.feedline.parquet;

import dev.feedline.rows.batch.LeafValues;
import java.io.IOException;

/// A column of decimals of 19 digits and more: bytes of a fixed length.
final class WideDecimalColumn extends FixedWidthColumn {
    private final NumberDictionary dictionary;

    WideDecimalColumn(Leaf leaf, PageWriter pageWriter, Footprint footprint, int pageBytes) {
        this(leaf, new NumberDictionary(leaf.type().length(), pageBytes), pageWriter, footprint, pageBytes);
    }

    private WideDecimalColumn(
            Leaf leaf, NumberDictionary dictionary, PageWriter pageWriter, Footprint footprint, int pageBytes) {
        super(leaf, dictionary, pageWriter, footprint, pageBytes);
        this.dictionary = dictionary;
    }

    /// Adds one of the [WideNumbers].
    void add(int repetition, long high, long low) throws IOException {
        if (inDictionary()) {
            int id = dictionary.idOf(high, low);
            if (id != Dictionary.FULL) {
                addId(repetition, id);
                return;
            }
            dictionaryIsFull();
        }
        startEntry(repetition, leaf.maxDefinition());
        plain.reserve(width);
        WideNumbers.put(plain.array(), plain.size(), width, high, low);
        plain.advance(width);
        hold(width);
    }

    @Override
    int addIds(LeafValues batch, byte[] data, Ids ids) {
        long[] values = batch.values();
        int count = batch.count();
        int next = 0;
        while (next < count) {
            long value = values[next];
            int id = dictionary.idOf(high(value, data), low(value, data));
            if (id == Dictionary.FULL) {
                break;
            }
            ids.add(id);
            next++;
        }
        countPlain((long) next * width);
        return next;
    }

    @Override
    void putPlain(long[] values, byte[] data, int from, int count) {
        plain.reserve(count * width);
        byte[] bytes = plain.array();
        int at = plain.size();
        for (int i = from; i < from + count; i++) {
            WideNumbers.put(bytes, at, width, high(values[i], data), low(values[i], data));
            at += width;
        }
        plain.advance(count * width);
    }

    private static long high(long value, byte[] data) {
        return LeafValues.isWide(value)
                ? WideNumbers.high(data, LeafValues.wideStart(value), LeafValues.WIDE_BYTES)
                : WideNumbers.highOf(value);
    }

    private static long low(long value, byte[] data) {
        return LeafValues.isWide(value)
                ? WideNumbers.low(data, LeafValues.wideStart(value), LeafValues.WIDE_BYTES)
                : value;
    }

    @Override
    Bounds boundsOfPlain() {
        var range = new WideNumberRange(width);
        byte[] bytes = plain.array();
        for (int at = plain.front(); at < plain.size(); at += width) {
            range.add(WideNumbers.high(bytes, at, width), WideNumbers.low(bytes, at, width));
        }
        return range.bounds();
    }

    @Override
    Bounds boundsOfAllIds() {
        var range = new WideNumberRange(width);
        for (int id = 0; id < dictionary.size(); id++) {
            range.add(dictionary.high(id), dictionary.value(id));
        }
        return range.bounds();
    }

    @Override
    Bounds boundsOfIds(Ids ids, int from, int to) {
        var range = new WideNumberRange(width);
        for (int index = from; index < to; index++) {
            int id = ids.get(index);
            range.add(dictionary.high(id), dictionary.value(id));
        }
        return range.bounds();
    }
}
