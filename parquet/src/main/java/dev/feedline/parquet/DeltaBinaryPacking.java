package dev.feedline.parquet;

/// Parquet's delta encoding of whole numbers: the first, then how much each is above the one before,
/// packed in as few bits as the greatest of 32 needs above the least of 128.
///
/// Differences go round at the ends of the type's range, so that any two numbers have one. Source:
/// Encodings.md of the Parquet format, "Delta Encoding (DELTA_BINARY_PACKED = 5)".
final class DeltaBinaryPacking {
    private static final int BLOCK = 128;
    private static final int MINIBLOCKS = 4;
    private static final int MINIBLOCK = BLOCK / MINIBLOCKS;

    private final ByteBuilder out;
    private final long[] deltas = new long[BLOCK];

    DeltaBinaryPacking(ByteBuilder out) {
        this.out = out;
    }

    /// Writes all numbers of a page.
    ///
    /// @param plain the numbers of a page, PLAIN
    /// @param width the bytes of each: four or eight
    void write(ByteBuilder plain, int width) {
        int count = (plain.size() - plain.front()) / width;
        out.putVarint(BLOCK);
        out.putVarint(MINIBLOCKS);
        out.putVarint(count);
        long last = count == 0 ? 0 : number(plain, plain.front(), width);
        putZigzag(last);
        int at = plain.front() + width;
        for (int left = count - 1; left > 0; left -= BLOCK) {
            int inBlock = Math.min(BLOCK, left);
            for (int i = 0; i < inBlock; i++) {
                long next = number(plain, at, width);
                deltas[i] = width == Integer.BYTES ? (int) (next - last) : next - last;
                last = next;
                at += width;
            }
            writeBlock(inBlock);
        }
    }

    private static long number(ByteBuilder plain, int at, int width) {
        return width == Integer.BYTES ? plain.getInt(at) : plain.getLong(at);
    }

    private void putZigzag(long value) {
        out.putVarint((value << 1) ^ (value >> (Long.SIZE - 1)));
    }

    private void writeBlock(int count) {
        long least = deltas[0];
        for (int i = 1; i < count; i++) {
            least = Math.min(least, deltas[i]);
        }
        putZigzag(least);
        int widthsAt = out.size();
        out.putInt(0); // a byte for each miniblock
        for (int from = 0; from < count; from += MINIBLOCK) {
            int bitWidth = aboveLeast(from, Math.min(count, from + MINIBLOCK), least);
            out.array()[widthsAt + from / MINIBLOCK] = (byte) bitWidth;
            pack(from, bitWidth);
        }
    }

    /// Leaves what the differences are above the least, zeros where a miniblock is not full, and
    /// returns the bits of the greatest.
    private int aboveLeast(int from, int to, long least) {
        long all = 0;
        for (int i = from; i < from + MINIBLOCK; i++) {
            deltas[i] = i < to ? deltas[i] - least : 0;
            all |= deltas[i];
        }
        return Long.SIZE - Long.numberOfLeadingZeros(all);
    }

    private void pack(int from, int bitWidth) {
        long bits = 0;
        int held = 0;
        for (int i = from; i < from + MINIBLOCK; i++) {
            bits |= deltas[i] << held;
            held += bitWidth;
            if (held >= Long.SIZE) {
                out.putLong(bits);
                held -= Long.SIZE;
                bits = held == 0 ? 0 : deltas[i] >>> (bitWidth - held);
            }
        }
        if (held > 0) {
            out.putInt((int) bits); // 32 numbers of an odd width end in the middle of eight bytes
        }
    }
}
