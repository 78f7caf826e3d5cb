package dev.feedline.snowflake.engine;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How VARIANTs compare: numbers by their value, texts by their bytes, and an object whatever the order of its keys.
///
/// A value's key is a text whose bytes compare as the values do. Values of two kinds are never equal; which comes first
/// Snowflake does not say, so `<` and its like refuse them. In ORDER BY numbers come before texts, then booleans,
/// arrays, objects and JSON's null.
final class VariantOrder {
    private static final char NULL = '6';

    /// What ends a part of a key, and what stands before one that is meant as itself.
    private static final char END = '\u0001';

    private static final char ESCAPE = '\u0002';

    private VariantOrder() {}

    /// The key; that of JSON's null is the greatest.
    static String key(String json) {
        StringBuilder key = new StringBuilder();
        append(key, JsonParts.tree(json));
        return key.toString();
    }

    /// The key of what is compared with `=`; null of JSON's null, with which nothing is equal.
    static @Nullable String equality(String json) {
        String key = key(json);
        return key.charAt(0) == NULL ? null : key;
    }

    /// The key of what is compared with `<` and its like.
    static @Nullable String relation(String json, String other) {
        String key = key(json);
        String against = key(other);
        if (key.charAt(0) == NULL || against.charAt(0) == NULL) {
            return null;
        }
        if (key.charAt(0) != against.charAt(0)) {
            throw new IllegalArgumentException("Comparing a VARIANT that is " + kind(key) + " with one that is "
                    + kind(against) + ", by anything but = and <>,");
        }
        return key;
    }

    /// The same text for equal values.
    static String canonical(String json) {
        return canonical(JsonParts.tree(json));
    }

    /// The greatest or least of a JSON array's elements; null when one of them is null.
    static @Nullable String extreme(String array, boolean greatest) {
        String found = null;
        String key = "";
        for (String element : JsonParts.elements(array)) {
            String of = found == null ? equality(element) : relation(element, found);
            if (of == null) {
                return null;
            }
            if (found == null || isGreater(of, key) == greatest) {
                found = element;
                key = of;
            }
        }
        return found;
    }

    /// By their bytes, as DuckDB compares.
    private static boolean isGreater(String key, String other) {
        return Arrays.compareUnsigned(key.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)) > 0;
    }

    private static String kind(String key) {
        return switch (key.charAt(0)) {
            case '1' -> "a number";
            case '2' -> "a text";
            case '3' -> "a BOOLEAN";
            case '4' -> "an ARRAY";
            default -> "an OBJECT";
        };
    }

    private static void append(StringBuilder key, JsonNode node) {
        if (node.isNumber()) {
            key.append('1');
            number(key, node.decimalValue());
        } else if (node.isString()) {
            key.append('2').append(node.stringValue());
        } else if (node.isBoolean()) {
            key.append('3').append(node.booleanValue() ? 't' : 'f');
        } else if (node.isArray()) {
            key.append('4');
            node.forEach(element -> part(key, element));
        } else if (node.isObject()) {
            key.append('5');
            sorted(node).forEach((name, value) -> {
                escaped(key, name);
                part(key, value);
            });
        } else {
            key.append(NULL);
        }
    }

    private static void part(StringBuilder key, JsonNode node) {
        StringBuilder part = new StringBuilder();
        append(part, node);
        escaped(key, part);
    }

    private static void escaped(StringBuilder key, CharSequence part) {
        for (int i = 0; i < part.length(); i++) {
            char one = part.charAt(i);
            if (one == END || one == ESCAPE) {
                key.append(ESCAPE);
            }
            key.append(one);
        }
        key.append(END);
    }

    /// Sign, exponent and digits; of a negative number their complements, so that the greater comes first.
    private static void number(StringBuilder key, BigDecimal value) {
        if (value.signum() == 0) {
            key.append('m');
            return;
        }
        String digits = value.unscaledValue().abs().toString().replaceFirst("0+$", "");
        long exponent = (long) value.precision() - value.scale() + 5_000_000_000L;
        String plain = String.format(Locale.ROOT, "%010d", exponent) + digits;
        if (value.signum() > 0) {
            key.append('p').append(plain);
            return;
        }
        key.append('a');
        plain.chars().forEach(digit -> key.append((char) ('0' + '9' - digit)));
        key.append('~');
    }

    private static String canonical(JsonNode node) {
        if (node.isNumber()) {
            BigDecimal value = node.decimalValue().stripTrailingZeros();
            return value.scale() <= 0 && value.precision() - value.scale() <= 38
                    ? value.toPlainString()
                    : value.toString();
        }
        if (node.isArray()) {
            List<String> elements = new ArrayList<>();
            node.forEach(element -> elements.add(canonical(element)));
            return JsonParts.array(elements);
        }
        if (node.isObject()) {
            TreeMap<String, String> values = new TreeMap<>();
            sorted(node).forEach((name, value) -> values.put(name, canonical(value)));
            return JsonParts.object(values);
        }
        return node.toString();
    }

    private static TreeMap<String, JsonNode> sorted(JsonNode node) {
        TreeMap<String, JsonNode> values = new TreeMap<>();
        node.properties().forEach(property -> values.put(property.getKey(), property.getValue()));
        return values;
    }
}
