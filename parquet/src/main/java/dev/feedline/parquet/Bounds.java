package dev.feedline.parquet;

import java.util.Comparator;

/// The least and the greatest of some values, in their PLAIN form without a length.
///
/// Long text is cut: then `min` is below and `max` above every value, and not exact.
// Bounds are ordered by their column's type, never compared as records.
@SuppressWarnings("ArrayRecordComponent")
record Bounds(byte[] min, boolean minExact, byte[] max, boolean maxExact, Kind kind) {
    /// Whether there is anything to say.
    enum Kind {
        /// There was no value.
        NONE,
        /// Both bounds hold.
        KNOWN,
        /// There was a NaN, for which Parquet has no order: nothing may be said, or a reader would skip it.
        UNKNOWN
    }

    private static final byte[] NOTHING = {};

    static final Bounds NONE = new Bounds(NOTHING, true, NOTHING, true, Kind.NONE);
    static final Bounds UNKNOWN = new Bounds(NOTHING, true, NOTHING, true, Kind.UNKNOWN);

    static Bounds exact(byte[] min, byte[] max) {
        return new Bounds(min, true, max, true, Kind.KNOWN);
    }

    /// The bounds of the values of both.
    Bounds and(Bounds other, Comparator<byte[]> order) {
        if (kind == Kind.UNKNOWN || other.kind == Kind.NONE) {
            return this;
        } else if (other.kind == Kind.UNKNOWN || kind == Kind.NONE) {
            return other;
        }
        int low = order.compare(min, other.min);
        int high = order.compare(max, other.max);
        return new Bounds(
                low <= 0 ? min : other.min,
                low == 0 ? minExact || other.minExact : low < 0 ? minExact : other.minExact,
                high >= 0 ? max : other.max,
                high == 0 ? maxExact || other.maxExact : high > 0 ? maxExact : other.maxExact,
                Kind.KNOWN);
    }
}
