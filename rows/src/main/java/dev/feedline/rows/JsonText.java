package dev.feedline.rows;

/// Writes JSON strings: quote and backslash escaped, control characters as unicode escapes, all else as
/// it is.
final class JsonText {
    private JsonText() {}

    static StringBuilder quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"');
    }
}
