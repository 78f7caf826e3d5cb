package dev.feedline.rows;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// A schema as text, for the Glue table's parameters and the chunk records:
/// `[{"name":"id","type":"bigint","inferred":true},…]`. Equal schemas have equal texts; `inferred` is
/// left out when false.
public final class SchemaJson {
    private static final JsonFactory JSON = new JsonFactory();

    private SchemaJson() {}

    public static String write(Schema schema) {
        StringBuilder out = new StringBuilder("[");
        for (Column column : schema.columns()) {
            out.append(out.length() == 1 ? "" : ",");
            JsonText.quote(out.append("{\"name\":"), column.name());
            JsonText.quote(out.append(",\"type\":"), column.type().glue());
            out.append(schema.inferred().contains(column.name()) ? ",\"inferred\":true}" : "}");
        }
        return out.append(']').toString();
    }

    /// Reads what [#write] wrote.
    ///
    /// @throws IllegalArgumentException when the text is no schema
    public static Schema read(String text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            List<Column> columns = new ArrayList<>();
            Set<String> inferred = new HashSet<>();
            expect(text, parser.nextToken(), JsonToken.START_ARRAY);
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                column(text, parser, columns, inferred);
            }
            expect(text, parser.currentToken(), JsonToken.END_ARRAY);
            expect(text, parser.nextToken(), null);
            return new Schema(columns, inferred);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no schema: " + text, e);
        }
    }

    private static void column(String text, JsonParser parser, List<Column> columns, Set<String> inferred) {
        String name = null;
        String type = null;
        boolean isInferred = false;
        for (String key = parser.nextName(); key != null; key = parser.nextName()) {
            JsonToken value = parser.nextToken();
            switch (key) {
                case "name":
                    expect(text, value, JsonToken.VALUE_STRING);
                    name = parser.getString();
                    break;
                case "type":
                    expect(text, value, JsonToken.VALUE_STRING);
                    type = parser.getString();
                    break;
                case "inferred":
                    expect(text, value, JsonToken.VALUE_TRUE);
                    isInferred = true;
                    break;
                default:
                    throw new IllegalArgumentException("unknown member '" + key + "' in the schema " + text);
            }
        }
        if (name == null || type == null) {
            throw new IllegalArgumentException("a column lacks its name or type in the schema " + text);
        }
        columns.add(new Column(name, Type.parse(type)));
        if (isInferred) {
            inferred.add(name);
        }
    }

    private static void expect(String text, @Nullable JsonToken found, @Nullable JsonToken wanted) {
        if (found != wanted) {
            throw new IllegalArgumentException("no schema: " + text);
        }
    }
}
