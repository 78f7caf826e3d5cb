package dev.feedline.app.command;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// A bad row as one line with a mark under the place of its fault, cut around it when the row is long.
///
/// Nothing in the row reaches a terminal as it is: control characters become visible, bytes that are no UTF-8 stand as
/// `\xNN`.
///
/// @param text the row, or a piece of it
/// @param mark as many blanks as it takes, and `^`; empty when the fault is at no place
record MarkedFault(String text, String mark) {
    /// How much is shown before and behind the fault.
    private static final int AROUND = 60;

    private static final String CUT = "…";

    /// @param offset of the fault in bytes; negative when it is the row as a whole
    static MarkedFault of(byte[] row, int offset) {
        if (offset < 0) {
            String all = visible(row, 0, row.length);
            return new MarkedFault(all.length() <= 2 * AROUND ? all : head(all, 2 * AROUND) + CUT, "");
        }
        int at = Math.min(offset, row.length);
        String before = visible(row, 0, at);
        String behind = visible(row, at, row.length);
        String left = before.length() <= AROUND ? before : CUT + tail(before, AROUND);
        String right = behind.length() <= AROUND ? behind : head(behind, AROUND) + CUT;
        return new MarkedFault(left + right, " ".repeat(columns(left)) + "^");
    }

    /// Decodes what is UTF-8 and spells out each byte that is not.
    private static String visible(byte[] bytes, int from, int to) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
        CharBuffer out = CharBuffer.allocate(to - from);
        StringBuilder text = new StringBuilder();
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            text.append(Visible.text(out.flip().toString()));
            out.clear();
            if (!result.isError()) {
                return text.toString();
            }
            for (int i = 0; i < result.length(); i++) {
                text.append(String.format("\\x%02x", in.get() & 0xff));
            }
        }
    }

    private static String head(String text, int chars) {
        int end = Character.isLowSurrogate(text.charAt(chars)) ? chars - 1 : chars;
        return text.substring(0, end);
    }

    private static String tail(String text, int chars) {
        int begin = text.length() - chars;
        return text.substring(Character.isLowSurrogate(text.charAt(begin)) ? begin + 1 : begin);
    }

    /// How many places of a terminal the text takes: wide characters two, combining ones none.
    private static int columns(String text) {
        return text.codePoints().map(MarkedFault::columns).sum();
    }

    private static int columns(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return switch (Character.UnicodeScript.of(codePoint)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL -> 2;
            default -> codePoint >= 0x1f300 && codePoint <= 0x1faff || isFullWidth(codePoint) ? 2 : 1;
        };
    }

    private static boolean isFullWidth(int codePoint) {
        return codePoint >= 0x3000 && codePoint <= 0x303e || codePoint >= 0xff01 && codePoint <= 0xff60;
    }
}
