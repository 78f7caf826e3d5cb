package dev.feedline.gateway.snowflake;

/// Breaks a compact JSON text into lines, as Snowflake's results have it; not a character of a value changes.
///
/// Empty objects and arrays stay together; after a colon comes a blank.
final class IndentedJson {
    private IndentedJson() {}

    static String of(String json, int indent) {
        if (indent == 0 || json.isEmpty() || (json.charAt(0) != '{' && json.charAt(0) != '[')) {
            return json;
        }
        StringBuilder out = new StringBuilder(json.length() * 2);
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (quoted) {
                out.append(c);
                if (c == '\\') {
                    out.append(json.charAt(++i));
                } else {
                    quoted = c != '"';
                }
                continue;
            }
            switch (c) {
                case '"' -> {
                    quoted = true;
                    out.append(c);
                }
                case '{', '[' -> {
                    int next = nextVisible(json, i + 1);
                    if (json.charAt(next) == '}' || json.charAt(next) == ']') {
                        out.append(c).append(json.charAt(next));
                        i = next;
                    } else {
                        line(out.append(c), ++depth * indent);
                    }
                }
                case '}', ']' -> {
                    line(out, --depth * indent);
                    out.append(c);
                }
                case ',' -> line(out.append(c), depth * indent);
                case ':' -> out.append(": ");
                case ' ', '\n', '\r', '\t' -> {
                    // White space between tokens is ours to choose.
                }
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    private static int nextVisible(String json, int from) {
        int at = from;
        while (Character.isWhitespace(json.charAt(at))) {
            at++;
        }
        return at;
    }

    private static void line(StringBuilder out, int blanks) {
        out.append('\n').repeat(' ', blanks);
    }
}
