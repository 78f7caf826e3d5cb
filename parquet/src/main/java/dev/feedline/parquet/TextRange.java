package dev.feedline.parquet;

import java.util.Arrays;

/// The least and the greatest of some texts that lie in one array.
final class TextRange {
    private final byte[] bytes;
    private int minStart;
    private int minLength;
    private int maxStart;
    private int maxLength;
    /// How many bytes, in whole words, the two begin with alike, and the next eight of each.
    private int common;

    private long minHead;
    private long maxHead;
    private boolean empty = true;

    TextRange(byte[] bytes) {
        this.bytes = bytes;
    }

    void add(int start, int length) {
        // Most values lie between the two, and are told to by the eight bytes behind what both begin with.
        if (length >= common && hasCommon(start)) {
            long head = head(start + common, length - common);
            if (Long.compareUnsigned(head, minHead) > 0 && Long.compareUnsigned(head, maxHead) < 0) {
                return;
            }
        }
        compare(start, length);
        common = commonLength();
        minHead = head(minStart + common, minLength - common);
        maxHead = head(maxStart + common, maxLength - common);
    }

    private boolean hasCommon(int start) {
        for (int at = 0; at < common; at += Long.BYTES) {
            if (ByteBuilder.longAt(bytes, start + at) != ByteBuilder.longAt(bytes, minStart + at)) {
                return false;
            }
        }
        return true;
    }

    /// How many bytes the least and the greatest begin with alike, in whole words.
    private int commonLength() {
        int most = Math.min(minLength, maxLength);
        int differ = Arrays.mismatch(bytes, minStart, minStart + most, bytes, maxStart, maxStart + most);
        return (differ < 0 ? most : differ) & -Long.BYTES;
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
        return TextBounds.cut(min, max);
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
        return Arrays.compareUnsigned(bytes, start, start + length, bytes, otherStart, otherStart + otherLength) < 0;
    }
}
