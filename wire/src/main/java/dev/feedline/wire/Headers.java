package dev.feedline.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/// The headers of a message: names without regard to case, each with its values in the order they came.
public final class Headers {
    private final TreeMap<String, List<String>> values = new TreeMap<>();

    public Headers() {}

    /// Adds a value behind those the name has already.
    public Headers add(String name, String value) {
        values.computeIfAbsent(lower(name), n -> new ArrayList<>()).add(value);
        return this;
    }

    /// Replaces every value of the name by this one.
    public Headers set(String name, String value) {
        values.remove(lower(name));
        return add(name, value);
    }

    public Headers remove(String name) {
        values.remove(lower(name));
        return this;
    }

    /// The first value of the name.
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /// Every value of the name, in order.
    public List<String> all(String name) {
        return Collections.unmodifiableList(values.getOrDefault(lower(name), List.of()));
    }

    public boolean has(String name) {
        return values.containsKey(lower(name));
    }

    /// The names present, in lower case and sorted.
    public List<String> names() {
        return List.copyOf(values.keySet());
    }

    @Override
    public String toString() {
        return values.keySet().toString(); // never the values: some are secrets
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
