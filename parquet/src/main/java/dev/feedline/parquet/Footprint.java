package dev.feedline.parquet;

/// What the row group being filled holds in memory, in bytes; all its columns count into it.
final class Footprint {
    private long bytes;
    private double share = 1;

    long bytes() {
        return bytes;
    }

    void add(long more) {
        bytes += more;
    }

    /// How much of the row group all that is, about, above 0 and at most 1.
    double share() {
        return share;
    }

    void share(double now) {
        share = now;
    }

    void clear() {
        bytes = 0;
    }
}
