package dev.feedline.rows;

import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/// Splits a decompressed source into rows, holding one row at a time.
///
/// What it hands out is a function of the source alone: a splitter that begins at a position which
/// another was at goes on exactly as that one would have.
public interface RowSplitter extends Closeable {
    /// The next row, or null after the last.
    ///
    /// @throws BrokenFeedException when the source fails, after all rows before the failure; it is
    /// thrown again by every further call
    @Nullable
    RawRow next() throws BrokenFeedException;

    /// Behind the row that [#next] returned last.
    Position position();
}
