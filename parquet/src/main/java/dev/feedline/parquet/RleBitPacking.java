package dev.feedline.parquet;

/// Parquet's hybrid of run lengths and bit packing, for levels and dictionary ids.
///
/// Eight or more equal values become a run; all others are packed in groups of eight.
/// Source: Encodings.md of the Parquet format, "RLE / Bit-Packing Hybrid".
final class RleBitPacking {
    private static final int GROUP = 8;
    // A header of one byte holds 63 groups.
    private static final int MAX_GROUPS = 63;

    private final ByteBuilder out;
    private final int bitWidth;
    private final int[] pending = new int[GROUP];
    private int pendingCount;
    private int previous;
    private int repeats;
    private int groupHeaderAt;
    private int groups;

    RleBitPacking(ByteBuilder out, int bitWidth) {
        this.out = out;
        this.bitWidth = bitWidth;
    }

    /// How many bits the numbers from 0 to `max` need.
    static int bitWidth(int max) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(max);
    }

    void write(int value) {
        if (value == previous) {
            repeats++;
            if (repeats >= GROUP) {
                return;
            }
        } else {
            if (repeats >= GROUP) {
                writeRun();
            }
            previous = value;
            repeats = 1;
        }
        pending[pendingCount++] = value;
        if (pendingCount == GROUP) {
            packGroup();
        }
    }

    void write(int value, int times) {
        for (int i = 0; i < times; i++) {
            write(value);
            if (repeats >= GROUP) {
                repeats += times - 1 - i;
                return;
            }
        }
    }

    void finish() {
        if (repeats >= GROUP) {
            writeRun();
        } else if (pendingCount > 0) {
            while (pendingCount < GROUP) {
                pending[pendingCount++] = 0;
            }
            packGroup();
        }
        closeGroups();
    }

    // Repeats start again with each packed group, so that eight of them always begin at the start of a group.
    private void packGroup() {
        if (groups == 0) {
            groupHeaderAt = out.size();
            out.put(0);
        }
        pack();
        pendingCount = 0;
        repeats = 0;
        groups++;
        if (groups == MAX_GROUPS) {
            closeGroups();
        }
    }

    private void pack() {
        long bits = 0;
        int held = 0;
        for (int value : pending) {
            bits |= (long) value << held;
            held += bitWidth;
            while (held >= Byte.SIZE) {
                out.put((int) bits);
                bits >>>= Byte.SIZE;
                held -= Byte.SIZE;
            }
        }
    }

    private void closeGroups() {
        if (groups > 0) {
            out.array()[groupHeaderAt] = (byte) (groups << 1 | 1);
            groups = 0;
        }
    }

    private void writeRun() {
        closeGroups();
        out.putVarint((long) repeats << 1);
        for (int shift = 0; shift < bitWidth; shift += Byte.SIZE) {
            out.put(previous >>> shift);
        }
        repeats = 0;
        pendingCount = 0;
    }
}
