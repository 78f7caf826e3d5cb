package dev.feedline.snowflake.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Snowflake's functions on arrays, one by one. Source: docs.snowflake.com/en/sql-reference/functions-semistructured.
final class ArrayOperations {
    private ArrayOperations() {}

    /// @param first JSON, like all arguments; empty where the operation takes none
    static @Nullable String of(String operation, String array, String first, String second) {
        List<String> elements = JsonParts.elements(array);
        return switch (operation) {
            case "CONTAINS" -> String.valueOf(index(elements, first) >= 0);
            case "POSITION" -> {
                int index = index(elements, first);
                yield index < 0 ? null : String.valueOf(index);
            }
            case "OVERLAP" -> String.valueOf(!kept(elements, first, true).isEmpty());
            case "COMPACT" -> JsonParts.array(without(elements, "null"));
            case "DISTINCT" -> JsonParts.array(distinct(elements));
            case "FLATTEN" -> JsonParts.array(flattened(elements));
            case "REVERSE" -> JsonParts.array(elements.reversed());
            case "MAX" -> extreme(elements, true);
            case "MIN" -> extreme(elements, false);
            case "EXCEPT" -> JsonParts.array(kept(elements, first, false));
            case "INTERSECTION" -> JsonParts.array(kept(elements, first, true));
            case "REMOVE" -> JsonParts.array(without(elements, first));
            case "REMOVE_AT" -> JsonParts.array(withoutAt(elements, number(first)));
            case "INSERT" -> JsonParts.array(inserted(elements, number(first), second));
            case "SLICE" -> JsonParts.array(slice(elements, number(first), number(second)));
            case "SORT" -> JsonParts.array(sorted(elements, Boolean.parseBoolean(first), Boolean.parseBoolean(second)));
            default -> throw new IllegalArgumentException("no operation on arrays: " + operation);
        };
    }

    private static int number(String json) {
        return JsonParts.tree(json).asInt();
    }

    private static int index(List<String> elements, String value) {
        Object wanted = JsonParts.identity(value);
        for (int i = 0; i < elements.size(); i++) {
            if (JsonParts.identity(elements.get(i)).equals(wanted)) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> without(List<String> elements, String value) {
        Object unwanted = JsonParts.identity(value);
        return elements.stream()
                .filter(one -> !JsonParts.identity(one).equals(unwanted))
                .toList();
    }

    private static List<String> distinct(List<String> elements) {
        Map<Object, String> first = new LinkedHashMap<>();
        elements.forEach(one -> first.putIfAbsent(JsonParts.identity(one), one));
        return List.copyOf(first.values());
    }

    private static List<String> flattened(List<String> elements) {
        return elements.stream()
                .flatMap(one -> JsonParts.elements(one).stream())
                .toList();
    }

    /// What the other array has too, or has not; each of its elements counts once.
    private static List<String> kept(List<String> elements, String other, boolean common) {
        List<Object> left = new ArrayList<>();
        JsonParts.elements(other).forEach(one -> left.add(JsonParts.identity(one)));
        return elements.stream()
                .filter(one -> left.remove(JsonParts.identity(one)) == common)
                .toList();
    }

    /// Among elements of one kind that are not null; null when there are none.
    private static @Nullable String extreme(List<String> elements, boolean most) {
        Comparator<String> order = Comparator.comparing(JsonParts::tree, ArrayOperations::compare);
        return without(elements, "null").stream()
                .max(most ? order : order.reversed())
                .orElse(null);
    }

    private static List<String> withoutAt(List<String> elements, int position) {
        int at = position < 0 ? elements.size() + position : position;
        List<String> rest = new ArrayList<>(elements);
        if (at >= 0 && at < rest.size()) {
            rest.remove(at);
        }
        return rest;
    }

    /// Behind the end the gap is filled with nulls.
    private static List<String> inserted(List<String> elements, int position, String value) {
        int at = Math.max(0, position < 0 ? elements.size() + position : position);
        if (at > MOST_ELEMENTS) {
            throw new IllegalArgumentException("An array of more than " + MOST_ELEMENTS + " elements");
        }
        List<String> all = new ArrayList<>(elements);
        while (all.size() < at) {
            all.add("null");
        }
        all.add(at, value);
        return all;
    }

    private static final int MOST_ELEMENTS = 1_000_000;

    private static List<String> slice(List<String> elements, int from, int to) {
        int size = elements.size();
        int start = Math.clamp(from < 0 ? size + (long) from : from, 0, size);
        int end = Math.clamp(to < 0 ? size + (long) to : to, 0, size);
        return start < end ? elements.subList(start, end) : List.of();
    }

    private static List<String> sorted(List<String> elements, boolean ascending, boolean nullsFirst) {
        Comparator<String> order = Comparator.comparing(JsonParts::tree, ArrayOperations::compare);
        List<String> values = new ArrayList<>(without(elements, "null"));
        values.sort(ascending ? order : order.reversed());
        List<String> nulls = Collections.nCopies(elements.size() - values.size(), "null");
        List<String> all = new ArrayList<>(nullsFirst ? nulls : values);
        all.addAll(nullsFirst ? values : nulls);
        return all;
    }

    private static int compare(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.isString() && other.isString()
                ? one.stringValue().compareTo(other.stringValue())
                : one.toString().compareTo(other.toString());
    }
}
