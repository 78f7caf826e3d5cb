package dev.feedline.convert;

import dev.feedline.rows.Schema;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// How a lake object is written; Parquet, unless a test wants to read it back with its eyes.
public interface LakeFormat {
    /// Begins an object that holds rows of this schema.
    Rows open(OutputStream out, Schema schema) throws IOException;

    /// Takes the rows in order; closing it ends the object.
    interface Rows extends Closeable {
        /// @param values in the order of the schema's columns
        /// @param rescued the JSON of what fits no column
        void add(String fileId, long row, @Nullable Object[] values, @Nullable String rescued) throws IOException;
    }
}
