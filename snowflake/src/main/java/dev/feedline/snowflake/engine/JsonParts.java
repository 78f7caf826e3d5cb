package dev.feedline.snowflake.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An array's elements and an object's values as their texts stand in the JSON, so that every digit stays.
final class JsonParts {
    private static final JsonFactory PARSERS = new JsonFactory();
    private static final JsonMapper TREES = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private JsonParts() {}

    /// The elements of an array; a value that is none is its own only element.
    static List<String> elements(String json) {
        List<String> elements = new ArrayList<>();
        try (JsonParser parser = PARSERS.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return List.of(json.strip());
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(JsonElement.slice(parser, json));
            }
        }
        return elements;
    }

    /// The values of an object by their keys, in their order; of anything else none.
    static Map<String, String> values(String json) {
        Map<String, String> values = new LinkedHashMap<>();
        try (JsonParser parser = PARSERS.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("Invalid argument types: expected an OBJECT, not " + json);
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                values.put(key, JsonElement.slice(parser, json));
            }
        }
        return values;
    }

    static String array(List<String> elements) {
        return "[" + String.join(",", elements) + "]";
    }

    static String object(Map<String, String> values) {
        StringBuilder text = new StringBuilder("{");
        values.forEach((key, value) -> text.append(text.length() > 1 ? "," : "")
                .append(string(key))
                .append(':')
                .append(value));
        return text.append('}').toString();
    }

    static String string(String text) {
        return TREES.writeValueAsString(text);
    }

    /// Equal for texts of the same value, such as 1 and 1.0.
    static Object identity(String json) {
        JsonNode node = TREES.readTree(json);
        return node.isNumber() ? node.decimalValue().stripTrailingZeros() : node;
    }

    static JsonNode tree(String json) {
        return TREES.readTree(json);
    }
}
