package dev.feedline.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The orders in which Parquet compares PLAIN values for statistics (`TypeDefinedOrder`).
final class ValueOrder {
    private ValueOrder() {}

    static int int32(byte[] left, byte[] right) {
        return Integer.compare(littleEndian(left).getInt(), littleEndian(right).getInt());
    }

    static int int64(byte[] left, byte[] right) {
        return Long.compare(littleEndian(left).getLong(), littleEndian(right).getLong());
    }

    static int float64(byte[] left, byte[] right) {
        return Double.compare(
                littleEndian(left).getDouble(), littleEndian(right).getDouble());
    }

    /// Text: by its UTF-8 bytes.
    static int unsignedBytes(byte[] left, byte[] right) {
        return Arrays.compareUnsigned(left, right);
    }

    /// Decimals: two's complement, highest byte first, all of one length.
    static int signedBytes(byte[] left, byte[] right) {
        return left[0] == right[0] ? Arrays.compareUnsigned(left, right) : Byte.compare(left[0], right[0]);
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
