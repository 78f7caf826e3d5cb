package dev.feedline.parquet;

import dev.feedline.rows.Type;
import java.io.IOException;

/// Puts what becomes a number of at most eight bytes into its column.
final class NumberShredder extends LeafShredder {
    private final NumberColumn column;
    private final NumberForm form;

    NumberShredder(NumberColumn column, Type type) {
        super(column, type);
        this.column = column;
        this.form = NumberForm.of(type);
    }

    @Override
    void put(Object value, int repetition) throws IOException {
        column.add(repetition, form.bits(value));
    }
}
