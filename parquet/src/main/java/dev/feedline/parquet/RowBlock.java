package dev.feedline.parquet;

import dev.feedline.rows.RawRow;
import dev.feedline.rows.batch.RowBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Some rows of an input, one behind another: what becomes one row group, or a part of one.
///
/// Either the lines of `data[0, size)` as the input has them, of which it is only known where the
/// first begins, or the lines of a file, from `offset` on, that nobody has read, or rows that somebody
/// has cut already.
final class RowBlock {
    /// A NUL, and what is read beyond it.
    static final int BYTES_AT_END = 1 + RowBatch.SLACK;

    /// What is behind the rows in their buffer: the end, and room for texts that had escapes.
    static final int BYTES_BEHIND = 1 << 20;

    private static final byte[] NOTHING = {};

    final int input;
    final byte[] data;
    final int size;
    /// Of the first byte, in the decompressed input.
    final long offset;
    /// The rows, when they are cut.
    final RawRow @Nullable [] rows;
    /// The file, when its lines are still to be read.
    private final @Nullable PlacedBytes file;
    final boolean isLastOfFile;

    /// What it is of the input, about.
    final long bytes;

    private RowBlock(
            int input,
            byte[] data,
            int size,
            long offset,
            RawRow @Nullable [] rows,
            @Nullable PlacedBytes file,
            boolean isLastOfFile,
            long bytes) {
        this.file = file;
        this.isLastOfFile = isLastOfFile;
        this.input = input;
        this.data = data;
        this.size = size;
        this.offset = offset;
        this.rows = rows;
        this.bytes = bytes;
    }

    static RowBlock ofLines(int input, byte[] data, int size, long offset) {
        return new RowBlock(input, data, size, offset, null, null, false, size);
    }

    /// @param isLast whether the file has no more
    static RowBlock ofFile(int input, PlacedBytes file, long offset, int size, boolean isLast) {
        return new RowBlock(input, NOTHING, size, offset, null, file, isLast, size);
    }

    boolean isOfFile() {
        return file != null;
    }

    PlacedBytes file() {
        if (file == null) {
            throw new IllegalStateException("the block is in memory");
        }
        return file;
    }

    static RowBlock ofRows(int input, RawRow[] rows, int count, long bytes) {
        return new RowBlock(input, NOTHING, 0, 0, Arrays.copyOf(rows, count), null, false, bytes);
    }
}
