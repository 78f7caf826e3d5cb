package dev.feedline.rows;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The columns of a feed, in the order they were first seen; names are unique, case and all.
///
/// `inferred` names the columns whose type was read off the values. They take only what they hold
/// exactly: an inferred `double` no number that would be rounded, an inferred `timestamp` no local time
/// without a zone. A declared `double` takes the nearest double, a declared `timestamp` reads a local
/// time as UTC.
public record Schema(List<Column> columns, Set<String> inferred) {
    public static final Schema EMPTY = new Schema(List.of());

    public Schema {
        columns = List.copyOf(columns);
        inferred = Set.copyOf(inferred);
        Set<String> names = Set.copyOf(columns.stream().map(Column::name).toList());
        if (names.size() != columns.size()) {
            throw new IllegalArgumentException("two columns share a name: " + columns);
        }
        if (!names.containsAll(inferred)) {
            throw new IllegalArgumentException("inferred " + inferred + " are not all columns: " + names);
        }
    }

    /// A schema whose columns are all declared.
    public Schema(List<Column> columns) {
        this(columns, Set.of());
    }

    public Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }
}
