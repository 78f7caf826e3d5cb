package dev.feedline.feeds.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// The bytes of a file, which never change, wherever they are.
public interface StoredFile {
    /// The bytes from `offset` on, as stored.
    InputStream open(long offset) throws IOException;

    /// A file of this machine.
    static StoredFile at(Path path) {
        return offset -> {
            InputStream in = Files.newInputStream(path);
            try {
                in.skipNBytes(offset);
                return in;
            } catch (IOException | RuntimeException e) {
                in.close();
                throw e;
            }
        };
    }

    /// At most `count` first bytes.
    default byte[] head(int count) throws IOException {
        try (InputStream in = open(0)) {
            return in.readNBytes(count);
        }
    }
}
