package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.sql.JsonFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.JsonStringEncoder;

/// The value a parser stands on as compact JSON text, with every number as the file wrote it.
final class JsonCopy {
    private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

    private JsonCopy() {}

    /// Leaves the parser on the value's last token.
    static String text(JsonParser parser) {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        boolean first = true;
        while (true) {
            JsonToken token = parser.currentToken();
            if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                text.append(token == JsonToken.END_OBJECT ? '}' : ']');
                depth--;
                first = false;
            } else {
                if (!first && text.charAt(text.length() - 1) != ':') {
                    text.append(',');
                }
                first = false;
                switch (token) {
                    case START_OBJECT, START_ARRAY -> {
                        text.append(token == JsonToken.START_OBJECT ? '{' : '[');
                        depth++;
                        first = true;
                    }
                    case PROPERTY_NAME -> quote(text, parser.currentName()).append(':');
                    case VALUE_STRING -> quote(text, parser.getString());
                    default -> text.append(parser.getString());
                }
            }
            refuseTooLarge(text.length());
            if (depth == 0) {
                return text.toString();
            }
            parser.nextToken();
        }
    }

    /// As the file format says.
    static String text(JsonParser parser, JsonFormat format) {
        if (!format.stripNullValues() && !format.allowDuplicate()) {
            return text(parser);
        }
        String text = cleaned(parser, format.stripNullValues());
        refuseTooLarge(text.length());
        return text;
    }

    private static void refuseTooLarge(int length) {
        if (length > StagedText.LONGEST_VALUE) {
            throw new FileFailure(
                    SnowflakeError.BAD_FILE,
                    "Error parsing JSON: document is too large, max size " + StagedText.LONGEST_VALUE + " bytes");
        }
    }

    /// The same without what is null, and of names that come twice the last one.
    private static String cleaned(JsonParser parser, boolean withoutNulls) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, String> fields = new LinkedHashMap<>();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    boolean isNull = parser.nextToken() == JsonToken.VALUE_NULL;
                    String value = cleaned(parser, withoutNulls);
                    fields.remove(name);
                    if (!isNull || !withoutNulls) {
                        fields.put(name, value);
                    }
                }
                StringJoiner joined = new StringJoiner(",", "{", "}");
                fields.forEach((name, value) -> joined.add(quote(new StringBuilder(), name) + ":" + value));
                yield joined.toString();
            }
            case START_ARRAY -> {
                StringJoiner joined = new StringJoiner(",", "[", "]");
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    boolean isNull = parser.currentToken() == JsonToken.VALUE_NULL;
                    String value = cleaned(parser, withoutNulls);
                    if (!isNull || !withoutNulls) {
                        joined.add(value);
                    }
                }
                yield joined.toString();
            }
            case VALUE_STRING -> quote(new StringBuilder(), parser.getString()).toString();
            default -> parser.getString();
        };
    }

    private static StringBuilder quote(StringBuilder into, String text) {
        into.append('"');
        ENCODER.quoteAsString(text, into);
        return into.append('"');
    }
}
