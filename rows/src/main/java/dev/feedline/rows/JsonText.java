package dev.feedline.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Writes and reads JSON strings. Written are quote and backslash escaped, control characters as
/// unicode escapes, all else as it is.
final class JsonText {
    private static final int LENGTH_OF_UNIT = 6;

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

    /// The text of a string that [JsonScan] has found whole, given what stands between its
    /// quotes.
    static String unquoted(byte[] buffer, int from, int to) {
        int at = from;
        while (at < to && buffer[at] != '\\') {
            at++;
        }
        if (at == to) {
            return new String(buffer, from, to - from, UTF_8);
        }
        StringBuilder text = new StringBuilder(to - from);
        int plain = from;
        while (at < to) {
            if (buffer[at] != '\\') {
                at++;
                continue;
            }
            text.append(new String(buffer, plain, at - plain, UTF_8));
            text.append(escaped(buffer, at));
            at += buffer[at + 1] == 'u' ? LENGTH_OF_UNIT : 2;
            plain = at;
        }
        return text.append(new String(buffer, plain, to - plain, UTF_8)).toString();
    }

    private static char escaped(byte[] buffer, int at) {
        return switch (buffer[at + 1]) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unit(buffer, at + 2);
            default -> (char) buffer[at + 1];
        };
    }

    private static char unit(byte[] buffer, int from) {
        int unit = 0;
        for (int i = from; i < from + 4; i++) {
            unit = unit * 16 + Character.digit(buffer[i], 16);
        }
        return (char) unit;
    }
}
