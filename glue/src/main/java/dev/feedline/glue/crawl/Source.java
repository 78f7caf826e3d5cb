package dev.feedline.glue.crawl;

import java.io.IOException;
import java.io.InputStream;

/// The bytes of one object.
public interface Source {
    String key();

    long bytes();

    /// @param from the first byte
    /// @param count how many at most
    InputStream open(long from, long count) throws IOException;
}
