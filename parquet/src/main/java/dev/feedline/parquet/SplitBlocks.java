package dev.feedline.parquet;

import dev.feedline.rows.RawRow;
import dev.feedline.rows.RowSplitter;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Collects the rows of a splitter into blocks: of arrays, of objects one after another, of other
/// encodings.
final class SplitBlocks implements BlockSource {
    private final int input;
    private final RowSplitter rows;
    private final int blockBytes;

    SplitBlocks(int input, RowSplitter rows, int blockBytes) {
        this.input = input;
        this.rows = rows;
        this.blockBytes = blockBytes;
    }

    @Override
    public @Nullable RowBlock next() throws IOException {
        RawRow[] block = new RawRow[1024];
        int count = 0;
        long bytes = 0;
        while (bytes < blockBytes) {
            RawRow row = rows.next();
            if (row == null) {
                break;
            }
            if (count == block.length) {
                block = Arrays.copyOf(block, 2 * count);
            }
            block[count++] = row;
            bytes += row.bytes().length + 1; // and what stands between two rows
        }
        return count == 0 ? null : RowBlock.ofRows(input, block, count, bytes);
    }
}
