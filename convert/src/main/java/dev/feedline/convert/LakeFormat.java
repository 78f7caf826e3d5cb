package dev.feedline.convert;

import dev.feedline.rows.Marked;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Verdict;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// How a lake object is written; Parquet, unless a test wants to read it back with its eyes.
public interface LakeFormat {
    /// Begins the object of a chunk.
    ///
    /// @param verdict says how its rows are read
    Rows open(OutputStream out, ChunkRecord verdict, RowLimits limits) throws IOException;

    /// Takes the rows in order; closing it ends the object.
    interface Rows extends Closeable {
        /// Adds a row if it is good; null then, else why it is not.
        Verdict.@Nullable Bad add(Marked row) throws IOException;
    }
}
