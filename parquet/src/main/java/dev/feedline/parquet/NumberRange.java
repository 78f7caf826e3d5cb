package dev.feedline.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The least and the greatest of the numbers added.
abstract class NumberRange {
    static NumberRange of(PhysicalType type) {
        return switch (type) {
            case INT32 -> new Whole(Integer.BYTES);
            case INT64 -> new Whole(Long.BYTES);
            case DOUBLE -> new Floating();
            case BOOLEAN, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY ->
                throw new IllegalArgumentException(type + " is no number");
        };
    }

    abstract void add(long bits);

    abstract Bounds bounds();

    private static final class Whole extends NumberRange {
        private final int width;
        private long min = Long.MAX_VALUE;
        private long max = Long.MIN_VALUE;
        private boolean empty = true;

        Whole(int width) {
            this.width = width;
        }

        @Override
        void add(long value) {
            min = Math.min(min, value);
            max = Math.max(max, value);
            empty = false;
        }

        @Override
        Bounds bounds() {
            return empty ? Bounds.NONE : Bounds.exact(plain(min), plain(max));
        }

        private byte[] plain(long value) {
            var bytes = ByteBuffer.allocate(width).order(ByteOrder.LITTLE_ENDIAN);
            return (width == Integer.BYTES ? bytes.putInt((int) value) : bytes.putLong(value)).array();
        }
    }

    /// Source: the notes on float and double at `ColumnOrder` in parquet.thrift.
    private static final class Floating extends NumberRange {
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;
        private boolean empty = true;
        private boolean nan;

        @Override
        void add(long bits) {
            double value = Double.longBitsToDouble(bits);
            nan |= Double.isNaN(value);
            min = Math.min(min, value);
            max = Math.max(max, value);
            empty = false;
        }

        @Override
        Bounds bounds() {
            if (nan) {
                return Bounds.UNKNOWN;
            }
            // Readers take the zeros for equal or not: a least zero is negative and a greatest one positive.
            return empty ? Bounds.NONE : Bounds.exact(plain(min == 0 ? -0.0 : min), plain(max == 0 ? 0.0 : max));
        }

        private static byte[] plain(double value) {
            return ByteBuffer.allocate(Double.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putDouble(value)
                    .array();
        }
    }
}
