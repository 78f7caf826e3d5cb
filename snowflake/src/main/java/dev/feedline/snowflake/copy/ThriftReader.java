package dev.feedline.snowflake.copy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// Reads Thrift's compact protocol, in which Parquet's footers are written.
///
/// Readers made by Thrift's compiler cut numbers that are too long, skip fields of another type than they expect, do
/// not look at the type of a list's elements and let the last of equal fields win. DuckDB has one of them: what it
/// could
/// read otherwise than this is refused, so that both have read the same.
///
/// Source: github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
final class ThriftReader {
    /// Structs and lists within each other; Parquet's own are eight deep.
    private static final int DEEPEST = 32;

    private static final int STOP = 0;
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int BYTE = 3;
    private static final int I16 = 4;
    static final int I32 = 5;
    static final int I64 = 6;
    private static final int DOUBLE = 7;
    static final int BINARY = 8;
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

    /// Takes an element of a list, and must read its value.
    @FunctionalInterface
    interface Element {
        void read() throws Unreadable;
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
        struct(field);
    }

    /// A struct that is a list's element.
    void struct(Field field) throws Unreadable {
        descend();
        int id = 0;
        long seen = 0;
        for (int head = next(); head != STOP; head = next()) {
            int delta = head >>> 4;
            id = id(delta == 0 ? zigzag() : id + delta);
            // Nothing reads the fields behind them, so they may come twice.
            if (id < Long.SIZE) {
                if ((seen & 1L << id) != 0) {
                    throw new Unreadable("field " + id + " comes twice");
                }
                seen |= 1L << id;
            }
            field.read(id, head & 0x0f);
        }
        depth--;
    }

    private static int id(long id) throws Unreadable {
        if (id < 1 || id > Short.MAX_VALUE) {
            throw new Unreadable("there is no field " + id);
        }
        return (int) id;
    }

    /// @param type that the value is said to have
    /// @param wanted the type of its elements
    /// @param most elements that are read
    void list(int type, int wanted, int most, Element element) throws Unreadable {
        require(LIST, type);
        descend();
        int head = next();
        long size = size(head);
        if (size > most) {
            throw new Unreadable("a list has " + size + " elements, more than " + most);
        }
        if (size > 0) {
            require(wanted, head & 0x0f);
        }
        for (long i = 0; i < size; i++) {
            element.read();
        }
        depth--;
    }

    /// A list of this type, of which nothing is wanted.
    void skipList(int type, int wanted, int most) throws Unreadable {
        list(type, wanted, most, () -> skipElement(wanted));
    }

    private long size(int head) throws Unreadable {
        int small = head >>> 4;
        return small == 15 ? count() : small;
    }

    /// How many elements follow; each takes a byte at least.
    private long count() throws Unreadable {
        long count = varint();
        if (count < 0 || count > bytes.length - at) {
            throw new Unreadable("a list is longer than what is left");
        }
        return count;
    }

    /// @param type that the value is said to have
    long i64(int type) throws Unreadable {
        require(I64, type);
        return zigzag();
    }

    /// @param type that the value is said to have
    int i32(int type) throws Unreadable {
        require(I32, type);
        long value = zigzag();
        if (value != (int) value) {
            throw new Unreadable("the number " + value + " has more than 32 bits");
        }
        return (int) value;
    }

    private long zigzag() throws Unreadable {
        long zigzag = varint();
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    /// @param type that the value is said to have
    String text(int type) throws Unreadable {
        require(BINARY, type);
        return text();
    }

    /// A text that is a list's element.
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
            case I16, I32, I64 -> varint();
            case DOUBLE -> advance(8);
            case BINARY -> advance(length());
            case LIST, SET -> skipElements();
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

    private void skipElements() throws Unreadable {
        descend();
        int head = next();
        long size = size(head);
        for (long i = 0; i < size; i++) {
            skipElement(head & 0x0f);
        }
        depth--;
    }

    private void skipMap() throws Unreadable {
        long size = count();
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

    /// Adds what was read since then.
    void addTo(MessageDigest digest, int from) {
        digest.update(bytes, from, at - from);
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
