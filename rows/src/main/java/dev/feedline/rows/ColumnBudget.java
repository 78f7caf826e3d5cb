package dev.feedline.rows;

import java.util.List;

/// How many columns and struct fields a schema may still gain.
final class ColumnBudget {
    private int left;

    ColumnBudget(int left) {
        this.left = left;
    }

    /// A budget for the part of a type that is charged as a whole later.
    static ColumnBudget unlimited() {
        return new ColumnBudget(Integer.MAX_VALUE);
    }

    /// Takes room for the column with all its fields, if there is any.
    boolean take(Column column) {
        int size = size(column);
        boolean fits = size <= left;
        left -= fits ? size : 0;
        return fits;
    }

    static int size(List<Column> columns) {
        return columns.stream().mapToInt(ColumnBudget::size).sum();
    }

    private static int size(Column column) {
        return 1 + fields(column.type());
    }

    private static int fields(Type type) {
        if (type instanceof Type.Struct struct) {
            return size(struct.fields());
        }
        return type instanceof Type.ListOf list ? fields(list.element()) : 0;
    }
}
