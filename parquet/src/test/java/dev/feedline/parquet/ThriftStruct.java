package dev.feedline.parquet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A struct of Thrift's compact protocol by field numbers, read without knowing what it means.
record ThriftStruct(Map<Integer, Object> fields) {
    /// Reads one struct and leaves the buffer behind it.
    static ThriftStruct read(ByteBuffer in) {
        var fields = new TreeMap<Integer, Object>();
        int field = 0;
        for (int header = in.get() & 0xFF; header != 0; header = in.get() & 0xFF) {
            field = header >> 4 == 0 ? (int) zigzag(in) : field + (header >> 4);
            int type = header & 0xF;
            fields.put(field, type == 1 || type == 2 ? (Object) (type == 1) : value(in, type));
        }
        return new ThriftStruct(fields);
    }

    boolean has(int field) {
        return fields.containsKey(field);
    }

    long number(int field) {
        return ((Number) fields.get(field)).longValue();
    }

    boolean flag(int field) {
        return (Boolean) fields.get(field);
    }

    byte[] bytes(int field) {
        return (byte[]) fields.get(field);
    }

    String text(int field) {
        return new String(bytes(field), StandardCharsets.UTF_8);
    }

    ThriftStruct struct(int field) {
        return (ThriftStruct) fields.get(field);
    }

    @SuppressWarnings("unchecked")
    <T> List<T> list(int field) {
        return (List<T>) fields.get(field);
    }

    private static Object value(ByteBuffer in, int type) {
        return switch (type) {
            case 1, 2 -> in.get() == 1;
            case 5, 6 -> zigzag(in);
            case 8 -> {
                var bytes = new byte[(int) varint(in)];
                in.get(bytes);
                yield bytes;
            }
            case 9 -> list(in);
            case 12 -> read(in);
            default -> throw new IllegalArgumentException("Thrift type " + type);
        };
    }

    private static List<Object> list(ByteBuffer in) {
        int header = in.get() & 0xFF;
        long size = header >> 4 == 15 ? varint(in) : header >> 4;
        var list = new ArrayList<>();
        for (long i = 0; i < size; i++) {
            list.add(value(in, header & 0xF));
        }
        return list;
    }

    private static long zigzag(ByteBuffer in) {
        long value = varint(in);
        return value >>> 1 ^ -(value & 1);
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
