package dev.feedline.parquet;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The rows of one input, block by block.
interface BlockSource {
    /// The next block, or null after the last.
    @Nullable
    RowBlock next() throws IOException;
}
