package dev.feedline.snowflake.engine;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/// A text read as one JSON value and written without blanks, so that equal values have equal texts; numbers stay as
/// they are written.
///
/// Source: docs.snowflake.com/en/sql-reference/functions/parse_json
final class JsonDocument {
    private static final JsonFactory JSON = JsonFactory.builder()
            .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, true)
            .build();
    private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

    private JsonDocument() {}

    /// NULL for a text of blanks.
    ///
    /// @throws IllegalArgumentException for a text that is no JSON
    static @Nullable String parse(String text) {
        if (text.isBlank()) {
            return null;
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            String compact = compact(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("Error parsing JSON: more than one document in the input");
            }
            return compact;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("Error parsing JSON: " + e.getOriginalMessage(), e);
        }
    }

    static @Nullable String parseOrNull(String text) {
        try {
            return parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String compact(JsonParser parser) {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        boolean first = true;
        while (true) {
            JsonToken token = parser.currentToken();
            boolean end = token.isStructEnd();
            if (!end && !first && text.charAt(text.length() - 1) != ':') {
                text.append(',');
            }
            first = token.isStructStart();
            depth += first ? 1 : end ? -1 : 0;
            switch (token) {
                case PROPERTY_NAME -> quote(text, parser.currentName()).append(':');
                case VALUE_STRING -> quote(text, parser.getString());
                default -> text.append(parser.getString());
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
