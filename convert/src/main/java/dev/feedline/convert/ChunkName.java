package dev.feedline.convert;

import java.io.Serializable;
import java.util.Comparator;

/// One chunk of one source file: the file's id and the chunk's number from 0.
///
/// File ids begin with their second, so names sort in time.
public record ChunkName(String fileId, long chunk) implements Comparable<ChunkName>, Serializable {
    private static final Comparator<ChunkName> ORDER =
            Comparator.comparing(ChunkName::fileId).thenComparingLong(ChunkName::chunk);

    /// Reads the last part of a key such as `…/<fileId>-<chunk>.parquet`.
    public static ChunkName ofKey(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        int dash = name.indexOf('-');
        int dot = name.indexOf('.', dash);
        if (dash < 0 || dot < 0) {
            throw new IllegalArgumentException("no chunk's object: " + key);
        }
        return new ChunkName(name.substring(0, dash), Long.parseLong(name.substring(dash + 1, dot)));
    }

    @Override
    public int compareTo(ChunkName other) {
        return ORDER.compare(this, other);
    }

    /// As it stands in keys: `<fileId>-<chunk>`.
    @Override
    public String toString() {
        return fileId + "-" + chunk;
    }
}
