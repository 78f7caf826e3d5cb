package dev.feedline.parquet;

import java.io.IOException;

/// Compresses whole pages; the same page always gives the same bytes.
///
/// A codec may hold native memory, and belongs to one writer and so to one thread at a time.
interface Codec extends AutoCloseable {
    /// The compressed form of the first `length` bytes.
    byte[] compress(byte[] page, int length) throws IOException;

    @Override
    void close();
}
