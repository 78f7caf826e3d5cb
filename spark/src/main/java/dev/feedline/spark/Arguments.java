package dev.feedline.spark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A job's arguments as Glue hands them to its main class: `--NAME value`.
///
/// @param byName without the dashes
public record Arguments(Map<String, String> byName) {
    /// Reads `--NAME value` and `--NAME=value`; a name at the end, or before another name, has the empty value.
    public static Arguments of(String[] words) {
        Map<String, String> byName = new LinkedHashMap<>();
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            if (!word.startsWith("--")) {
                throw new IllegalArgumentException(
                        "'" + word + "' follows no name of an argument; arguments are --NAME value");
            }
            int equals = word.indexOf('=');
            if (equals > 0) {
                byName.put(word.substring(2, equals), word.substring(equals + 1));
            } else if (i + 1 < words.length && !words[i + 1].startsWith("--")) {
                byName.put(word.substring(2), words[++i]);
            } else {
                byName.put(word.substring(2), "");
            }
        }
        return new Arguments(byName);
    }

    String orElse(String name, String other) {
        String given = byName.get(name);
        return given == null || given.isEmpty() ? other : given;
    }

    /// @param dashed with the dashes, as the run has them
    static String[] words(Map<String, String> dashed) {
        List<String> words = new ArrayList<>();
        new TreeMap<>(dashed).forEach((name, value) -> {
            words.add(name);
            words.add(value);
        });
        return words.toArray(String[]::new);
    }
}
