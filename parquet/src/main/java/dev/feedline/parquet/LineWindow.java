package dev.feedline.parquet;

import java.io.IOException;
import java.util.Arrays;

/// The lines of a block of a file, some at a time, always in the same array, which stays in the
/// processor's cache.
final class LineWindow {
    /// Read besides, so that the last line is whole, most times.
    private static final int MORE_BYTES = 16 << 10;

    /// What a file is read by: it is copied once more on the way.
    private static final int PIECE_BYTES = 64 << 10;

    private final int leastBytes;
    private byte[] data = new byte[0];
    /// What has been read behind the lines.
    private byte[] rest = new byte[MORE_BYTES];
    private int restSize;
    private int size;
    private RowBlock block;
    /// Of the block: where the lines begin, and up to where it has been read.
    private int from;

    private int read;

    /// @param leastBytes so many, and up to the line's end, are handed out at a time
    LineWindow(int leastBytes) {
        this.leastBytes = leastBytes;
        this.block = RowBlock.ofLines(0, data, 0, 0);
    }

    void begin(RowBlock next) {
        block = next;
        from = 0;
        size = 0;
        read = 0;
        restSize = 0;
        if (data.length == 0) {
            data = new byte[2 * leastBytes]; // with room for texts that had escapes
        }
    }

    /// Goes on to the next lines; false when there are none.
    boolean next() throws IOException {
        from += size;
        if (from >= block.size) {
            return false;
        }
        System.arraycopy(rest, 0, data, 0, restSize);
        int held = fill(restSize, leastBytes + MORE_BYTES);
        int end = lineEnd(Math.min(leastBytes, held) - 1, held);
        while (end < 0 && read < block.size) {
            int searched = held;
            held = fill(held, 2 * held);
            end = lineEnd(searched, held);
        }
        size = end < 0 ? held : end;
        restSize = held - size;
        if (rest.length < restSize) {
            rest = new byte[restSize];
        }
        System.arraycopy(data, size, rest, 0, restSize);
        Arrays.fill(data, size, size + RowBlock.BYTES_AT_END, (byte) 0);
        return true;
    }

    /// The lines are in its first [#size] bytes, with an end behind them.
    byte[] data() {
        return data;
    }

    int size() {
        return size;
    }

    /// Where in the block they begin.
    int from() {
        return from;
    }

    /// Reads on until there are `wanted` bytes, or the block ends, and returns how many there are.
    private int fill(int held, int wanted) throws IOException {
        int all = (int) Math.min(wanted, held + (long) block.size - read);
        if (data.length < all + RowBlock.BYTES_AT_END) {
            data = Arrays.copyOf(data, all + RowBlock.BYTES_AT_END);
        }
        for (int at = held; at < all; at += PIECE_BYTES) {
            int length = Math.min(PIECE_BYTES, all - at);
            LineRanges.readFully(block.file(), block.offset + read, data, at, length);
            read += length;
        }
        return all;
    }

    /// Behind the first line feed from `at` on, or -1.
    private int lineEnd(int at, int to) {
        int end = LineEnds.next(data, at, to);
        return end < to ? end + 1 : -1;
    }
}
