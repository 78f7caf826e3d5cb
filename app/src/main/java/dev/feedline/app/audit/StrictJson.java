package dev.feedline.app.audit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The second reader: JSON by the letter of RFC 8259, written apart from the one that ingest reads with, so that the
/// two do not share a mistake. It refuses what is not UTF-8, half surrogate pairs, and keys that
/// come twice.
final class StrictJson {
    /// Deeper than any row that can be loaded.
    private static final int DEEPEST = 200;

    private final String text;
    private int at;

    private StrictJson(String text) {
        this.text = text;
    }

    /// @throws NotJson when the bytes are no JSON value
    static Json read(byte[] bytes) throws NotJson {
        try {
            return read(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new NotJson("it is not UTF-8");
        }
    }

    /// @throws NotJson when the text is no JSON value
    static Json read(String text) throws NotJson {
        StrictJson reader = new StrictJson(text);
        reader.skipSpace();
        Json value = reader.value(0);
        reader.skipSpace();
        if (reader.at < text.length()) {
            throw reader.notJson("more text");
        }
        return value;
    }

    /// The text is not what RFC 8259 calls JSON.
    static final class NotJson extends Exception {
        private static final long serialVersionUID = 1;

        NotJson(String message) {
            super(message, null, false, false);
        }
    }

    private Json value(int depth) throws NotJson {
        if (depth > DEEPEST) {
            throw notJson("nested too deeply");
        }
        int start = at;
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> {
                String string = string();
                yield new Json.Text(string, text.substring(start, at));
            }
            case 't' -> {
                word("true");
                yield new Json.Bool(true, "true");
            }
            case 'f' -> {
                word("false");
                yield new Json.Bool(false, "false");
            }
            case 'n' -> {
                word("null");
                yield new Json.Null("null");
            }
            default -> number();
        };
    }

    private Json object(int depth) throws NotJson {
        int start = at;
        Map<String, Json> members = new LinkedHashMap<>();
        take('{');
        skipSpace();
        boolean more = peek() != '}';
        while (more) {
            skipSpace();
            String key = string();
            skipSpace();
            take(':');
            skipSpace();
            if (members.put(key, value(depth + 1)) != null) {
                throw notJson("the key " + key + " twice");
            }
            skipSpace();
            more = peek() == ',';
            if (more) {
                at++;
            }
        }
        take('}');
        return new Json.Obj(members, text.substring(start, at));
    }

    private Json array(int depth) throws NotJson {
        int start = at;
        List<Json> elements = new ArrayList<>();
        take('[');
        skipSpace();
        boolean more = peek() != ']';
        while (more) {
            skipSpace();
            elements.add(value(depth + 1));
            skipSpace();
            more = peek() == ',';
            if (more) {
                at++;
            }
        }
        take(']');
        return new Json.Arr(elements, text.substring(start, at));
    }

    private String string() throws NotJson {
        take('"');
        int start = at;
        while (peek() != '"' && text.charAt(at) != '\\') {
            refuseControl(text.charAt(at++));
        }
        if (text.charAt(at) == '"') {
            return text.substring(start, at++);
        }
        StringBuilder string = new StringBuilder(text.substring(start, at));
        while (peek() != '"') {
            char c = text.charAt(at++);
            refuseControl(c);
            string.append(c == '\\' ? escaped() : c);
        }
        at++;
        refuseHalfPairs(string);
        return string.toString();
    }

    private void refuseControl(char c) throws NotJson {
        if (c < ' ') {
            throw notJson("a bare control character");
        }
    }

    private void refuseHalfPairs(StringBuilder string) throws NotJson {
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            boolean isPair = Character.isHighSurrogate(c)
                    && i + 1 < string.length()
                    && Character.isLowSurrogate(string.charAt(i + 1));
            if (isPair) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw notJson("half a surrogate pair");
            }
        }
    }

    private char escaped() throws NotJson {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexadecimal();
            default -> throw notJson("an unknown escape");
        };
    }

    private char hexadecimal() throws NotJson {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            char c = peek();
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw notJson("no hexadecimal digit");
            }
            code = code * 16 + digit;
            at++;
        }
        return (char) code;
    }

    private Json number() throws NotJson {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
        return new Json.Num(text.substring(start, at));
    }

    private void digits() throws NotJson {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (start == at) {
            throw notJson("no digit");
        }
    }

    private void word(String word) throws NotJson {
        if (!text.startsWith(word, at)) {
            throw notJson("no value");
        }
        at += word.length();
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() throws NotJson {
        if (at >= text.length()) {
            throw notJson("the end");
        }
        return text.charAt(at);
    }

    private void take(char wanted) throws NotJson {
        if (peek() != wanted) {
            throw notJson("no " + wanted);
        }
        at++;
    }

    private NotJson notJson(String found) {
        return new NotJson("at character " + at + " there is " + found);
    }
}
