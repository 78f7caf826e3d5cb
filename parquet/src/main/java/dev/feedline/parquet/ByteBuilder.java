package dev.feedline.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Bytes that grow, with Parquet's little-endian numbers.
final class ByteBuilder {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    private final int front;
    private byte[] bytes;
    private int size;

    ByteBuilder(int capacity) {
        this(0, capacity);
    }

    /// With so many bytes in front of the first that is put, for what is only known later; they count as put.
    ByteBuilder(int front, int capacity) {
        this.front = front;
        this.bytes = new byte[front + capacity];
        this.size = front;
    }

    /// Where the first byte is put.
    int front() {
        return front;
    }

    int size() {
        return size;
    }

    /// The bytes themselves, valid up to [#size] and until the next `put`.
    byte[] array() {
        return bytes;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    void clear() {
        size = front;
    }

    /// Makes room for `more` bytes, so that callers may fill [#array] themselves and say so with [#advance].
    void reserve(int more) {
        if (bytes.length - size < more) {
            grow(more);
        }
    }

    void advance(int written) {
        size += written;
    }

    void put(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    void putInt(int value) {
        reserve(Integer.BYTES);
        INT.set(bytes, size, value);
        size += Integer.BYTES;
    }

    void putLong(long value) {
        reserve(Long.BYTES);
        LONG.set(bytes, size, value);
        size += Long.BYTES;
    }

    void put(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    /// Puts bytes eight at a time: up to seven more are read behind them, which must be there.
    void putWords(byte[] source, int offset, int length) {
        reserve(length + Long.BYTES);
        for (int done = 0; done < length; done += Long.BYTES) {
            LONG.set(bytes, size + done, (long) LONG.get(source, offset + done));
        }
        size += length;
    }

    /// Puts a length of four bytes and so many bytes of `source`, eight at a time: up to seven more are read
    /// behind them, which must be there.
    void putLengthAndWords(byte[] source, int offset, int length) {
        putInt(length);
        putWords(source, offset, length);
    }

    /// Seven bits a byte, lowest first, as Thrift and the RLE headers have it.
    void putVarint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            put((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        put((int) rest);
    }

    /// Writes the length of what follows over four bytes that were put earlier.
    void setInt(int at, int value) {
        INT.set(bytes, at, value);
    }

    int getInt(int at) {
        return (int) INT.get(bytes, at);
    }

    long getLong(int at) {
        return (long) LONG.get(bytes, at);
    }

    static void setIntAt(byte[] target, int at, int value) {
        INT.set(target, at, value);
    }

    static void setLongAt(byte[] target, int at, long value) {
        LONG.set(target, at, value);
    }

    static long longAt(byte[] source, int at) {
        return (long) LONG.get(source, at);
    }

    private void grow(int more) {
        long needed = (long) size + more;
        if (needed > MAX_ARRAY) {
            throw new IllegalArgumentException("one page cannot hold " + needed + " bytes: a row is too long");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_ARRAY, Math.max(needed, bytes.length * 2L)));
    }
}
