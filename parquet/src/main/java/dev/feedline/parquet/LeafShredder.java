package dev.feedline.parquet;

import dev.feedline.rows.Type;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A value without parts.
abstract class LeafShredder extends Shredder {
    private final ColumnWriter column;
    private final Type type;

    LeafShredder(ColumnWriter column, Type type) {
        this.column = column;
        this.type = type;
    }

    /// Adds a value that is there.
    ///
    /// @throws ClassCastException | ArithmeticException | IllegalArgumentException when it does not fit the type
    abstract void put(Object value, int repetition) throws IOException;

    @Override
    final void shred(@Nullable Object value, int repetition, int definition) throws IOException {
        if (value == null) {
            column.addAbsent(repetition, definition);
            return;
        }
        try {
            put(value, repetition);
        } catch (ClassCastException | ArithmeticException | IllegalArgumentException cause) {
            throw new IllegalArgumentException(
                    "column " + column.leaf.dottedPath() + " is " + type.glue() + " and cannot hold "
                            + Misfit.describe(value) + ": " + cause.getMessage(),
                    cause);
        }
    }

    @Override
    final void shredAbsent(int repetition, int definition) throws IOException {
        column.addAbsent(repetition, definition);
    }
}
