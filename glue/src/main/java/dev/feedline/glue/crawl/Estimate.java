package dev.feedline.glue.crawl;

/// How many records a file has when only its beginning was read: Glue's `recordCount` is an estimate, too.
final class Estimate {
    /// How much smaller than its text a packed file is taken to be.
    private static final int PACKED = 5;

    private Estimate() {}

    static long of(long rows, long readBytes, Source source, boolean isWhole, boolean isGzip) {
        if (isWhole || readBytes == 0) {
            return rows;
        }
        double text = isGzip ? (double) source.bytes() * PACKED : source.bytes();
        return Math.max(rows, Math.round(rows * text / readBytes));
    }
}
