package dev.feedline.snowflake.engine;

import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/// FLATTEN: the elements of an array or object as rows, each value's text exactly as written.
///
/// The rows come as a JSON array of objects: KEY, PATH, INDEX, VALUE (its JSON text in a string) and THIS.
/// Source: docs.snowflake.com/en/sql-reference/functions/flatten.
final class FlattenedJson {
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonFactory PARSERS = new JsonFactory();

    private final JsonGenerator out;
    private final boolean recursive;
    private final String mode;
    private final long seq;
    private boolean any;

    private FlattenedJson(JsonGenerator out, boolean recursive, String mode, long seq) {
        this.seq = seq;
        this.out = out;
        this.recursive = recursive;
        this.mode = mode;
    }

    /// @param seq the number of the input, which all its rows carry
    /// @param path where in the JSON to begin, as [JsonSteps] reads it
    /// @param options words among OUTER, RECURSIVE, ARRAY and OBJECT
    static String of(String json, String path, String options, long seq) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            String mode = options.contains("ARRAY") ? "ARRAY" : options.contains("OBJECT") ? "OBJECT" : "BOTH";
            FlattenedJson rows = new FlattenedJson(out, options.contains("RECURSIVE"), mode, seq);
            out.writeStartArray();
            String from = JsonElement.json(json, JsonSteps.parse(path));
            if (from != null) {
                rows.children(from, readable(path));
            }
            if (!rows.any && options.contains("OUTER")) {
                rows.row(null, null, null, null, "null".equals(from) ? null : from);
            }
            out.writeEndArray();
        }
        return text.toString();
    }

    private void children(String container, String path) {
        try (JsonParser parser = PARSERS.createParser(ObjectReadContext.empty(), container)) {
            JsonToken first = parser.nextToken();
            boolean array = first == JsonToken.START_ARRAY;
            if (!array && first != JsonToken.START_OBJECT) {
                return;
            }
            boolean wanted = mode.equals("BOTH") || mode.equals(array ? "ARRAY" : "OBJECT");
            int index = 0;
            while (parser.nextToken() != (array ? JsonToken.END_ARRAY : JsonToken.END_OBJECT)) {
                String key = null;
                if (!array) {
                    key = parser.currentName();
                    parser.nextToken();
                }
                String below = array ? path + "[" + index + "]" : path + step(path, key);
                String value = JsonElement.slice(parser, container);
                if (wanted) {
                    row(key, below, array ? index : null, value, container);
                }
                if (recursive) {
                    children(value, below);
                }
                index++;
            }
        }
    }

    private void row(
            @Nullable String key,
            @Nullable String path,
            @Nullable Integer index,
            @Nullable String value,
            @Nullable String container) {
        any = true;
        out.writeStartObject();
        out.writeNumberProperty("SEQ", seq);
        out.writeStringProperty("KEY", key);
        out.writeStringProperty("PATH", path);
        if (index != null) {
            out.writeNumberProperty("INDEX", index);
        }
        out.writeStringProperty("VALUE", value);
        out.writeStringProperty("THIS", container);
        out.writeEndObject();
    }

    /// `a` at the beginning, `.a` further on; a key that is no plain name in brackets and quotes.
    private static String step(String path, @Nullable String key) {
        String name = String.valueOf(key);
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? (path.isEmpty() ? "" : ".") + name : "['" + name + "']";
    }

    /// `$."a"[0]` as people write it: `a[0]`
    private static String readable(String path) {
        return path.substring(1).replace(".\"", ".").replace("\"", "").replaceFirst("^\\.", "");
    }
}
