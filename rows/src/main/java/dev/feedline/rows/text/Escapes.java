package dev.feedline.rows.text;

/// What a backslash begins in a JSON string.
public final class Escapes {
    /// The most that one escape becomes: a pair of surrogates is one character of four bytes.
    public static final int MOST_BYTES = 4;

    private static final int LENGTH_OF_UNIT = 6;

    private Escapes() {}

    /// How many bytes the escape at `at` has, a pair of surrogates counting as one; 0 when it is
    /// none, or half of a pair.
    public static int length(byte[] text, int at) {
        if (text[at + 1] != 'u') {
            return character(text[at + 1]) == 0 ? 0 : 2;
        }
        int unit = unit(text, at);
        if (unit < 0 || Character.isLowSurrogate((char) unit)) {
            return 0;
        }
        if (!Character.isHighSurrogate((char) unit)) {
            return LENGTH_OF_UNIT;
        }
        int low = unit(text, at + LENGTH_OF_UNIT);
        return low >= 0 && Character.isLowSurrogate((char) low) ? 2 * LENGTH_OF_UNIT : 0;
    }

    /// Puts the character of the escape at `at`, as UTF-8, and returns how many bytes that were.
    public static int put(byte[] text, int at, byte[] out, int to) {
        if (text[at + 1] != 'u') {
            out[to] = (byte) character(text[at + 1]);
            return 1;
        }
        int unit = unit(text, at);
        boolean isPair = Character.isHighSurrogate((char) unit);
        int character = isPair ? Character.toCodePoint((char) unit, (char) unit(text, at + LENGTH_OF_UNIT)) : unit;
        return putUtf8(character, out, to);
    }

    private static int putUtf8(int character, byte[] out, int to) {
        if (character < 0x80) {
            out[to] = (byte) character;
            return 1;
        }
        int length = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
        int rest = character;
        for (int i = length - 1; i > 0; i--) {
            out[to + i] = (byte) (0x80 | rest & 0x3F);
            rest >>>= 6;
        }
        out[to] = (byte) (0xF00 >>> length | rest);
        return length;
    }

    /// The character of a short escape, or 0 when there is none such.
    private static int character(byte letter) {
        return switch (letter) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> 0;
        };
    }

    /// The UTF-16 unit of the escape at `at`, or -1.
    private static int unit(byte[] text, int at) {
        if (text[at] != '\\' || text[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + LENGTH_OF_UNIT; i++) {
            int digit = Character.digit(text[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit * 16 + digit;
        }
        return unit;
    }
}
