package dev.feedline.parquet;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/// Writes Thrift's compact protocol, the form of Parquet's footer, page headers and page index.
///
/// Members are written in rising field order; a header holds the step from the field before.
/// Source: thrift-compact-protocol.md of Apache Thrift.
final class CompactProtocol {
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int STRUCT = 12;
    private static final int STOP = 0;

    private final ByteBuilder out = new ByteBuilder(256);
    private int previousField;

    private CompactProtocol() {}

    /// The bytes of one top-level struct.
    static byte[] struct(Consumer<CompactProtocol> members) {
        var protocol = new CompactProtocol();
        protocol.members(() -> members.accept(protocol));
        return protocol.out.toByteArray();
    }

    void bool(int field, boolean value) {
        header(field, value ? TRUE : FALSE);
    }

    void i32(int field, int value) {
        header(field, I32);
        zigzag(value);
    }

    void i64(int field, long value) {
        header(field, I64);
        zigzag(value);
    }

    void binary(int field, byte[] value) {
        header(field, BINARY);
        bytes(value);
    }

    void string(int field, String value) {
        binary(field, value.getBytes(StandardCharsets.UTF_8));
    }

    void struct(int field, Runnable members) {
        header(field, STRUCT);
        members(members);
    }

    void emptyStruct(int field) {
        struct(field, () -> {});
    }

    <T> void structs(int field, List<T> elements, Consumer<T> members) {
        list(field, STRUCT, elements, element -> members(() -> members.accept(element)));
    }

    void strings(int field, List<String> elements) {
        list(field, BINARY, elements, element -> bytes(element.getBytes(StandardCharsets.UTF_8)));
    }

    void binaries(int field, List<byte[]> elements) {
        list(field, BINARY, elements, this::bytes);
    }

    void i32s(int field, List<Integer> elements) {
        list(field, I32, elements, element -> zigzag(element));
    }

    void i64s(int field, List<Long> elements) {
        list(field, I64, elements, this::zigzag);
    }

    // Lists name TRUE as the type of their booleans, and one byte each says which.
    void bools(int field, List<Boolean> elements) {
        list(field, TRUE, elements, element -> out.put(element ? TRUE : FALSE));
    }

    private <T> void list(int field, int elementType, List<T> elements, Consumer<T> each) {
        header(field, LIST);
        if (elements.size() < 15) {
            out.put(elements.size() << 4 | elementType);
        } else {
            out.put(0xF0 | elementType);
            out.putVarint(elements.size());
        }
        elements.forEach(each);
    }

    private void members(Runnable members) {
        int outerField = previousField;
        previousField = 0;
        members.run();
        out.put(STOP);
        previousField = outerField;
    }

    private void header(int field, int type) {
        int step = field - previousField;
        if (step < 1 || step > 15) {
            throw new IllegalStateException("Thrift field " + field + " after " + previousField);
        }
        out.put(step << 4 | type);
        previousField = field;
    }

    private void bytes(byte[] value) {
        out.putVarint(value.length);
        out.put(value, 0, value.length);
    }

    private void zigzag(long value) {
        out.putVarint(value << 1 ^ value >> 63);
    }
}
