package dev.feedline.parquet;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts an input of lines into blocks that end with a line.
///
/// A line that is longer than a whole block is handed out up to the block's end only; whoever
/// reads it finds it too long.
final class LineBlocks implements BlockSource {
    static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private static final int PIECE_BYTES = 256 << 10;

    private final int input;
    private final InputStream in;
    private final BlockBuffers buffers;
    private byte[] rest = new byte[0];
    private long offset;
    private boolean ended;

    LineBlocks(int input, InputStream in, BlockBuffers buffers) throws IOException {
        this.input = input;
        this.in = in;
        this.buffers = buffers;
        byte[] start = in.readNBytes(BYTE_ORDER_MARK.length);
        if (Arrays.equals(start, BYTE_ORDER_MARK)) {
            offset = start.length;
        } else {
            rest = start;
        }
    }

    @Override
    public @Nullable RowBlock next() throws IOException {
        if (ended && rest.length == 0) {
            return null;
        }
        int blockBytes = buffers.blockBytes();
        byte[] data = buffers.take();
        System.arraycopy(rest, 0, data, 0, rest.length);
        int size = fill(data, rest.length, blockBytes);
        ended = size < blockBytes;
        int end = ended ? size : lastLineEnd(data, size);
        rest = Arrays.copyOfRange(data, end, size);
        BlockBuffers.end(data, end);
        RowBlock block = RowBlock.ofLines(input, data, end, offset);
        offset += end;
        if (!ended && data[end - 1] != '\n') {
            skipLine();
        }
        return block;
    }

    // In pieces: streams of files copy what they read, and so it is still in the processor's cache.
    private int fill(byte[] data, int from, int to) throws IOException {
        int at = from;
        int read = 0;
        while (at < to && read >= 0) {
            read = in.read(data, at, Math.min(PIECE_BYTES, to - at));
            at += Math.max(0, read);
        }
        return at;
    }

    private static int lastLineEnd(byte[] data, int size) {
        int end = size;
        while (end > 0 && data[end - 1] != '\n') {
            end--;
        }
        return end == 0 ? size : end;
    }

    private void skipLine() throws IOException {
        int b = in.read();
        while (b >= 0 && b != '\n') {
            offset++;
            b = in.read();
        }
        offset += b < 0 ? 0 : 1;
        ended = b < 0;
    }
}
