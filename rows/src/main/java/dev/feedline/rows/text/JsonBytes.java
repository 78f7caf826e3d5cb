package dev.feedline.rows.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Looks at JSON text eight bytes at a time. The text ends with a NUL, and eight bytes may be
/// read at every byte of it.
public final class JsonBytes {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = '"' * LOW_BITS;
    private static final long BACKSLASHES = '\\' * LOW_BITS;
    private static final long ZEROS = '0' * LOW_BITS;
    private static final long ABOVE_NINE = (0x80 - 10) * LOW_BITS;
    private static final long PAIRS = 0x000000FF000000FFL;
    private static final long SPACES = ' ' * LOW_BITS;
    private static final int NULL = 'n' | 'u' << 8 | 'l' << 16 | 'l' << 24;
    private static final int TRUE = 't' | 'r' << 8 | 'u' << 16 | 'e' << 24;
    private static final int ALSE = 'a' | 'l' << 8 | 's' << 16 | 'e' << 24;

    /// JSON's blanks, a bit for each character.
    public static final long BLANKS = 1L << ' ' | 1L << '\n' | 1L << '\t' | 1L << '\r';

    /// Those that do not end a line.
    public static final long BLANKS_IN_LINE = BLANKS & ~(1L << '\n');

    /// The answer when there is none.
    public static final int NONE = -1;

    private JsonBytes() {}

    public static long longAt(byte[] text, int at) {
        return (long) LONG.get(text, at);
    }

    public static boolean isNull(byte[] text, int at) {
        return (int) INT.get(text, at) == NULL;
    }

    /// 0 when `true` is at `at`.
    public static int notTrue(byte[] text, int at) {
        return (int) INT.get(text, at) ^ TRUE;
    }

    /// 0 when `false` is at `at`.
    public static int notFalse(byte[] text, int at) {
        return ((int) INT.get(text, at + 1) ^ ALSE) | (text[at] ^ 'f');
    }

    /// -1 when a minus is at `at`, else 0: a mask, for signs are hard to foresee.
    public static int minus(byte[] text, int at) {
        return (text[at] & 0xFF ^ '-') - 1 >> Integer.SIZE - 1;
    }

    /// The first place from `at` on that is no blank.
    public static int skipBlanks(byte[] text, int at) {
        return skipBlanks(text, at, BLANKS);
    }

    /// The first place from `at` on that has none of the blanks.
    ///
    /// @param blanks [#BLANKS] or [#BLANKS_IN_LINE]
    public static int skipBlanks(byte[] text, int at, long blanks) {
        return text[at] > ' ' ? at : blanksEnd(text, at, blanks);
    }

    /// Where a string stops being plain ASCII: at its closing quote, a backslash, a control
    /// character or a byte above 127.
    public static int plainEnd(byte[] text, int from) {
        long found = notPlain(longAt(text, from));
        return found != 0 ? from + firstMark(found) : longPlainEnd(text, from + Long.BYTES);
    }

    // Two words at a time: how often a loop runs is hard to foresee.
    private static int longPlainEnd(byte[] text, int from) {
        int at = from;
        while (true) {
            long first = notPlain(longAt(text, at));
            long second = notPlain(longAt(text, at + Long.BYTES));
            if ((first | second) != 0) {
                return first != 0 ? at + firstMark(first) : at + Long.BYTES + firstMark(second);
            }
            at += 2 * Long.BYTES;
        }
    }

    private static int firstMark(long marks) {
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }

    /// Where the number, `true` or `false` at `at` ends, or [#NONE] when there
    /// is none.
    public static int wordOrNumberEnd(byte[] text, int at) {
        if (notTrue(text, at) == 0) {
            return at + 4;
        }
        if (notFalse(text, at) == 0) {
            return at + 5;
        }
        int first = text[at] == '-' ? at + 1 : at;
        int end = digitsEnd(text, first);
        if (end == first || (text[first] == '0' && end > first + 1)) {
            return NONE;
        }
        if (text[end] == '.') {
            int point = end;
            end = digitsEnd(text, point + 1);
            if (end == point + 1) {
                return NONE;
            }
        }
        if (text[end] == 'e' || text[end] == 'E') {
            int from = text[end + 1] == '+' || text[end + 1] == '-' ? end + 2 : end + 1;
            end = digitsEnd(text, from);
            return end == from ? NONE : end;
        }
        return end;
    }

    /// How many of the eight bytes are digits, before the first that is none.
    public static int digits(long eight) {
        long values = eight ^ ZEROS;
        // Behind the first that is no digit a carry may lie.
        long marks = (values + ABOVE_NINE | values) & HIGH_BITS;
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }

    /// The number that the first bytes of the eight write.
    ///
    /// Source: Daniel Lemire, "Quickly parsing eight digits", 2018: neighbours are joined, pairs, then fours.
    ///
    /// @param digits how many bytes, 1 to 8, all digits
    public static long number(long eight, int digits) {
        long values = (eight ^ ZEROS) << Long.SIZE - digits * Byte.SIZE;
        long pairs = values * 10 + (values >>> Byte.SIZE);
        return (pairs & PAIRS) * (100 + (1_000_000L << Integer.SIZE))
                        + (pairs >>> 2 * Byte.SIZE & PAIRS) * (1 + (10_000L << Integer.SIZE))
                >>> Integer.SIZE;
    }

    private static int digitsEnd(byte[] text, int from) {
        int at = from;
        while (text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at;
    }

    /// Marks bytes of the eight; the lowest mark is true, those above it may be false.
    private static long notPlain(long eight) {
        // A subtraction sets the high bit of a byte that was smaller, and of one above 127, which is marked anyway;
        // only above one that was smaller, a carry may lie.
        long marks = ((eight ^ QUOTES) - LOW_BITS) | ((eight ^ BACKSLASHES) - LOW_BITS) | (eight - SPACES) | eight;
        return marks & HIGH_BITS;
    }

    private static int blanksEnd(byte[] text, int at, long blanks) {
        int next = at;
        while (text[next] <= ' ' && text[next] >= 0 && (blanks >>> text[next] & 1) != 0) {
            next++;
        }
        return next;
    }
}
