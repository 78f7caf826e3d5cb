package dev.feedline.parquet;

/// Numbers of nine to sixteen bytes as Parquet's decimals of a fixed length have them: two's complement, highest
/// byte first. Here they are two longs, of which the low one has no sign of its own.
final class WideNumbers {
    private WideNumbers() {}

    /// What the high long of a number is that fits into the low one.
    static long highOf(long low) {
        return low >> Long.SIZE - 1;
    }

    /// @param width how many bytes it becomes, which are enough for it
    static void put(byte[] target, int at, int width, long high, long low) {
        ByteBuilder.setLongAt(target, at, Long.reverseBytes(high << (2 * Long.BYTES - width) * Byte.SIZE));
        ByteBuilder.setLongAt(target, at + width - Long.BYTES, Long.reverseBytes(low));
    }

    static long high(byte[] source, int at, int width) {
        return Long.reverseBytes(ByteBuilder.longAt(source, at)) >> (2 * Long.BYTES - width) * Byte.SIZE;
    }

    static long low(byte[] source, int at, int width) {
        return Long.reverseBytes(ByteBuilder.longAt(source, at + width - Long.BYTES));
    }

    static int compare(long high, long low, long otherHigh, long otherLow) {
        return high == otherHigh ? Long.compareUnsigned(low, otherLow) : Long.compare(high, otherHigh);
    }
}
