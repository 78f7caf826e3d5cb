package dev.feedline.parquet;

import dev.feedline.rows.batch.LeafValues;
import java.io.IOException;

/// A column of INT32, INT64 or DOUBLE; doubles come as their bits.
final class NumberColumn extends FixedWidthColumn {
    /// Deltas that take more of what the numbers take PLAIN are not tried: a codec finds as much.
    private static final double MOST_TRIED = 0.9;

    /// With deltas that take no more it is not tried what a codec makes of PLAIN numbers.
    private static final double SURELY_SMALLER = 0.35;

    private final NumberDictionary dictionary;
    private final boolean triesDeltas;

    NumberColumn(Leaf leaf, PageWriter pageWriter, Footprint footprint, int pageBytes, NumberEncoding encoding) {
        this(leaf, new NumberDictionary(leaf.type().length(), pageBytes), pageWriter, footprint, pageBytes, encoding);
    }

    private NumberColumn(
            Leaf leaf,
            NumberDictionary dictionary,
            PageWriter pageWriter,
            Footprint footprint,
            int pageBytes,
            NumberEncoding encoding) {
        super(leaf, dictionary, pageWriter, footprint, pageBytes);
        this.dictionary = dictionary;
        this.triesDeltas =
                encoding == NumberEncoding.DELTA_BINARY_PACKED && leaf.type().physical() != PhysicalType.DOUBLE;
    }

    void add(int repetition, long value) throws IOException {
        if (inDictionary()) {
            int id = dictionary.idOf(value);
            if (id != Dictionary.FULL) {
                addId(repetition, id);
                return;
            }
            dictionaryIsFull();
        }
        startEntry(repetition, leaf.maxDefinition());
        if (width == Integer.BYTES) {
            plain.putInt((int) value);
        } else {
            plain.putLong(value);
        }
        hold(width);
    }

    @Override
    int addIds(LeafValues batch, byte[] data, Ids ids) {
        long[] values = batch.values();
        int count = batch.count();
        int next = 0;
        while (next < count) {
            int id = dictionary.idOf(values[next]);
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
            if (width == Integer.BYTES) {
                ByteBuilder.setIntAt(bytes, at, (int) values[i]);
            } else {
                ByteBuilder.setLongAt(bytes, at, values[i]);
            }
            at += width;
        }
        plain.advance(count * width);
    }

    @Override
    Page plainPage() throws IOException {
        if (!triesDeltas || valueBytes() == 0) {
            return super.plainPage();
        }
        var deltas = new ByteBuilder(PageWriter.ROOM_FOR_LEVELS, valueBytes() / 2 + 64);
        new DeltaBinaryPacking(deltas).write(plain, width);
        double share = (double) (deltas.size() - deltas.front()) / valueBytes();
        if (share > MOST_TRIED) {
            return super.plainPage();
        }
        var packed = page(Encoding.DELTA_BINARY_PACKED, deltas, boundsOfPlain());
        if (share <= SURELY_SMALLER) {
            return packed;
        }
        var plainPage = page(Encoding.PLAIN, plain, packed.bounds());
        return packed.size() < plainPage.size() ? packed : plainPage;
    }

    @Override
    Bounds boundsOfPlain() {
        var range = NumberRange.of(leaf.type().physical());
        for (int at = plain.front(); at < plain.size(); at += width) {
            range.add(width == Integer.BYTES ? plain.getInt(at) : plain.getLong(at));
        }
        return range.bounds();
    }

    @Override
    Bounds boundsOfAllIds() {
        var range = NumberRange.of(leaf.type().physical());
        for (int id = 0; id < dictionary.size(); id++) {
            range.add(dictionary.value(id));
        }
        return range.bounds();
    }

    @Override
    Bounds boundsOfIds(Ids ids, int from, int to) {
        var range = NumberRange.of(leaf.type().physical());
        for (int index = from; index < to; index++) {
            range.add(dictionary.value(ids.get(index)));
        }
        return range.bounds();
    }
}
