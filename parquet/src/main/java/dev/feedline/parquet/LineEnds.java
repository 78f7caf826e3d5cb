package dev.feedline.parquet;

/// Finds line ends, eight bytes at a time.
final class LineEnds {
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LINE_ENDS = '\n' * LOW_BITS;

    private LineEnds() {}

    /// The first line feed from `from` on, or `to`. Eight bytes may be read from every place
    /// before `to`.
    static int next(byte[] data, int from, int to) {
        for (int at = from; at < to; at += Long.BYTES) {
            long other = ByteBuilder.longAt(data, at) ^ LINE_ENDS;
            long found = (other - LOW_BITS) & ~other & HIGH_BITS;
            if (found != 0) {
                return Math.min(to, at + (Long.numberOfTrailingZeros(found) >>> 3));
            }
        }
        return to;
    }
}
