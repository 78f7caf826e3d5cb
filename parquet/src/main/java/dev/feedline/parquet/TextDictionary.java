package dev.feedline.parquet;

import java.util.Arrays;

/// A dictionary of texts, kept one after another without gaps.
final class TextDictionary extends Dictionary {
    /// What PLAIN puts in front of each text: its length.
    static final int LENGTH_BYTES = Integer.BYTES;

    /// Where a value begins, its hash, its first and last bytes, and its places in a table; all are doubled when
    /// they are full.
    private static final int BYTES_OF_ENTRY = 2 * (2 * Integer.BYTES + 2 * Long.BYTES) + 4 * Integer.BYTES;

    private final int maxBytes;
    private final ByteBuilder bytes = new ByteBuilder(256);
    private int[] starts = new int[64];
    private int[] hashes = new int[64];
    private long[] heads = new long[64];
    /// The last eight bytes of each value that has more.
    private long[] tails = new long[64];
    private int[] table = new int[FIRST_PLACES];
    private int size;

    TextDictionary(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /// The id of these bytes, a new one if they are new, or [#FULL]; eight bytes can be read from
    /// where they begin.
    int idOf(byte[] source, int from, int length) {
        long head = head(source, from, length);
        long tail = length > Long.BYTES ? ByteBuilder.longAt(source, from + length - Long.BYTES) : 0;
        return idOf(source, from, length, hash(source, from, length, head, tail), head, tail);
    }

    private int idOf(byte[] source, int from, int length, int hash, long head, long tail) {
        int mask = table.length - 1;
        int place = hash & mask;
        for (int probe = 0; probe < MAX_PROBES; probe++) {
            int id = table[place] - 1;
            if (id < 0) {
                return add(source, from, length, hash, head, tail, place);
            } else if (heads[id] == head && tails[id] == tail && holds(id, source, from, length)) {
                return id;
            }
            place = (place + 1) & mask;
        }
        return FULL;
    }

    byte[] array() {
        return bytes.array();
    }

    int start(int id) {
        return starts[id];
    }

    int length(int id) {
        return (id + 1 == size ? bytes.size() : starts[id + 1]) - starts[id];
    }

    @Override
    int size() {
        return size;
    }

    @Override
    long bytes() {
        return 2L * bytes.size() + (long) size * BYTES_OF_ENTRY;
    }

    @Override
    int plainSize() {
        return bytes.size() + size * LENGTH_BYTES;
    }

    @Override
    int plainSize(int id) {
        return length(id) + LENGTH_BYTES;
    }

    @Override
    void putPlain(int id, ByteBuilder out) {
        int length = length(id);
        out.putInt(length);
        out.put(bytes.array(), starts[id], length);
    }

    @Override
    Dictionary copy() {
        var copy = new TextDictionary(maxBytes);
        copy.bytes.put(bytes.array(), 0, bytes.size());
        copy.starts = starts.clone();
        copy.hashes = hashes.clone();
        copy.heads = heads.clone();
        copy.tails = tails.clone();
        copy.table = table.clone();
        copy.size = size;
        return copy;
    }

    @Override
    boolean addTo(Dictionary other, int[] ids) {
        var texts = (TextDictionary) other;
        for (int id = 0; id < size; id++) {
            ids[id] = texts.idOf(bytes.array(), starts[id], length(id), hashes[id], heads[id], tails[id]);
            if (ids[id] == FULL) {
                return false;
            }
        }
        return true;
    }

    @Override
    void cut(int newSize) {
        bytes.advance((newSize == size ? bytes.size() : starts[newSize]) - bytes.size());
        size = newSize;
    }

    @Override
    void clear() {
        size = 0;
        bytes.clear();
        table = new int[FIRST_PLACES];
    }

    private int add(byte[] source, int from, int length, int hash, long head, long tail, int place) {
        if ((long) plainSize() + length + LENGTH_BYTES > maxBytes) {
            return FULL;
        }
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
            hashes = Arrays.copyOf(hashes, size * 2);
            heads = Arrays.copyOf(heads, size * 2);
            tails = Arrays.copyOf(tails, size * 2);
        }
        starts[size] = bytes.size();
        hashes[size] = hash;
        heads[size] = head;
        tails[size] = tail;
        bytes.put(source, from, length);
        table[place] = ++size;
        if (size * 2 > table.length) {
            spread();
        }
        return size - 1;
    }

    // Heads and tails are equal already.
    private boolean holds(int id, byte[] source, int from, int length) {
        int start = starts[id];
        return length(id) == length
                && (length <= 2 * Long.BYTES
                        || Arrays.equals(bytes.array(), start, start + length, source, from, from + length));
    }

    // Half full at most; the ids stay as they are.
    private void spread() {
        table = new int[table.length * 2];
        for (int id = 0; id < size; id++) {
            int place = hashes[id] & (table.length - 1);
            while (table[place] != 0) {
                place = (place + 1) & (table.length - 1);
            }
            table[place] = id + 1;
        }
    }

    /// The first eight bytes, or all of fewer.
    private static long head(byte[] source, int from, int length) {
        long eight = ByteBuilder.longAt(source, from);
        return length >= Long.BYTES ? eight : eight & ((1L << (length * Byte.SIZE)) - 1);
    }

    private static int hash(byte[] source, int from, int length, long head, long tail) {
        long hash = mix(length, head);
        for (int at = Long.BYTES; at < length - Long.BYTES; at += Long.BYTES) {
            hash = mix(hash, ByteBuilder.longAt(source, from + at));
        }
        if (length > Long.BYTES) {
            hash = mix(hash, tail);
        }
        return (int) hash;
    }

    // Folded before and after, since a product's low bits never hear of a factor's high ones.
    private static long mix(long hash, long word) {
        long mixed = hash ^ word;
        mixed = (mixed ^ mixed >>> 32) * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 29;
    }
}
