package dev.feedline.snowflake.sql;

import java.util.List;
import java.util.stream.Collectors;

/// A name of one to three parts as a statement wrote it; unquoted parts are already in upper case.
public record ObjectName(List<String> parts) {
    public ObjectName {
        parts = List.copyOf(parts);
    }

    public static ObjectName of(String... parts) {
        return new ObjectName(List.of(parts));
    }

    /// As DuckDB reads it.
    String duck() {
        return parts.stream().map(Quoting::identifier).collect(Collectors.joining("."));
    }

    public String last() {
        return parts.getLast();
    }

    @Override
    public String toString() {
        return parts.stream().map(Quoting::readable).collect(Collectors.joining("."));
    }
}
