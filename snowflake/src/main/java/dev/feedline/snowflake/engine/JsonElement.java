package dev.feedline.snowflake.engine;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Finds an element in a JSON text and gives it exactly as written there.
final class JsonElement {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonElement() {}

    /// The element's JSON text, or null when the path leads nowhere.
    static @Nullable String json(String text, JsonSteps path) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            return find(parser, path) ? slice(parser, text) : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    /// A string's characters or another element's JSON text; null for JSON null and where the path
    /// leads nowhere.
    static @Nullable String text(String text, JsonSteps path) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (!find(parser, path)) {
                return null;
            }
            return switch (parser.currentToken()) {
                case VALUE_STRING -> parser.getString();
                case VALUE_NULL -> null;
                default -> slice(parser, text);
            };
        } catch (JacksonException e) {
            return null;
        }
    }

    /// Moves the parser to the element's first token.
    private static boolean find(JsonParser parser, JsonSteps path) {
        if (parser.nextToken() == null) {
            return false;
        }
        for (JsonSteps.Step step : path.steps()) {
            boolean found = switch (step) {
                case JsonSteps.Step.Key key -> findKey(parser, key.name());
                case JsonSteps.Step.Index index -> findIndex(parser, index.position());
            };
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private static boolean findKey(JsonParser parser, String name) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean here = name.equals(parser.currentName());
            parser.nextToken();
            if (here) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    private static boolean findIndex(JsonParser parser, int position) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return false;
        }
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            if (i == position) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    static String slice(JsonParser parser, String text) {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        // A number's or word's token is read to its end only when asked for its text.
        parser.finishToken();
        int end = (int) parser.currentLocation().getCharOffset();
        return text.substring(start, end).strip();
    }
}
