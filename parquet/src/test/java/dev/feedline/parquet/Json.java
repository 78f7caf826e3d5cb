package dev.feedline.parquet;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/// A JSON value as Jackson reads it, numbers as they are written.
///
/// What Jackson leaves open is settled here: bytes that are no UTF-8 never reach it, and what it
/// would overlook (a key that comes twice, half of a surrogate pair, depth) the [Document] tells.
sealed interface Json {
    /// An object; a key that comes twice is there twice.
    record Members(List<Member> members, String source) implements Json {}

    record Member(String name, Json value) {}

    record Elements(List<Json> elements, String source) implements Json {}

    record Number(String source) implements Json {}

    record Text(String value) implements Json {}

    record Bool(boolean value) implements Json {}

    record Null() implements Json {}

    /// A whole text.
    record Document(Json value, int depth, boolean hasRepeatedKey, boolean hasHalfCharacter) {}

    /// The bytes as text.
    static String decoded(byte[] utf8) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    }

    /// @throws JacksonException when the text is not one JSON value
    static Document parse(String text) {
        return new Reader(text).document();
    }

    static Document parse(byte[] utf8) {
        try {
            return parse(decoded(utf8));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("no UTF-8", e);
        }
    }

    /// The values of a text that has several, one behind another.
    static List<Json> parseAll(String text) {
        return new Reader(text).all();
    }

    /// In one line and one spelling, so that equal values have equal texts; numbers as they were.
    default String canonical() {
        var out = new StringBuilder();
        write(this, out);
        return out.toString();
    }

    private static void write(Json value, StringBuilder out) {
        switch (value) {
            case Null _ -> out.append("null");
            case Bool bool -> out.append(bool.value);
            case Number number -> out.append(number.source);
            case Text text -> quote(text.value, out);
            case Elements list -> {
                out.append('[');
                for (var element : list.elements) {
                    out.append(out.charAt(out.length() - 1) == '[' ? "" : ",");
                    write(element, out);
                }
                out.append(']');
            }
            case Members object -> {
                out.append('{');
                for (var member : object.members) {
                    out.append(out.charAt(out.length() - 1) == '{' ? "" : ",");
                    quote(member.name, out);
                    out.append(':');
                    write(member.value, out);
                }
                out.append('}');
            }
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
                out.append(c);
            } else {
                out.append("\\u").append(HexFormat.of().toHexDigits(c));
            }
        }
        out.append('"');
    }

    /// Goes through Jackson's tokens.
    final class Reader {
        private static final JsonFactory FACTORY = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(1_000_000)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .build())
                .build();

        private final String text;
        private final JsonParser parser;
        private int depth;
        private int deepest;
        private boolean repeatedKey;
        private boolean halfCharacter;

        Reader(String text) {
            this.text = text;
            this.parser = FACTORY.createParser(ObjectReadContext.empty(), text);
        }

        Document document() {
            try (parser) {
                var first = parser.nextToken();
                if (first == null) {
                    throw new StreamReadException(parser, "there is no value");
                }
                var value = value(first);
                if (parser.nextToken() != null) {
                    throw new StreamReadException(parser, "there is a second value");
                }
                return new Document(value, deepest, repeatedKey, halfCharacter);
            }
        }

        List<Json> all() {
            try (parser) {
                var values = new ArrayList<Json>();
                for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    values.add(value(token));
                }
                return values;
            }
        }

        private Json value(JsonToken token) {
            return switch (token) {
                case START_OBJECT -> members();
                case START_ARRAY -> elements();
                case VALUE_STRING -> new Text(whole(parser.getString()));
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Number(parser.getString());
                case VALUE_TRUE -> new Bool(true);
                case VALUE_FALSE -> new Bool(false);
                case VALUE_NULL -> new Null();
                default -> throw new IllegalStateException(token.toString());
            };
        }

        private Json members() {
            int start = enter();
            var members = new ArrayList<Member>();
            var names = new HashSet<String>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var name = whole(parser.currentName());
                repeatedKey |= !names.add(name);
                members.add(new Member(name, value(parser.nextToken())));
            }
            return new Members(members, leave(start));
        }

        private Json elements() {
            int start = enter();
            var elements = new ArrayList<Json>();
            for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                elements.add(value(token));
            }
            return new Elements(elements, leave(start));
        }

        private int enter() {
            depth++;
            deepest = Math.max(deepest, depth);
            return Math.toIntExact(parser.currentTokenLocation().getCharOffset());
        }

        private String leave(int start) {
            depth--;
            return text.substring(
                    start, Math.toIntExact(parser.currentLocation().getCharOffset()));
        }

        private String whole(String read) {
            for (int i = 0; i < read.length(); i++) {
                char c = read.charAt(i);
                if (Character.isSurrogate(c)) {
                    boolean isPair = Character.isHighSurrogate(c)
                            && i + 1 < read.length()
                            && Character.isLowSurrogate(read.charAt(i + 1));
                    halfCharacter |= !isPair;
                    i += isPair ? 1 : 0;
                }
            }
            return read;
        }
    }
}
