package dev.feedline.parquet;

import java.io.Closeable;
import java.io.IOException;

/// Bytes that can be read from every place, by several threads at once: those of a file.
public interface PlacedBytes extends Closeable {
    /// How many there are; those that are added later do not count.
    long size() throws IOException;

    /// Reads `length` bytes at most, and one at least, unless there are none any more.
    ///
    /// @param position of the first, counted from 0
    /// @return how many, or -1
    int read(long position, byte[] into, int from, int length) throws IOException;
}
