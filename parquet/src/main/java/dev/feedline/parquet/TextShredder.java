package dev.feedline.parquet;

import dev.feedline.rows.Type;
import java.io.IOException;

/// Puts a [String] into its column, as UTF-8.
final class TextShredder extends LeafShredder {
    /// What one character of Java's UTF-16 takes at most.
    private static final int MAX_BYTES_PER_CHAR = 3;

    private final TextColumn column;
    private final ByteBuilder utf8 = new ByteBuilder(256);

    TextShredder(TextColumn column, Type type) {
        super(column, type);
        this.column = column;
    }

    @Override
    void put(Object value, int repetition) throws IOException {
        var text = (String) value;
        utf8.clear();
        utf8.reserve(Math.multiplyExact(text.length(), MAX_BYTES_PER_CHAR));
        int length = encode(text, utf8.array());
        column.add(repetition, utf8.array(), 0, length);
    }

    // `String.getBytes` would make a question mark of half a surrogate pair, and so another text.
    private static int encode(String text, byte[] out) {
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit < 0x80) {
                out[size++] = (byte) unit;
            } else if (unit < 0x800) {
                out[size++] = (byte) (0xC0 | unit >> 6);
                out[size++] = (byte) (0x80 | (unit & 0x3F));
            } else if (!Character.isSurrogate(unit)) {
                out[size++] = (byte) (0xE0 | unit >> 12);
                out[size++] = (byte) (0x80 | (unit >> 6 & 0x3F));
                out[size++] = (byte) (0x80 | (unit & 0x3F));
            } else {
                int character = pair(text, i++);
                out[size++] = (byte) (0xF0 | character >> 18);
                out[size++] = (byte) (0x80 | (character >> 12 & 0x3F));
                out[size++] = (byte) (0x80 | (character >> 6 & 0x3F));
                out[size++] = (byte) (0x80 | (character & 0x3F));
            }
        }
        return size;
    }

    private static int pair(String text, int at) {
        int character = text.codePointAt(at);
        if (!Character.isSupplementaryCodePoint(character)) {
            throw new IllegalArgumentException("half a surrogate pair at index " + at);
        }
        return character;
    }
}
