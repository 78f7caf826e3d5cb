package dev.feedline.parquet;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A struct: an `Object[]` in field order.
final class StructShredder extends Shredder {
    private final String path;
    private final Shredder[] fields;

    StructShredder(String path, List<Shredder> fields) {
        this.path = path;
        this.fields = fields.toArray(Shredder[]::new);
    }

    @Override
    void shred(@Nullable Object value, int repetition, int definition) throws IOException {
        if (value == null) {
            shredAbsent(repetition, definition);
            return;
        }
        if (!(value instanceof Object[] values) || values.length != fields.length) {
            throw new IllegalArgumentException("column " + path + " is a struct of " + fields.length
                    + " fields and cannot hold " + Misfit.describe(value));
        }
        for (int i = 0; i < fields.length; i++) {
            fields[i].shred(values[i], repetition, definition + 1);
        }
    }

    @Override
    void shredAbsent(int repetition, int definition) throws IOException {
        for (var field : fields) {
            field.shredAbsent(repetition, definition);
        }
    }
}
