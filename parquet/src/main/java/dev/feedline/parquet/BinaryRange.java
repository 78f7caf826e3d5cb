package dev.feedline.parquet;

import java.util.Arrays;

/// The least and the greatest of some byte strings that lie in one array.
final class BinaryRange {
    private final boolean text;
    private final byte[] bytes;
    private int minStart;
    private int minLength;
    private int maxStart;
    private int maxLength;
    private long minHead;
    private long maxHead;
    private boolean empty = true;

    BinaryRange(PhysicalType type, byte[] bytes) {
        this.bytes = bytes;
        text = type == PhysicalType.BYTE_ARRAY;
    }

    void add(int start, int length) {
        if (text) {
            // Most values are told apart by their first eight bytes.
            long head = head(start, length);
            if (!empty && Long.compareUnsigned(head, minHead) > 0 && Long.compareUnsigned(head, maxHead) < 0) {
                return;
            }
        }
        compare(start, length);
        minHead = head(minStart, minLength);
        maxHead = head(maxStart, maxLength);
    }

    private void compare(int start, int length) {
        if (empty) {
            minStart = maxStart = start;
            minLength = maxLength = length;
            empty = false;
        } else if (isLess(start, length, minStart, minLength)) {
            minStart = start;
            minLength = length;
        } else if (isLess(maxStart, maxLength, start, length)) {
            maxStart = start;
            maxLength = length;
        }
    }

    Bounds bounds() {
        if (empty) {
            return Bounds.NONE;
        }
        byte[] min = Arrays.copyOfRange(bytes, minStart, minStart + minLength);
        byte[] max = Arrays.copyOfRange(bytes, maxStart, maxStart + maxLength);
        return text ? TextBounds.cut(min, max) : Bounds.exact(min, max);
    }

    /// The first eight bytes, highest first; a shorter value has zeros behind it.
    private long head(int start, int length) {
        if (start <= bytes.length - Long.BYTES) {
            long eight = Long.reverseBytes(ByteBuilder.longAt(bytes, start));
            return length >= Long.BYTES ? eight : eight & ~(-1L >>> length * Byte.SIZE);
        }
        long head = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            head = (head << Byte.SIZE) | (i < length ? bytes[start + i] & 0xFF : 0);
        }
        return head;
    }

    private boolean isLess(int start, int length, int otherStart, int otherLength) {
        if (!text && bytes[start] != bytes[otherStart]) {
            return bytes[start] < bytes[otherStart];
        }
        return Arrays.compareUnsigned(bytes, start, start + length, bytes, otherStart, otherStart + otherLength) < 0;
    }
}
