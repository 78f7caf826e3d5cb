package dev.feedline.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts a file of lines into blocks as [LineBlocks] does, and reads only where they end: who converts
/// a block reads it.
final class LineRanges implements BlockSource {
    private static final int PIECE_BYTES = 64 << 10;

    private final int input;
    private final PlacedBytes bytes;
    private final int blockBytes;
    private final long size;
    private final byte[] piece = new byte[PIECE_BYTES + Long.BYTES];
    private long offset;

    LineRanges(int input, PlacedBytes bytes, int blockBytes) throws IOException {
        this.input = input;
        this.bytes = bytes;
        this.blockBytes = blockBytes;
        this.size = bytes.size();
        byte[] mark = LineBlocks.BYTE_ORDER_MARK;
        if (size >= mark.length) {
            readAt(0, mark.length);
            offset = Arrays.equals(piece, 0, mark.length, mark, 0, mark.length) ? mark.length : 0;
        }
    }

    @Override
    public @Nullable RowBlock next() throws IOException {
        if (offset >= size) {
            return null;
        }
        long start = offset;
        if (size - start < blockBytes) {
            offset = size;
            return block(start, size);
        }
        long end = lastLineEnd(start, start + blockBytes);
        boolean isCut = end == start;
        end = isCut ? start + blockBytes : end;
        offset = isCut ? nextLineEnd(end) : end;
        return block(start, end);
    }

    private RowBlock block(long from, long to) {
        return RowBlock.ofFile(input, bytes, from, (int) (to - from), offset >= size);
    }

    /// Behind the last line feed, or `from`.
    private long lastLineEnd(long from, long to) throws IOException {
        for (long end = to; end > from; ) {
            int length = (int) Math.min(PIECE_BYTES, end - from);
            end -= length;
            readAt(end, length);
            for (int at = length; at > 0; at--) {
                if (piece[at - 1] == '\n') {
                    return end + at;
                }
            }
        }
        return from;
    }

    /// Behind the next line feed, or the file's end.
    private long nextLineEnd(long from) throws IOException {
        for (long at = from; at < size; at += PIECE_BYTES) {
            int length = (int) Math.min(PIECE_BYTES, size - at);
            readAt(at, length);
            int end = LineEnds.next(piece, 0, length);
            if (end < length) {
                return at + end + 1;
            }
        }
        return size;
    }

    private void readAt(long position, int length) throws IOException {
        readFully(bytes, position, piece, 0, length);
    }

    /// @throws EOFException when the file has become shorter
    static void readFully(PlacedBytes bytes, long position, byte[] into, int from, int length) throws IOException {
        for (int done = 0; done < length; ) {
            int read = bytes.read(position + done, into, from + done, length - done);
            if (read < 0) {
                throw new EOFException("it became shorter while it was read: it ends at byte " + (position + done));
            }
            done += read;
        }
    }
}
