package dev.feedline.parquet;

import dev.feedline.rows.Type;
import java.io.IOException;

/// Puts a [Boolean] into its column.
final class BooleanShredder extends LeafShredder {
    private final BooleanColumn column;

    BooleanShredder(BooleanColumn column, Type type) {
        super(column, type);
        this.column = column;
    }

    @Override
    void put(Object value, int repetition) throws IOException {
        column.add(repetition, (Boolean) value);
    }
}
