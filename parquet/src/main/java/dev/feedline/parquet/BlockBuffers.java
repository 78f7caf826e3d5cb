package dev.feedline.parquet;

import java.util.ArrayDeque;
import java.util.Arrays;

/// The arrays that blocks of lines lie in, each used again when its row group is written. For one
/// thread.
final class BlockBuffers {
    private final int blockBytes;
    private final ArrayDeque<byte[]> free = new ArrayDeque<>();

    BlockBuffers(int blockBytes) {
        this.blockBytes = blockBytes;
    }

    /// How many bytes of rows a buffer takes.
    int blockBytes() {
        return blockBytes;
    }

    byte[] take() {
        byte[] buffer = free.poll();
        return buffer == null ? new byte[blockBytes + RowBlock.BYTES_BEHIND] : buffer;
    }

    void giveBack(byte[] buffer) {
        if (buffer.length == blockBytes + RowBlock.BYTES_BEHIND) {
            free.push(buffer);
        }
    }

    /// Puts an end behind the rows.
    static void end(byte[] buffer, int size) {
        Arrays.fill(buffer, size, size + RowBlock.BYTES_AT_END, (byte) 0);
    }
}
