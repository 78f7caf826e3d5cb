package dev.feedline.rows.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.feedline.rows.text.JsonBytes;

/// The name of a member, in its quotes, to be compared with JSON text eight bytes at a time.
final class MemberName {
    private static final int MAX_SHORT = 2 * Long.BYTES;

    private final byte[] quoted;
    private final boolean needsEscapes;
    private final long firstWord;
    private final long firstMask;
    private final long secondWord;
    private final long secondMask;

    MemberName(String name) {
        quoted = ('"' + name + '"').getBytes(UTF_8);
        needsEscapes = name.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\');
        firstMask = mask(quoted.length);
        secondMask = mask(quoted.length - Long.BYTES);
        firstWord = word(0);
        secondWord = word(Long.BYTES);
    }

    int length() {
        return quoted.length;
    }

    /// Whether the text at `at`, which is a quote, goes on as this name does to its closing
    /// quote.
    ///
    /// A name that JSON writes with escapes never does.
    boolean isAt(byte[] text, int at) {
        if (needsEscapes || (JsonBytes.longAt(text, at) & firstMask) != firstWord) {
            return false;
        }
        if (secondMask == 0) {
            return true;
        }
        return (JsonBytes.longAt(text, at + Long.BYTES) & secondMask) == secondWord
                && (quoted.length <= MAX_SHORT || endsAs(text, at));
    }

    int hash() {
        return hash(quoted, 0, quoted.length);
    }

    static int hash(byte[] text, int from, int to) {
        int hash = to - from;
        for (int at = from; at < to; at++) {
            hash = hash * 31 + text[at];
        }
        return hash;
    }

    // The first difference stops it, at the text's NUL at the latest.
    private boolean endsAs(byte[] text, int at) {
        for (int i = MAX_SHORT; i < quoted.length; i++) {
            if (text[at + i] != quoted[i]) {
                return false;
            }
        }
        return true;
    }

    private static long mask(int bytes) {
        if (bytes <= 0) {
            return 0;
        }
        return bytes >= Long.BYTES ? -1L : (1L << bytes * Byte.SIZE) - 1;
    }

    private long word(int from) {
        long word = 0;
        for (int i = Math.min(quoted.length, from + Long.BYTES) - 1; i >= from; i--) {
            word = word << Byte.SIZE | quoted[i] & 0xFF;
        }
        return word;
    }
}
