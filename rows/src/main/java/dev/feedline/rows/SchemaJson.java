package dev.feedline.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A schema as text, for the Glue table's parameters and the chunk records:
/// `[{"name":"id","type":"bigint","inferred":true},…]`. Equal schemas have equal texts; `inferred` is
/// left out when false.
public final class SchemaJson {
    private static final int MAX_DEPTH = 2;

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
        byte[] bytes = text.getBytes(UTF_8);
        try {
            RowTokens tokens = new RowTokens(new RowPath(), MAX_DEPTH, bytes, 0, bytes.length);
            List<Column> columns = new ArrayList<>();
            Set<String> inferred = new HashSet<>();
            expect(text, tokens.next(), Token.START_ARRAY);
            Token next = tokens.next();
            while (next == Token.START_OBJECT) {
                column(text, tokens, columns, inferred);
                next = tokens.next();
            }
            expect(text, next, Token.END_ARRAY);
            tokens.expectEnd();
            return new Schema(columns, inferred);
        } catch (RowFault e) {
            throw new IllegalArgumentException("no schema: " + text, e);
        }
    }

    private static void column(String text, RowTokens tokens, List<Column> columns, Set<String> inferred) {
        String name = null;
        String type = null;
        boolean isInferred = false;
        for (String key = tokens.nextName(); key != null; key = tokens.nextName()) {
            Token value = tokens.next();
            switch (key) {
                case "name":
                    expect(text, value, Token.STRING);
                    name = tokens.text();
                    break;
                case "type":
                    expect(text, value, Token.STRING);
                    type = tokens.text();
                    break;
                case "inferred":
                    expect(text, value, Token.TRUE);
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

    private static void expect(String text, Token found, Token wanted) {
        if (found != wanted) {
            throw new IllegalArgumentException("no schema: " + text);
        }
    }
}
