package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.sql.Quoting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A nested Parquet value as JSON text, said as a DuckDB expression.
///
/// DuckDB's own `to_json` writes infinities bare and invents a null for every key a struct value
/// lacks. Here numbers keep all their digits and their scale, a struct's null fields are left out (a
/// missing key and an explicit null are one in Parquet), and a list keeps its nulls.
///
/// Where `to_json` writes every value of the type as it is done here, and none is NULL, its text is taken: it costs
/// half, and is of DuckDB's type JSON already, which else reads each text once more. Whether one is NULL the fields
/// tell; of a list's elements the text, where a `null` in a string only costs time.
final class JsonText {
    /// Types that `to_json` writes with every digit; a DECIMAL loses its scale.
    private static final Set<String> EXACT = Set.of(
            "VARCHAR",
            "BOOLEAN",
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "DATE",
            "TIME",
            "TIMESTAMP",
            "UUID");

    private JsonText() {}

    /// The value as DuckDB's JSON, NULL where it is NULL.
    static String json(String value, NestedType type) {
        return isExact(type) ? quick(value, of(value, type), nulls(value, type)) : of(value, type);
    }

    /// One JSON object of several columns, as DuckDB's JSON.
    static String jsonObject(List<String> names, List<String> values, List<NestedType> types) {
        String object = object(names, values, types);
        // DuckDB compares the names of a struct without case.
        boolean distinct = names.stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .distinct()
                        .count()
                == names.size();
        if (names.isEmpty() || !distinct || !types.stream().allMatch(JsonText::isExact)) {
            return object;
        }
        String struct = IntStream.range(0, names.size())
                .mapToObj(i -> Quoting.literal(names.get(i)) + ": " + values.get(i))
                .collect(Collectors.joining(", ", "{", "}"));
        List<Optional<String>> nulls = IntStream.range(0, names.size())
                .mapToObj(i -> nulls(values.get(i), types.get(i)))
                .toList();
        return quick(struct, object, any(nulls));
    }

    /// @param nulls whether a field is NULL; empty where only the text can tell
    private static String quick(String value, String text, Optional<String> nulls) {
        String quick = "to_json(" + value + ")";
        return "CASE WHEN " + nulls.orElse("contains(CAST(" + quick + " AS VARCHAR), 'null')") + " THEN CAST(" + text
                + " AS JSON) ELSE " + quick + " END";
    }

    private static Optional<String> nulls(String value, NestedType type) {
        return switch (type) {
            case NestedType.Plain plain -> Optional.of(value + " IS NULL");
            case NestedType.ListOf list -> Optional.empty();
            case NestedType.MapOf map -> Optional.empty();
            case NestedType.Struct struct ->
                any(struct.fields().stream()
                        .map(field -> nulls(field(value, field), field.type()))
                        .toList());
        };
    }

    private static Optional<String> any(List<Optional<String>> conditions) {
        return conditions.stream().allMatch(Optional::isPresent)
                ? Optional.of(conditions.stream().map(Optional::get).collect(Collectors.joining(" OR ", "(", ")")))
                : Optional.empty();
    }

    private static String field(String value, NestedType.Field field) {
        return "struct_extract(" + value + ", " + Quoting.literal(field.name()) + ")";
    }

    private static boolean isExact(NestedType type) {
        return switch (type) {
            case NestedType.Plain plain -> EXACT.contains(plain.name());
            case NestedType.ListOf list -> isExact(list.element());
            case NestedType.MapOf map -> false;
            case NestedType.Struct struct -> struct.fields().stream().allMatch(field -> isExact(field.type()));
        };
    }

    /// The JSON text of `value`, NULL where it is NULL.
    static String of(String value, NestedType type) {
        return expression(value, type, 0);
    }

    private static String object(List<String> names, List<String> values, List<NestedType> types) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            fields.add(Quoting.literal(key(names.get(i)) + ":") + " || " + expression(values.get(i), types.get(i), 0));
        }
        return "'{' || concat_ws(',', " + String.join(", ", fields) + ") || '}'";
    }

    private static String expression(String value, NestedType type, int depth) {
        return switch (type) {
            case NestedType.Plain plain -> plain(value, plain.name());
            case NestedType.ListOf list -> list(value, list, depth);
            case NestedType.MapOf map -> map(value, map, depth);
            case NestedType.Struct struct -> struct(value, struct, depth);
        };
    }

    private static String plain(String value, String type) {
        String text = "CAST(" + value + " AS VARCHAR)";
        if (type.startsWith("DECIMAL(")) {
            return text;
        }
        return switch (type) {
            case "TINYINT",
                    "SMALLINT",
                    "INTEGER",
                    "BIGINT",
                    "HUGEINT",
                    "UTINYINT",
                    "USMALLINT",
                    "UINTEGER",
                    "UBIGINT",
                    "UHUGEINT",
                    "BOOLEAN",
                    "JSON" -> text;
            case "FLOAT", "DOUBLE" ->
                "CASE WHEN isfinite(" + value + ") THEN " + text + " WHEN " + value + " IS NOT NULL THEN '\"' || "
                        + text + " || '\"' END";
            case "TIMESTAMP WITH TIME ZONE" ->
                "'\"' || strftime(timezone('UTC', " + value + "), '%Y-%m-%dT%H:%M:%S.%fZ') || '\"'";
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "DATE", "TIME", "TIMESTAMP_NS", "UUID" ->
                "'\"' || " + text + " || '\"'";
            case "BLOB" -> "CAST(to_json(decode(" + value + ")) AS VARCHAR)";
            case "BINARY" -> "'\"' || hex(" + value + ") || '\"'";
            default -> "CAST(to_json(" + text + ") AS VARCHAR)";
        };
    }

    private static String list(String value, NestedType.ListOf type, int depth) {
        String one = "x" + depth;
        return "'[' || array_to_string(list_transform(" + value + ", lambda " + one + ": coalesce("
                + expression(one, type.element(), depth + 1) + ", 'null')), ',') || ']'";
    }

    private static String map(String value, NestedType.MapOf type, int depth) {
        String one = "x" + depth;
        return "'{' || array_to_string(list_transform(map_entries(" + value + "), lambda " + one
                + ": CAST(to_json(CAST(" + one + ".key AS VARCHAR)) AS VARCHAR) || ':' || coalesce("
                + expression(one + ".value", type.value(), depth + 1) + ", 'null')), ',') || '}'";
    }

    private static String struct(String value, NestedType.Struct type, int depth) {
        List<String> fields = new ArrayList<>();
        for (NestedType.Field field : type.fields()) {
            fields.add(Quoting.literal(key(field.name()) + ":") + " || "
                    + expression(field(value, field), field.type(), depth));
        }
        return "CASE WHEN " + value + " IS NOT NULL THEN '{' || concat_ws(',', " + String.join(", ", fields)
                + ") || '}' END";
    }

    private static String key(String name) {
        return new String(tools.jackson.core.io.JsonStringEncoder.getInstance().quoteAsCharArray(name))
                .transform(quoted -> '"' + quoted + '"');
    }
}
