package dev.feedline.parquet;

/// What the row group being filled holds in memory, in bytes; all its columns count into it.
final class Footprint {
    private long bytes;

    long bytes() {
        return bytes;
    }

    void add(long more) {
        bytes += more;
    }

    void clear() {
        bytes = 0;
    }
}
