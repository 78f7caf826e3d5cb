package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Functions on VARIANT, OBJECT and ARRAY, which are JSON texts here; they are put together as texts, so that every
/// digit
/// stays. Source: docs.snowflake.com/en/sql-reference/functions-semistructured.
final class JsonForms {
    private JsonForms() {}

    static void add(FunctionTable table) {
        table.form("PARSE_JSON", 1, 1, a -> "CAST(" + a.get(0) + " AS JSON)")
                .form("TRY_PARSE_JSON", 1, 1, a -> "TRY_CAST(" + a.get(0) + " AS JSON)")
                .form("TO_JSON", 1, 1, a -> "CAST(" + a.get(0) + " AS VARCHAR)")
                .form("TO_VARIANT", 1, 1, a -> variant(a.get(0)))
                .form("OBJECT_CONSTRUCT", 0, 254, a -> object(a, true))
                .form("OBJECT_CONSTRUCT_KEEP_NULL", 0, 254, a -> object(a, false))
                .form("ARRAY_CONSTRUCT", 0, 255, JsonForms::array)
                .form("ARRAY_CONSTRUCT_COMPACT", 0, 255, JsonForms::compact)
                .rename("ARRAY_SIZE", "json_array_length", 1, 1)
                .form("ARRAY_CONTAINS", 2, 2, a -> "json_contains(" + a.get(1) + ", " + variant(a.get(0)) + ")")
                .form("ARRAY_CAT", 2, 2, a -> joined(inner(a.get(0)), inner(a.get(1))))
                .form("ARRAY_APPEND", 2, 2, a -> joined(inner(a.get(0)), text(a.get(1))))
                .form("ARRAY_PREPEND", 2, 2, a -> joined(text(a.get(1)), inner(a.get(0))))
                .form(
                        "ARRAY_TO_STRING",
                        2,
                        2,
                        a -> "array_to_string(from_json(" + a.get(0) + ", '[\"VARCHAR\"]'), " + a.get(1) + ")")
                .form("OBJECT_KEYS", 1, 1, a -> "to_json(json_keys(" + a.get(0) + "))")
                .form("GET", 2, 2, a -> element(a.get(0), step(a.get(1))))
                .form("GET_PATH", 2, 2, a -> element(a.get(0), path(FunctionTable.literal("GET_PATH", a.get(1)))))
                .form(
                        "JSON_EXTRACT_PATH_TEXT",
                        2,
                        2,
                        a -> JsonPath.TEXT + "(CAST(" + a.get(0) + " AS VARCHAR), "
                                + Quoting.literal(path(FunctionTable.literal("JSON_EXTRACT_PATH_TEXT", a.get(1))))
                                + ")")
                .form("TYPEOF", 1, 1, a -> typeOf(a.get(0)))
                .form("IS_NULL_VALUE", 1, 1, a -> "(json_type(" + a.get(0) + ") = 'NULL')")
                .form("IS_ARRAY", 1, 1, a -> "(json_type(" + a.get(0) + ") = 'ARRAY')")
                .form("IS_OBJECT", 1, 1, a -> "(json_type(" + a.get(0) + ") = 'OBJECT')")
                .form("IS_BOOLEAN", 1, 1, a -> "(json_type(" + a.get(0) + ") = 'BOOLEAN')")
                .form("IS_VARCHAR", 1, 1, a -> "(json_type(" + a.get(0) + ") = 'VARCHAR')")
                .form("IS_INTEGER", 1, 1, a -> "(json_type(" + a.get(0) + ") IN ('UBIGINT', 'BIGINT'))")
                .form(
                        "STRIP_NULL_VALUE",
                        1,
                        1,
                        a -> "(CASE WHEN json_type(" + a.get(0) + ") <> 'NULL' THEN " + a.get(0) + " END)");
    }

    /// `ARRAY_AGG(x)` with the ORDER BY of its WITHIN GROUP; NULLs are left out.
    static String arrayAgg(boolean distinct, String value, String order) {
        if (distinct) {
            // DuckDB orders distinct values by themselves only.
            return "coalesce(to_json(list(DISTINCT " + value + order + ") FILTER (WHERE " + value
                    + " IS NOT NULL)), CAST('[]' AS JSON))";
        }
        return "CAST('[' || coalesce(string_agg(" + text(value) + ", ','" + order + "), '') || ']' AS JSON)";
    }

    /// `OBJECT_AGG(key, value)`; pairs with a NULL are left out.
    static String objectAgg(String key, String value) {
        return "CAST('{' || coalesce(string_agg(" + pair(key, value) + ", ','), '') || '}' AS JSON)";
    }

    static String array(List<String> values) {
        // Snowflake shows a missing element as undefined, which is no JSON; here it is null.
        String inner = values.stream()
                .map(value -> "coalesce(" + text(value) + ", 'null')")
                .collect(Collectors.joining(" || ',' || "));
        return "CAST('[' || " + (inner.isEmpty() ? "''" : inner) + " || ']' AS JSON)";
    }

    static String object(List<String> pairs, boolean dropNulls) {
        if (pairs.size() % 2 != 0) {
            throw SnowflakeError.unsupported("OBJECT_CONSTRUCT of anything but pairs of keys and values");
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            String value = pairs.get(i + 1);
            texts.add(
                    dropNulls
                            ? pair(pairs.get(i), value)
                            : "to_json(CAST(" + pairs.get(i) + " AS VARCHAR)) || ':' || coalesce(" + text(value)
                                    + ", 'null')");
        }
        return texts.isEmpty()
                ? "CAST('{}' AS JSON)"
                : "CAST('{' || concat_ws(',', " + String.join(", ", texts) + ") || '}' AS JSON)";
    }

    /// A value as JSON, one that is JSON already as it is.
    static String variant(String value) {
        return "CAST(" + text(value) + " AS JSON)";
    }

    private static String compact(List<String> values) {
        String inner = values.stream().map(JsonForms::text).collect(Collectors.joining(", "));
        return "CAST('[' || " + (inner.isEmpty() ? "''" : "concat_ws(',', " + inner + ")") + " || ']' AS JSON)";
    }

    /// A value's JSON text, NULL for NULL.
    private static String text(String value) {
        return "(CASE WHEN " + value + " IS NULL THEN NULL WHEN typeof(" + value + ") = 'JSON' THEN CAST(" + value
                + " AS VARCHAR) ELSE CAST(to_json(" + value + ") AS VARCHAR) END)";
    }

    private static String pair(String key, String value) {
        return "(CASE WHEN " + key + " IS NOT NULL AND " + value + " IS NOT NULL THEN to_json(CAST(" + key
                + " AS VARCHAR)) || ':' || " + text(value) + " END)";
    }

    /// What is between an array's brackets; NULL when nothing is.
    private static String inner(String array) {
        String trimmed = "trim(CAST(" + array + " AS VARCHAR))";
        return "nullif(trim(substr(" + trimmed + ", 2, length(" + trimmed + ") - 2)), '')";
    }

    private static String joined(String one, String other) {
        return "CAST('[' || concat_ws(',', " + one + ", " + other + ") || ']' AS JSON)";
    }

    private static String element(String value, String path) {
        return "CAST(" + JsonPath.ELEMENT + "(CAST(" + value + " AS VARCHAR), " + Quoting.literal(path) + ") AS JSON)";
    }

    private static String step(String argument) {
        return argument.matches("\\d{1,9}")
                ? "$[" + argument + "]"
                : "$." + Quoting.identifier(FunctionTable.literal("GET", argument));
    }

    /// `a.b[0]` as [JsonPath] writes it.
    static String path(String text) {
        StringBuilder path = new StringBuilder("$");
        List<Node> nodes = Node.tree("x" + (text.startsWith("[") ? "" : ":") + text);
        int end = JsonPath.read(nodes, 1, path);
        if (end != nodes.size()) {
            throw SnowflakeError.INVALID_VALUE.with("Invalid path '" + text + "'.");
        }
        return path.toString();
    }

    /// Source: docs.snowflake.com/en/sql-reference/functions/typeof.
    private static String typeOf(String value) {
        return "(CASE json_type(" + variant(value) + ") WHEN 'UBIGINT' THEN 'INTEGER' WHEN 'BIGINT' THEN 'INTEGER'"
                + " WHEN 'DOUBLE' THEN 'DECIMAL' WHEN 'NULL' THEN 'NULL_VALUE' ELSE json_type(" + variant(value)
                + ") END)";
    }
}
