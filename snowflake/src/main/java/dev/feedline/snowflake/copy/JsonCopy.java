package dev.feedline.snowflake.copy;

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
            if (depth == 0) {
                return text.toString();
            }
            parser.nextToken();
        }
    }

    private static StringBuilder quote(StringBuilder into, String text) {
        into.append('"');
        ENCODER.quoteAsString(text, into);
        return into.append('"');
    }
}
