package dev.feedline.parquet;

import java.util.Arrays;

/// A dictionary of numbers of four or eight bytes; doubles by their bits, so that -0.0 and every NaN survive.
final class NumberDictionary extends Dictionary {
    /// A number in a list, and its places in a table; both are doubled when they are full.
    private static final int BYTES_OF_ENTRY = 2 * Long.BYTES + 4 * Integer.BYTES;

    private final int width;
    private final int mostValues;
    private long[] values = new long[64];
    private int[] table = new int[FIRST_PLACES];
    private int size;

    NumberDictionary(int width, int maxBytes) {
        this.width = width;
        this.mostValues = maxBytes / width;
    }

    /// The id of a number, a new one if it is new, or [#FULL].
    int idOf(long value) {
        int mask = table.length - 1;
        int place = place(value);
        for (int probe = 0; probe < MAX_PROBES; probe++) {
            int id = table[place] - 1;
            if (id < 0) {
                return add(value, place);
            } else if (values[id] == value) {
                return id;
            }
            place = (place + 1) & mask;
        }
        return FULL;
    }

    long value(int id) {
        return values[id];
    }

    @Override
    int size() {
        return size;
    }

    @Override
    long bytes() {
        return (long) size * BYTES_OF_ENTRY;
    }

    @Override
    int plainSize() {
        return size * width;
    }

    @Override
    int plainSize(int id) {
        return width;
    }

    @Override
    void putPlain(int id, ByteBuilder out) {
        if (width == Integer.BYTES) {
            out.putInt((int) values[id]);
        } else {
            out.putLong(values[id]);
        }
    }

    @Override
    Dictionary copy() {
        var copy = new NumberDictionary(width, mostValues * width);
        copy.values = values.clone();
        copy.table = table.clone();
        copy.size = size;
        return copy;
    }

    @Override
    boolean addTo(Dictionary other, int[] ids) {
        var numbers = (NumberDictionary) other;
        for (int id = 0; id < size; id++) {
            ids[id] = numbers.idOf(values[id]);
            if (ids[id] == FULL) {
                return false;
            }
        }
        return true;
    }

    @Override
    void cut(int newSize) {
        size = newSize;
    }

    @Override
    void clear() {
        size = 0;
        table = new int[FIRST_PLACES];
    }

    private int add(long value, int place) {
        if (size == mostValues) {
            return FULL;
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size] = value;
        table[place] = ++size;
        if (size * 2 > table.length) {
            spread();
        }
        return size - 1;
    }

    // Half full at most; the ids stay as they are.
    private void spread() {
        table = new int[table.length * 2];
        for (int id = 0; id < size; id++) {
            int place = place(values[id]);
            while (table[place] != 0) {
                place = (place + 1) & (table.length - 1);
            }
            table[place] = id + 1;
        }
    }

    private int place(long value) {
        long mixed = value * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32 ^ mixed >>> 48) & (table.length - 1);
    }
}
