package dev.feedline.app.audit;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The rows of a file, cut apart from how ingest cuts them, one after the other.
interface RowSource {
    /// The next row, or null after the last.
    @Nullable
    SourceLine next() throws IOException;
}
