package dev.feedline.parquet;

import java.util.Arrays;

/// A dictionary of numbers of four or eight bytes, or of [WideNumbers]; doubles by their bits, so that -0.0 and
/// every NaN survive.
final class NumberDictionary extends Dictionary {
    /// A number in a list, and its places in a table; both are doubled when they are full.
    private static final int BYTES_OF_ENTRY = 2 * Long.BYTES + 4 * Integer.BYTES;

    private static final long[] NONE = {};

    private final int width;
    private final int mostValues;
    /// Of wide numbers the low longs.
    private long[] values = new long[64];
    /// The high ones, as soon as one is another than [WideNumbers#highOf].
    private long[] highs = NONE;
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

    /// The id of a wide number, a new one if it is new, or [#FULL].
    int idOf(long high, long low) {
        if (highs.length == 0) {
            if (high == WideNumbers.highOf(low)) {
                return idOf(low);
            }
            widen();
        }
        int mask = table.length - 1;
        int place = place(low);
        for (int probe = 0; probe < MAX_PROBES; probe++) {
            int id = table[place] - 1;
            if (id < 0) {
                return addWide(high, low, place);
            } else if (values[id] == low && highs[id] == high) {
                return id;
            }
            place = (place + 1) & mask;
        }
        return FULL;
    }

    /// The number, of a wide one its low long.
    long value(int id) {
        return values[id];
    }

    long high(int id) {
        return highs.length == 0 ? WideNumbers.highOf(values[id]) : highs[id];
    }

    @Override
    int size() {
        return size;
    }

    @Override
    long bytes() {
        return (long) size * (BYTES_OF_ENTRY + (highs.length == 0 ? 0 : 2 * Long.BYTES));
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
        } else if (width == Long.BYTES) {
            out.putLong(values[id]);
        } else {
            out.reserve(width);
            WideNumbers.put(out.array(), out.size(), width, high(id), values[id]);
            out.advance(width);
        }
    }

    @Override
    Dictionary copy() {
        var copy = new NumberDictionary(width, mostValues * width);
        copy.values = values.clone();
        copy.highs = highs.clone();
        copy.table = table.clone();
        copy.size = size;
        return copy;
    }

    @Override
    boolean addTo(Dictionary other, int[] ids) {
        var numbers = (NumberDictionary) other;
        for (int id = 0; id < size; id++) {
            ids[id] = numbers.idOf(high(id), values[id]);
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
        highs = NONE;
        table = new int[FIRST_PLACES];
    }

    private void widen() {
        highs = new long[values.length];
        Arrays.setAll(highs, id -> WideNumbers.highOf(values[id]));
    }

    private int addWide(long high, long low, int place) {
        int id = add(low, place);
        if (id == FULL) {
            return FULL;
        }
        if (highs.length < values.length) {
            highs = Arrays.copyOf(highs, values.length);
        }
        highs[id] = high;
        return id;
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
