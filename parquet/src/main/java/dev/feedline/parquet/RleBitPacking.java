package dev.feedline.parquet;

import java.util.Arrays;

/// Parquet's hybrid of run lengths and bit packing, for levels and dictionary ids.
///
/// Equal values become a run where that takes fewer bytes; all others are packed in groups of
/// eight. Source: Encodings.md of the Parquet format, "RLE / Bit-Packing Hybrid".
final class RleBitPacking {
    private static final int GROUP = 8;
    private static final long LOW_BITS = 0x0101010101010101L;
    // A header of one byte holds 63 groups.
    private static final int MAX_GROUPS = 63;
    private static final int PACKED_ANYWAY_BYTES = 4;

    private final ByteBuilder out;
    private final int bitWidth;
    private final int shortestRun;
    private final int[] group = new int[GROUP];
    private int groupHeaderAt;
    private int groups;

    RleBitPacking(ByteBuilder out, int bitWidth) {
        this.out = out;
        this.bitWidth = bitWidth;
        this.shortestRun = shortestRun(bitWidth);
    }

    /// How many bits the numbers from 0 to `max` need.
    static int bitWidth(int max) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(max);
    }

    // A run among packed groups takes its header, its value and a header for the groups behind it; what would be
    // packed in no more than four bytes stays packed, which a codec also finds easier.
    private static int shortestRun(int bitWidth) {
        int groups = bitWidth == 0 ? 1 : (PACKED_ANYWAY_BYTES + bitWidth - 1) / bitWidth;
        return GROUP * groups;
    }

    /// Writes all numbers of a page.
    void write(int[] values, int from, int to) {
        int at = from;
        while (to - at >= GROUP) {
            int end = runEnd(values, at, to);
            if (isRun(at, end, to)) {
                writeRun(values[at], end - at);
                at = end;
            } else {
                pack(values, at);
                at += GROUP;
            }
        }
        if (at < to) {
            packLast(Arrays.copyOfRange(values, at, to));
        }
        closeGroups();
    }

    /// Writes all numbers of a page, of one byte each.
    void write(byte[] values, int from, int to) {
        int at = from;
        while (to - at >= GROUP) {
            int end = runEnd(values, at, to);
            if (isRun(at, end, to)) {
                writeRun(Byte.toUnsignedInt(values[at]), end - at);
                at = end;
            } else if (bitWidth == 1) {
                at = packBits(values, at, to);
            } else {
                for (int i = 0; i < GROUP; i++) {
                    group[i] = Byte.toUnsignedInt(values[at + i]);
                }
                pack(group, 0);
                at += GROUP;
            }
        }
        if (at < to) {
            var rest = new int[to - at];
            for (int i = 0; i < rest.length; i++) {
                rest[i] = Byte.toUnsignedInt(values[at + i]);
            }
            packLast(rest);
        }
        closeGroups();
    }

    // Behind what is equal to the end there is no further header.
    private boolean isRun(int from, int end, int to) {
        return end - from >= shortestRun || end == to && end - from >= GROUP;
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

    /// Packs fewer than eight numbers, with zeros behind them.
    private void packLast(int[] rest) {
        pack(Arrays.copyOf(rest, GROUP), 0);
    }

    /// Packs eight bits, and those behind them up to eight that are alike, and returns where it ended.
    private int packBits(byte[] values, int from, int to) {
        startGroup();
        int most = Math.min((to - from) / GROUP, MAX_GROUPS - groups);
        out.reserve(most);
        byte[] bytes = out.array();
        int size = out.size();
        int packed = 0;
        long eight = ByteBuilder.longAt(values, from);
        do {
            bytes[size + packed] = (byte) bits(eight);
            packed++;
            eight = packed < most ? ByteBuilder.longAt(values, from + packed * GROUP) : 0;
        } while (eight != 0 && eight != LOW_BITS);
        out.advance(packed);
        groups += packed;
        if (groups == MAX_GROUPS) {
            closeGroups();
        }
        return from + packed * GROUP;
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

    private void writeRun(int value, int times) {
        closeGroups();
        out.putVarint((long) times << 1);
        for (int shift = 0; shift < bitWidth; shift += Byte.SIZE) {
            out.put(value >>> shift);
        }
    }
}
