package dev.feedline.parquet;

import dev.feedline.rows.Schema;
import java.nio.file.Path;
import java.util.List;

/// A Parquet reader that others wrote.
interface ForeignReader {
    /// All rows in file order, in the form of [Seen].
    List<Object> rows(Path file, Schema schema) throws Exception;

    /// Every reader at hand; they share no code.
    static List<ForeignReader> all(DuckDb duckDb) {
        return List.of(duckDb::rows, Hardwood::read, ParquetJava::read);
    }
}
