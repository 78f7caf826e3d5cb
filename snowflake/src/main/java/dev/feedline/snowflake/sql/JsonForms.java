package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Functions on VARIANT, OBJECT and ARRAY, which are JSON texts here; they are put together as texts, so that every
/// digit stays. Source: docs.snowflake.com/en/sql-reference/functions-semistructured.
final class JsonForms {
    private static final String WHOLE = "'UBIGINT', 'BIGINT', 'HUGEINT', 'UHUGEINT'";
    private static final String NUMERIC = WHOLE + ", 'DOUBLE'";

    private JsonForms() {}

    static void add(FunctionTable table) {
        table.form("PARSE_JSON", 1, 1, a -> parsed("PARSE_JSON", a.get(0)))
                .form("TRY_PARSE_JSON", 1, 1, a -> parsed("TRY_PARSE_JSON", a.get(0)))
                .form("TO_JSON", 1, 1, a -> "CAST(" + a.get(0) + " AS VARCHAR)")
                .form("TO_VARIANT", 1, 1, a -> variant(a.get(0)))
                .form("OBJECT_CONSTRUCT", 0, 254, a -> object(a, true))
                .form("OBJECT_CONSTRUCT_KEEP_NULL", 0, 254, a -> object(a, false))
                .form("ARRAY_CONSTRUCT", 0, 255, JsonForms::array)
                .form("ARRAY_CONSTRUCT_COMPACT", 0, 255, JsonForms::compact)
                .form(
                        "ARRAY_SIZE",
                        1,
                        1,
                        a -> "(CASE WHEN json_type(" + variant(a.getFirst()) + ") = 'ARRAY' THEN json_array_length("
                                + variant(a.getFirst()) + ") END)")
                .form("ARRAY_CONTAINS", 2, 2, a -> "CAST(" + array("CONTAINS", a.get(1), a.get(0)) + " AS BOOLEAN)")
                .form("ARRAY_POSITION", 2, 2, a -> "CAST(" + array("POSITION", a.get(1), a.get(0)) + " AS BIGINT)")
                .form("ARRAYS_OVERLAP", 2, 2, a -> "CAST(" + array("OVERLAP", a.get(0), a.get(1)) + " AS BOOLEAN)")
                .form("ARRAY_COMPACT", 1, 1, a -> json(array("COMPACT", a.get(0), "''")))
                .form("ARRAY_DISTINCT", 1, 1, a -> json(array("DISTINCT", a.get(0), "''")))
                .form("ARRAY_FLATTEN", 1, 1, a -> json(array("FLATTEN", a.get(0), "''")))
                .form("ARRAY_REVERSE", 1, 1, a -> json(array("REVERSE", a.get(0), "''")))
                .form("ARRAY_MAX", 1, 1, a -> json(array("MAX", a.get(0), "''")))
                .form("ARRAY_MIN", 1, 1, a -> json(array("MIN", a.get(0), "''")))
                .form("ARRAY_EXCEPT", 2, 2, a -> json(array("EXCEPT", a.get(0), a.get(1))))
                .form("ARRAY_INTERSECTION", 2, 2, a -> json(array("INTERSECTION", a.get(0), a.get(1))))
                .form("ARRAY_REMOVE", 2, 2, a -> json(array("REMOVE", a.get(0), a.get(1))))
                .form("ARRAY_REMOVE_AT", 2, 2, a -> json(array("REMOVE_AT", a.get(0), a.get(1))))
                .form("ARRAY_INSERT", 3, 3, a -> json(array("INSERT", a.get(0), a.get(1), a.get(2))))
                .form("ARRAY_SLICE", 3, 3, a -> json(array("SLICE", a.get(0), a.get(1), a.get(2))))
                .form("ARRAY_SORT", 1, 3, JsonForms::sorted)
                .form("ARRAY_GENERATE_RANGE", 2, 3, a -> "to_json(range(" + String.join(", ", a) + "))")
                .form("OBJECT_INSERT", 3, 4, JsonForms::insert)
                .form("OBJECT_DELETE", 2, 255, a -> keys("DELETE", a))
                .form("OBJECT_PICK", 2, 255, a -> keys("PICK", a))
                .form(
                        "GET_IGNORE_CASE",
                        2,
                        2,
                        a -> json(Names.OBJECT + "('GET_IGNORE_CASE', " + plain(a.get(0)) + ", " + a.get(1) + ", '')"))
                .form("CHECK_JSON", 1, 1, a -> Names.WORDS + "('CHECK_JSON', " + Casts.asText(a.get(0)) + ", '')")
                .form(
                        "TO_ARRAY",
                        1,
                        1,
                        a -> "(CASE WHEN json_type(" + variant(a.get(0)) + ") IN ('ARRAY', 'NULL') THEN "
                                + variant(a.get(0)) + " WHEN " + a.get(0) + " IS NOT NULL THEN " + array(a) + " END)")
                .form("TO_OBJECT", 1, 1, a -> json(Names.OBJECT + "('CAST', " + plain(a.get(0)) + ", '', '')"))
                .form("AS_ARRAY", 1, 1, a -> as(a.get(0), "'ARRAY'", a.get(0)))
                .form("AS_OBJECT", 1, 1, a -> as(a.get(0), "'OBJECT'", a.get(0)))
                .form("AS_VARCHAR", 1, 1, a -> as(a.get(0), "'VARCHAR'", unquoted(a.get(0))))
                .form("AS_CHAR", 1, 1, a -> as(a.get(0), "'VARCHAR'", unquoted(a.get(0))))
                .form("AS_BOOLEAN", 1, 1, a -> as(a.get(0), "'BOOLEAN'", "CAST(" + unquoted(a.get(0)) + " AS BOOLEAN)"))
                .form("AS_INTEGER", 1, 1, a -> as(a.get(0), WHOLE, "CAST(" + unquoted(a.get(0)) + " AS DECIMAL(38,0))"))
                .form("AS_DOUBLE", 1, 1, a -> as(a.get(0), NUMERIC, "CAST(" + unquoted(a.get(0)) + " AS DOUBLE)"))
                .form("AS_REAL", 1, 1, a -> as(a.get(0), NUMERIC, "CAST(" + unquoted(a.get(0)) + " AS DOUBLE)"))
                .form("IS_DECIMAL", 1, 1, a -> is(a.get(0), NUMERIC))
                .form("IS_DOUBLE", 1, 1, a -> is(a.get(0), NUMERIC))
                .form("IS_REAL", 1, 1, a -> is(a.get(0), NUMERIC))
                .form("IS_CHAR", 1, 1, a -> is(a.get(0), "'VARCHAR'"))
                .form("ARRAY_CAT", 2, 2, a -> joined(inner(a.get(0)), inner(a.get(1))))
                .form("ARRAY_APPEND", 2, 2, a -> joined(inner(a.get(0)), text(a.get(1))))
                .form("ARRAY_PREPEND", 2, 2, a -> joined(text(a.get(1)), inner(a.get(0))))
                .form(
                        "ARRAY_TO_STRING",
                        2,
                        2,
                        // A null is an empty text; without a separator there is nothing.
                        a -> "(CASE WHEN " + a.get(1) + " IS NOT NULL THEN array_to_string(list_transform(from_json("
                                + a.get(0) + ", '[\"VARCHAR\"]'), lambda x: coalesce(x, '')), " + a.get(1) + ") END)")
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

    private static String as(String value, String types, String then) {
        return "(CASE WHEN " + is(value, types) + " THEN " + then + " END)";
    }

    private static String is(String value, String types) {
        return "(json_type(" + value + ") IN (" + types + "))";
    }

    private static String unquoted(String value) {
        return JsonPath.TEXT + "(CAST(" + value + " AS VARCHAR), '$')";
    }

    private static String json(String text) {
        return "CAST(" + text + " AS JSON)";
    }

    private static String plain(String value) {
        return "CAST(" + value + " AS VARCHAR)";
    }

    /// An operation on an array; what is NULL among its arguments is JSON's null.
    private static String array(String operation, String array, String... arguments) {
        String more = Stream.concat(Stream.of(arguments), Stream.of("''"))
                .limit(2)
                .map(one -> one.equals("''") ? one : "coalesce(" + text(one) + ", 'null')")
                .collect(Collectors.joining(", "));
        return Names.ARRAY + "(" + Quoting.literal(operation) + ", " + plain(array) + ", " + more + ")";
    }

    /// Ascending with NULLs last, unless said otherwise.
    private static String sorted(List<String> a) {
        String ascending = a.size() > 1 ? a.get(1) : "TRUE";
        String nullsFirst = a.size() > 2 ? a.get(2) : "NOT " + ascending;
        return json(Names.ARRAY + "('SORT', " + plain(a.getFirst()) + ", CAST(" + ascending + " AS VARCHAR), CAST("
                + nullsFirst + " AS VARCHAR))");
    }

    /// A NULL leaves the key out.
    private static String insert(List<String> a) {
        String update = a.size() == 4 ? a.get(3) : "FALSE";
        return json(Names.OBJECT + "(CASE WHEN " + update + " THEN 'UPDATE' ELSE 'INSERT' END, " + plain(a.get(0))
                + ", " + a.get(1) + ", coalesce(" + text(a.get(2)) + ", ''))");
    }

    private static String keys(String operation, List<String> a) {
        List<String> keys = a.subList(1, a.size());
        return json(Names.OBJECT + "(" + Quoting.literal(operation) + ", " + plain(a.getFirst()) + ", CAST("
                + array(keys) + " AS VARCHAR), '')");
    }

    /// `ARRAY_AGG(x)` with the ORDER BY of its WITHIN GROUP; NULLs are left out.
    static String arrayAgg(boolean distinct, String value, String order) {
        if (distinct) {
            // DuckDB orders distinct values by themselves only.
            return "coalesce(to_json(list(DISTINCT " + value + order + ") FILTER (WHERE " + value + " IS NOT NULL)"
                    + FunctionTable.WINDOW + "), CAST('[]' AS JSON))";
        }
        return "CAST('[' || coalesce(string_agg(" + text(value) + ", ','" + order + ")" + FunctionTable.WINDOW
                + ", '') || ']' AS JSON)";
    }

    /// `OBJECT_AGG(key, value)`; pairs with a NULL are left out.
    static String objectAgg(String key, String value) {
        return "CAST('{' || coalesce(string_agg(" + pair(key, value) + ", ',')" + FunctionTable.WINDOW
                + ", '') || '}' AS JSON)";
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

    private static String parsed(String function, String text) {
        return "CAST(" + Names.WORDS + "(" + Quoting.literal(function) + ", " + Casts.asText(text) + ", '') AS JSON)";
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
        return "(CASE WHEN " + key + " IS NOT NULL AND " + value + " IS NOT NULL THEN to_json(CAST(" + Casts.asText(key)
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
