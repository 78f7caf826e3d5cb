package dev.feedline.snowflake.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Snowflake's functions on objects, one by one. Source: docs.snowflake.com/en/sql-reference/functions-semistructured.
final class ObjectOperations {
    private ObjectOperations() {}

    /// @param key a key, or a JSON array of them
    /// @param value JSON; empty for none
    static @Nullable String of(String operation, String object, String key, String value) {
        if (operation.equals("CAST") && object.strip().equals("null")) {
            return null;
        }
        if (operation.equals("GET_IGNORE_CASE") && !object.strip().startsWith("{")) {
            return null;
        }
        Map<String, String> values = new LinkedHashMap<>(JsonParts.values(object));
        switch (operation) {
            case "INSERT" -> {
                if (values.containsKey(key)) {
                    throw new IllegalArgumentException(
                            "Duplicate field key '" + key + "': OBJECT_INSERT's fourth argument TRUE updates it");
                }
                put(values, key, value);
            }
            case "UPDATE" -> put(values, key, value);
            case "DELETE" -> keys(key).forEach(values::remove);
            case "PICK" -> values.keySet().retainAll(keys(key));
            case "CAST" -> {}
            case "GET_IGNORE_CASE" -> {
                return values.containsKey(key)
                        ? values.get(key)
                        : values.entrySet().stream()
                                .filter(one -> one.getKey().equalsIgnoreCase(key))
                                .map(Map.Entry::getValue)
                                .findFirst()
                                .orElse(null);
            }
            default -> throw new IllegalArgumentException("no operation on objects: " + operation);
        }
        return JsonParts.object(values);
    }

    private static void put(Map<String, String> values, String key, String value) {
        if (value.isEmpty()) {
            values.remove(key);
        } else {
            values.put(key, value);
        }
    }

    /// An array among the arguments stands for its elements.
    private static List<String> keys(String array) {
        return JsonParts.elements(array).stream()
                .flatMap(one -> JsonParts.elements(one).stream())
                .map(one -> JsonParts.tree(one).asString())
                .toList();
    }
}
