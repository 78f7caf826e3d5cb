package dev.feedline.parquet;

/// The least and the greatest of the [WideNumbers] added.
final class WideNumberRange {
    private final int width;
    private long minHigh = Long.MAX_VALUE;
    private long minLow = -1L;
    private long maxHigh = Long.MIN_VALUE;
    private long maxLow;
    private boolean empty = true;

    WideNumberRange(int width) {
        this.width = width;
    }

    void add(long high, long low) {
        if (WideNumbers.compare(high, low, minHigh, minLow) < 0) {
            minHigh = high;
            minLow = low;
        }
        if (WideNumbers.compare(high, low, maxHigh, maxLow) > 0) {
            maxHigh = high;
            maxLow = low;
        }
        empty = false;
    }

    Bounds bounds() {
        return empty ? Bounds.NONE : Bounds.exact(plain(minHigh, minLow), plain(maxHigh, maxLow));
    }

    private byte[] plain(long high, long low) {
        var bytes = new byte[width];
        WideNumbers.put(bytes, 0, width, high, low);
        return bytes;
    }
}
