package dev.feedline.glue.crawl;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;

/// Reads Thrift's compact protocol: https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
///
/// Reading beyond the end is an `IndexOutOfBoundsException`.
final class CompactReader {
    private static final int DEEPEST = 64;

    private final byte[] bytes;
    private final ArrayDeque<Integer> outerFields = new ArrayDeque<>();
    private int at;
    private int field;
    private int type;
    private int skipping;

    CompactReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Enters a struct; the result is its first field's number, or 0 at its end.
    int beginStruct() throws DamagedFileException {
        if (outerFields.size() > DEEPEST) {
            throw new DamagedFileException("structs are nested more than " + DEEPEST + " levels deep");
        }
        outerFields.push(field);
        field = 0;
        return nextField();
    }

    /// The next field's number; 0 when the struct has ended.
    int nextField() throws DamagedFileException {
        int head = bytes[at++] & 0xff;
        if (head == 0) {
            field = outerFields.pop();
            return 0;
        }
        type = head & 0x0f;
        int delta = head >> 4;
        field = delta == 0 ? (int) zigzag() : field + delta;
        if (field < 1) {
            throw new DamagedFileException("a field has the number " + field);
        }
        return field;
    }

    /// Enters a list; the result is how many elements it has. Each is read at once by [#beginStruct].
    int beginList() throws DamagedFileException {
        int head = bytes[at++] & 0xff;
        long size = head >> 4 == 15 ? varint() : head >> 4;
        if (size < 0 || size > bytes.length - at) {
            throw new DamagedFileException("a list has " + size + " elements");
        }
        type = head & 0x0f;
        return (int) size;
    }

    long number() {
        return zigzag();
    }

    int smallNumber() throws DamagedFileException {
        long number = zigzag();
        if (number != (int) number) {
            throw new DamagedFileException("a number is too large: " + number);
        }
        return (int) number;
    }

    /// A number of type `i8`: one byte as it is, not zigzag.
    int oneByte() {
        advance(1);
        return bytes[at - 1];
    }

    /// A truth stands in its field's type.
    boolean truth() {
        return type == 1;
    }

    byte[] bytes() throws DamagedFileException {
        long length = varint();
        if (length < 0 || length > bytes.length - at) {
            throw new DamagedFileException("a text has " + length + " bytes");
        }
        at += (int) length;
        return Arrays.copyOfRange(bytes, at - (int) length, at);
    }

    /// Passes over the field that [#nextField] named.
    void skip() throws DamagedFileException {
        skip(type);
    }

    private void skip(int skipped) throws DamagedFileException {
        if (++skipping > DEEPEST) {
            throw new DamagedFileException("lists are nested more than " + DEEPEST + " levels deep");
        }
        switch (skipped) {
            case 1, 2 -> {} // the truth is in the type
            case 3 -> advance(1);
            case 4, 5, 6 -> varint();
            case 7 -> advance(8);
            case 8 -> bytes();
            case 9, 10 -> skipList();
            case 11 -> skipMap();
            case 12 -> {
                for (int next = beginStruct(); next > 0; next = nextField()) {
                    skip(type);
                }
            }
            default -> throw new DamagedFileException("there is no type " + skipped);
        }
        skipping--;
    }

    private void skipList() throws DamagedFileException {
        int size = beginList();
        int element = type;
        for (int i = 0; i < size; i++) {
            skipElement(element);
        }
    }

    /// Of its keys and values each takes a byte at least.
    private void skipMap() throws DamagedFileException {
        long size = varint();
        if (size == 0) {
            return;
        }
        if (size < 0 || size > bytes.length - at) {
            throw new DamagedFileException("a map has " + size + " entries");
        }
        int types = bytes[at++] & 0xff;
        for (long i = 0; i < size; i++) {
            skipElement(types >> 4);
            skipElement(types & 0x0f);
        }
    }

    /// Within lists and maps a truth is a byte.
    private void skipElement(int element) throws DamagedFileException {
        if (element == 1 || element == 2) {
            advance(1);
        } else {
            skip(element);
        }
    }

    private void advance(int count) {
        at = Objects.checkFromIndexSize(at, count, bytes.length) + count;
    }

    private long zigzag() {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = bytes[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IndexOutOfBoundsException("a number goes on and on");
    }
}
