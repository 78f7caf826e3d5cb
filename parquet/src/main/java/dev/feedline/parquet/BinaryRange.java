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
    private boolean empty = true;

    BinaryRange(PhysicalType type, byte[] bytes) {
        this.bytes = bytes;
        text = type == PhysicalType.BYTE_ARRAY;
    }

    void add(int start, int length) {
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

    private boolean isLess(int start, int length, int otherStart, int otherLength) {
        if (!text && bytes[start] != bytes[otherStart]) {
            return bytes[start] < bytes[otherStart];
        }
        return Arrays.compareUnsigned(bytes, start, start + length, bytes, otherStart, otherStart + otherLength) < 0;
    }
}
