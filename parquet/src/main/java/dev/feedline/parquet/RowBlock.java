package dev.feedline.parquet;

import dev.feedline.rows.RawRow;
import dev.feedline.rows.batch.RowBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Some rows of an input, one behind another in memory: what becomes one row group.
///
/// Either the lines of `data[0, size)` as the input has them, of which it is only known where the
/// first begins, or rows that somebody has cut already.
final class RowBlock {
    /// A NUL, and what is read beyond it.
    static final int BYTES_AT_END = 1 + RowBatch.SLACK;

    /// What is behind the rows in their buffer: the end, and room for texts that had escapes.
    static final int BYTES_BEHIND = 1 << 20;

    final int input;
    final byte[] data;
    final int size;
    /// Of the first byte, in the decompressed input.
    final long offset;
    /// The rows, when they are cut.
    final RawRow @Nullable [] rows;

    /// What it is of the input, about.
    final long bytes;

    private RowBlock(int input, byte[] data, int size, long offset, RawRow @Nullable [] rows, long bytes) {
        this.input = input;
        this.data = data;
        this.size = size;
        this.offset = offset;
        this.rows = rows;
        this.bytes = bytes;
    }

    static RowBlock ofLines(int input, byte[] data, int size, long offset) {
        return new RowBlock(input, data, size, offset, null, size);
    }

    static RowBlock ofRows(int input, RawRow[] rows, int count, long bytes) {
        return new RowBlock(input, new byte[0], 0, 0, Arrays.copyOf(rows, count), bytes);
    }
}
