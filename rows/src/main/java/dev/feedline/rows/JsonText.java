package dev.feedline.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.feedline.rows.text.Escapes;

/// Writes and reads JSON strings. Written are quote and backslash escaped, control characters as
/// unicode escapes, all else as it is.
public final class JsonText {
    private JsonText() {}

    public static StringBuilder quote(StringBuilder out, String text) {
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
        byte[] text = new byte[to - from]; // no escape is shorter than what it stands for
        int size = 0;
        int plain = from;
        while (at < to) {
            if (buffer[at] != '\\') {
                at++;
                continue;
            }
            System.arraycopy(buffer, plain, text, size, at - plain);
            size += at - plain;
            size += Escapes.put(buffer, at, text, size);
            at += Escapes.length(buffer, at);
            plain = at;
        }
        System.arraycopy(buffer, plain, text, size, to - plain);
        return new String(text, 0, size + to - plain, UTF_8);
    }
}
