package dev.feedline.parquet;

/// Parquet's hybrid of run lengths and bit packing, for levels and dictionary ids.
///
/// Eight or more equal values become a run; all others are packed in groups of eight. Source:
/// Encodings.md of the Parquet format, "RLE / Bit-Packing Hybrid".
final class RleBitPacking {
    private static final int GROUP = 8;
    private static final long LOW_BITS = 0x0101010101010101L;
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

    /// Writes many numbers, which must be all that this encoder writes but for what [#finish]
    /// adds.
    void write(int[] values, int from, int to) {
        int at = from;
        while (to - at >= GROUP) {
            int end = runEnd(values, at, to);
            if (end - at >= GROUP) {
                writeRun(values[at], end - at);
                at = end;
            } else {
                pack(values, at);
                at += GROUP;
            }
        }
        for (; at < to; at++) {
            write(values[at]);
        }
    }

    /// Writes many numbers of one byte, as the same method for numbers of four.
    void write(byte[] values, int from, int to) {
        int at = from;
        while (to - at >= GROUP) {
            int end = runEnd(values, at, to);
            if (end - at >= GROUP) {
                writeRun(Byte.toUnsignedInt(values[at]), end - at);
                at = end;
            } else if (bitWidth == 1) {
                packBits(ByteBuilder.longAt(values, at));
                at += GROUP;
            } else {
                for (int i = 0; i < GROUP; i++) {
                    pending[i] = Byte.toUnsignedInt(values[at + i]);
                }
                pack(pending, 0);
                at += GROUP;
            }
        }
        for (; at < to; at++) {
            write(Byte.toUnsignedInt(values[at]));
        }
    }

    private static int runEnd(int[] values, int from, int to) {
        int at = from + 1;
        while (at < to && values[at] == values[from]) {
            at++;
        }
        return at;
    }

    private static int runEnd(byte[] values, int from, int to) {
        long eight = ByteBuilder.longAt(values, from);
        if (eight != (values[from] & 0xFF) * LOW_BITS) {
            return from + 1; // no run of eight: how long it is does not matter
        }
        int at = from + GROUP;
        while (to - at >= GROUP && ByteBuilder.longAt(values, at) == eight) {
            at += GROUP;
        }
        while (at < to && values[at] == values[from]) {
            at++;
        }
        return at;
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
        pack(pending, 0);
        pendingCount = 0;
        repeats = 0;
    }

    private void packBits(long eight) {
        startGroup();
        out.put(bits(eight));
        endGroup();
    }

    /// Eight bytes, each 0 or 1, as bits: the product moves each to its place in the highest byte.
    static int bits(long eight) {
        return (int) ((eight * 0x0102040810204080L) >>> (Long.SIZE - Byte.SIZE));
    }

    private void startGroup() {
        if (groups == 0) {
            groupHeaderAt = out.size();
            out.put(0);
        }
    }

    private void endGroup() {
        groups++;
        if (groups == MAX_GROUPS) {
            closeGroups();
        }
    }

    private void pack(int[] values, int from) {
        startGroup();
        out.reserve(bitWidth + Long.BYTES);
        byte[] bytes = out.array();
        int at = out.size();
        long bits = 0;
        int held = 0;
        for (int i = from; i < from + GROUP; i++) {
            bits |= (long) values[i] << held;
            held += bitWidth;
            if (held >= Integer.SIZE) {
                ByteBuilder.setIntAt(bytes, at, (int) bits);
                at += Integer.BYTES;
                bits >>>= Integer.SIZE;
                held -= Integer.SIZE;
            }
        }
        ByteBuilder.setIntAt(bytes, at, (int) bits); // at most three bytes of it count
        out.advance(bitWidth);
        endGroup();
    }

    private void closeGroups() {
        if (groups > 0) {
            out.array()[groupHeaderAt] = (byte) (groups << 1 | 1);
            groups = 0;
        }
    }

    private void writeRun() {
        writeRun(previous, repeats);
        repeats = 0;
        pendingCount = 0;
    }

    private void writeRun(int value, int times) {
        closeGroups();
        out.putVarint((long) times << 1);
        for (int shift = 0; shift < bitWidth; shift += Byte.SIZE) {
            out.put(value >>> shift);
        }
    }
}
