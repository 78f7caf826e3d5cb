package dev.feedline.snowflake.copy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads Thrift's compact protocol, in which Parquet's footers are written.
///
/// Source: github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
final class ThriftReader {
    /// Structs and lists within each other; Parquet's own are eight deep.
    private static final int DEEPEST = 32;

    private static final int STOP = 0;
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int BYTE = 3;
    private static final int DOUBLE = 7;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int SET = 10;
    private static final int MAP = 11;
    static final int STRUCT = 12;
    private static final int UUID = 13;

    private final byte[] bytes;
    private int at;
    private int depth;

    /// What is read is no Thrift, or is cut.
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        private Unreadable(String what) {
            super(what);
        }
    }

    /// Takes a field of a struct, and must read or [#skip] its value.
    @FunctionalInterface
    interface Field {
        void read(int id, int type) throws Unreadable;
    }

    /// Takes an element of a list, and must read or [#skip] its value.
    @FunctionalInterface
    interface Element {
        void read(int type) throws Unreadable;
    }

    ThriftReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /// How far it has read.
    int position() {
        return at;
    }

    /// @param type that the value is said to have
    void struct(int type, Field field) throws Unreadable {
        require(STRUCT, type);
        descend();
        int id = 0;
        for (int head = next(); head != STOP; head = next()) {
            int delta = head >>> 4;
            id = delta == 0 ? (int) integer() : id + delta;
            field.read(id, head & 0x0f);
        }
        depth--;
    }

    /// @param type that the value is said to have
    void list(int type, Element element) throws Unreadable {
        require(LIST, type);
        descend();
        int head = next();
        long size = head >>> 4;
        size = size == 15 ? varint() : size;
        for (long i = 0; i < size; i++) {
            element.read(head & 0x0f);
        }
        depth--;
    }

    long integer() throws Unreadable {
        long zigzag = varint();
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    String text() throws Unreadable {
        int length = length();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    void skip(int type) throws Unreadable {
        switch (type) {
            case TRUE, FALSE -> {}
            case BYTE -> advance(1);
            case 4, 5, 6 -> varint();
            case DOUBLE -> advance(8);
            case BINARY -> advance(length());
            case LIST, SET -> list(LIST, this::skipElement);
            case MAP -> skipMap();
            case STRUCT -> struct(STRUCT, (id, field) -> skip(field));
            case UUID -> advance(16);
            default -> throw new Unreadable("there is no type " + type);
        }
    }

    private void descend() throws Unreadable {
        if (++depth > DEEPEST) {
            throw new Unreadable("values are more than " + DEEPEST + " deep");
        }
    }

    private static void require(int wanted, int type) throws Unreadable {
        if (type != wanted) {
            throw new Unreadable("a value of type " + type + " stands where one of type " + wanted + " belongs");
        }
    }

    /// A boolean that is no struct's field takes a byte.
    private void skipElement(int type) throws Unreadable {
        if (type == TRUE || type == FALSE) {
            advance(1);
        } else {
            skip(type);
        }
    }

    private void skipMap() throws Unreadable {
        long size = varint();
        if (size == 0) {
            return;
        }
        descend();
        int types = next();
        for (long i = 0; i < size; i++) {
            skipElement(types >>> 4);
            skipElement(types & 0x0f);
        }
        depth--;
    }

    byte[] between(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    private int length() throws Unreadable {
        long length = varint();
        if (length < 0 || length > bytes.length - at) {
            throw new Unreadable("a text is longer than what is left");
        }
        return (int) length;
    }

    private void advance(int count) throws Unreadable {
        if (count > bytes.length - at) {
            throw new Unreadable("it ends too early");
        }
        at += count;
    }

    private int next() throws Unreadable {
        if (at == bytes.length) {
            throw new Unreadable("it ends too early");
        }
        return bytes[at++] & 0xff;
    }

    private long varint() throws Unreadable {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int piece = next();
            value |= (long) (piece & 0x7f) << shift;
            if (piece < 0x80) {
                return value;
            }
        }
        throw new Unreadable("a number has more than 64 bits");
    }
}
