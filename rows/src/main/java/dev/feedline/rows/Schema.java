package dev.feedline.rows;

import java.util.List;
import java.util.Optional;

/// The columns of a feed, in the order they were first seen; names are unique, case and all.
public record Schema(List<Column> columns) {
    public static final Schema EMPTY = new Schema(List.of());

    public Schema {
        columns = List.copyOf(columns);
        long distinct = columns.stream().map(Column::name).distinct().count();
        if (distinct != columns.size()) {
            throw new IllegalArgumentException("two columns share a name: " + columns);
        }
    }

    public Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }
}
