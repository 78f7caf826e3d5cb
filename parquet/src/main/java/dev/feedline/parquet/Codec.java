package dev.feedline.parquet;

import java.io.IOException;

/// Compresses whole pages; the same page always gives the same bytes.
///
/// A codec may hold native memory, and belongs to one writer and so to one thread at a time.
interface Codec extends AutoCloseable {
    /// The compressed form of `page[from, from + length)`.
    ///
    /// @param texts whether they are texts, and not numbers of any kind
    byte[] compress(byte[] page, int from, int length, boolean texts) throws IOException;

    @Override
    void close();
}
