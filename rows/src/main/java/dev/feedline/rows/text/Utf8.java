package dev.feedline.rows.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Checks that a row's bytes are UTF-8 (RFC 3629: no overlong form, no surrogate, nothing above
/// U+10FFFF) and that its unicode escapes pair their surrogates, so that every string of it is Unicode
/// text.
///
/// After it a tokenizer has only the grammar to look at.
public final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long BACKSLASHES = '\\' * LOW_BITS;

    private Utf8() {}

    /// The offset of the first byte that is not, counted from `from`, or -1.
    public static int firstFault(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (at + Long.BYTES <= to && isPlain((long) LONGS.get(bytes, at))) {
                at += Long.BYTES;
                continue;
            }
            int b = bytes[at];
            int length;
            if (b >= 0) {
                length = b == '\\' ? escapeLength(bytes, at, to) : 1;
            } else {
                length = sequenceLength(bytes, at, to);
            }
            if (length == 0) {
                return at - from;
            }
            at += length;
        }
        return -1;
    }

    /// Whether all eight bytes are ASCII and none is a backslash.
    private static boolean isPlain(long eight) {
        long difference = eight ^ BACKSLASHES;
        // A zero byte in the difference borrows into its own high bit; a false alarm only costs the slow way.
        return ((eight | ((difference - LOW_BITS) & ~difference)) & HIGH_BITS) == 0;
    }

    /// The length of the well-formed sequence of a character beyond ASCII at `at`, or 0.
    public static int sequenceLength(byte[] bytes, int at, int to) {
        int first = bytes[at] & 0xFF;
        int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        if (first < 0xC2 || first > 0xF4 || at + length > to) {
            return 0;
        }
        int second = bytes[at + 1] & 0xFF;
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /// The length of the escape at `at`; a surrogate pair is one escape, half of one is 0. Whether the
    /// escape is valid JSON is the tokenizer's to say.
    private static int escapeLength(byte[] bytes, int at, int to) {
        int unit = codeUnit(bytes, at, to);
        if (unit < 0) {
            return Math.min(2, to - at) == 2 && bytes[at + 1] < 0 ? 1 : 2;
        }
        if (Character.isLowSurrogate((char) unit)) {
            return 0;
        }
        if (Character.isHighSurrogate((char) unit)) {
            int low = codeUnit(bytes, at + 6, to);
            return low >= 0 && Character.isLowSurrogate((char) low) ? 12 : 0;
        }
        return 6;
    }

    /// The UTF-16 unit of the unicode escape at `at`, or -1 when there is none.
    private static int codeUnit(byte[] bytes, int at, int to) {
        if (at + 6 > to || bytes[at] != '\\' || bytes[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit * 16 + digit;
        }
        return unit;
    }
}
