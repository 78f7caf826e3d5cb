package dev.feedline.rows;

import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// How the characters of a source are written. Everything is read as UTF-8; for the others the source
/// is rewritten first, so that the offset of every row in the source itself can still be told.
public enum TextEncoding {
    UTF_8,
    UTF_16LE,
    UTF_16BE,
    /// As browsers read it: the five bytes that stand for nothing become control characters.
    WINDOWS_1252,
    ISO_8859_1;

    /// The encoding that a byte order mark names, where the text begins with one.
    public static Optional<TextEncoding> ofMark(byte[] head) {
        int first = head.length > 0 ? head[0] & 0xff : -1;
        int second = head.length > 1 ? head[1] & 0xff : -1;
        if (first == 0xff && second == 0xfe) {
            return Optional.of(UTF_16LE);
        }
        if (first == 0xfe && second == 0xff) {
            return Optional.of(UTF_16BE);
        }
        boolean isUtf8 = first == 0xef && second == 0xbb && head.length > 2 && (head[2] & 0xff) == 0xbf;
        return isUtf8 ? Optional.of(UTF_8) : Optional.empty();
    }

    /// The source in UTF-8. What is no character of this encoding becomes bytes that are no UTF-8, so
    /// that only its row is bad.
    public InputStream toUtf8(InputStream source) {
        return switch (this) {
            case UTF_8 -> source;
            case UTF_16LE -> Utf8Rewriter.ofUtf16(source, 0);
            case UTF_16BE -> Utf8Rewriter.ofUtf16(source, 1);
            case WINDOWS_1252 -> Utf8Rewriter.ofSingleBytes(source, windows1252());
            case ISO_8859_1 -> Utf8Rewriter.ofSingleBytes(source, latin1());
        };
    }

    /// How many bytes of the source became these bytes of UTF-8. A character counts where it begins, so
    /// that the parts of a text add up wherever it is cut.
    long sourceBytes(byte[] utf8, int from, int to) {
        return switch (this) {
            case UTF_8 -> to - from;
            case UTF_16LE, UTF_16BE -> utf16Bytes(utf8, from, to);
            case WINDOWS_1252, ISO_8859_1 -> characters(utf8, from, to);
        };
    }

    private static long utf16Bytes(byte[] utf8, int from, int to) {
        long bytes = 0;
        for (int i = from; i < to; i++) {
            int b = utf8[i] & 0xff;
            if (b == Utf8Rewriter.NO_CHARACTER) {
                bytes++; // the odd byte at the end
            } else if ((b & 0xc0) != 0x80) {
                bytes += b >= 0xf0 ? 4 : 2;
            }
        }
        return bytes;
    }

    private static long characters(byte[] utf8, int from, int to) {
        long characters = 0;
        for (int i = from; i < to; i++) {
            characters += (utf8[i] & 0xc0) != 0x80 ? 1 : 0;
        }
        return characters;
    }

    private static char[] windows1252() {
        char[] table = latin1();
        byte[] high = new byte[32];
        for (int i = 0; i < high.length; i++) {
            high[i] = (byte) (0x80 + i);
        }
        String read = new String(high, Charset.forName("windows-1252"));
        for (int i = 0; i < high.length; i++) {
            table[0x80 + i] = read.charAt(i) == '\ufffd' ? (char) (0x80 + i) : read.charAt(i);
        }
        return table;
    }

    private static char[] latin1() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        return new String(all, StandardCharsets.ISO_8859_1).toCharArray();
    }
}
