package dev.feedline.snowflake.copy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A Parquet footer made by hand, as no writer would make it.
final class MadeFooter {
    static final int I32 = 5;
    static final int I64 = 6;
    static final int BINARY = 8;
    static final int LIST = 9;
    static final int MAP = 11;
    static final int STRUCT = 12;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// The beginning of a field, its id written in full.
    MadeFooter field(long id, int type) {
        out.write(type);
        return number(id);
    }

    MadeFooter number(long value) {
        return varint(value << 1 ^ value >> 63);
    }

    MadeFooter varint(long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            out.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
        return this;
    }

    MadeFooter text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        varint(bytes.length);
        return raw(bytes);
    }

    /// The beginning of a list.
    MadeFooter list(long size, int type) {
        out.write(0xf0 | type);
        return varint(size);
    }

    MadeFooter raw(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /// Ends structs.
    MadeFooter end(int structs) {
        return raw(new byte[structs]);
    }

    byte[] file() {
        return file(out.toByteArray());
    }

    static byte[] file(byte[] footer) {
        byte[] magic = "PAR1".getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(footer.length + 12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(magic)
                .put(footer)
                .putInt(footer.length)
                .put(magic)
                .array();
    }
}
