package dev.feedline.feeds.ingest;

import java.io.IOException;
import java.io.InputStream;

/// The bytes of a file, which never change, wherever they are.
public interface StoredFile {
    /// The bytes from `offset` on, as stored.
    InputStream open(long offset) throws IOException;

    /// At most `count` first bytes.
    default byte[] head(int count) throws IOException {
        try (InputStream in = open(0)) {
            return in.readNBytes(count);
        }
    }
}
