package dev.feedline.app.command;

/// Makes text from outside safe to look at: what a terminal would obey, or nobody would see, becomes visible.
///
/// Control characters of ASCII become their pictures (`␛` for an escape), those above, the marks that turn the
/// direction of writing, and lone halves of surrogate pairs become `\\uXXXX`. Each stands in one line.
final class Visible {
    private static final int CONTROL_PICTURES = 0x2400;
    private static final int DELETE_PICTURE = 0x2421;

    private Visible() {}

    static String text(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(codePoint -> append(codePoint, visible));
        return visible.toString();
    }

    private static void append(int codePoint, StringBuilder visible) {
        if (codePoint < ' ') {
            visible.append((char) (CONTROL_PICTURES + codePoint));
        } else if (codePoint == 0x7f) {
            visible.append((char) DELETE_PICTURE);
        } else if (isInvisible(codePoint)) {
            visible.append(
                    codePoint <= 0xffff ? String.format("\\u%04x", codePoint) : String.format("\\u{%x}", codePoint));
        } else {
            visible.appendCodePoint(codePoint);
        }
    }

    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
