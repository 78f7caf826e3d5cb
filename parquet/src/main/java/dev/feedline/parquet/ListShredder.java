package dev.feedline.parquet;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A list, in Parquet's three levels: the list may be null, is empty or repeats, and its elements may be null.
final class ListShredder extends Shredder {
    private final String path;
    private final int ownRepetition;
    private final Shredder element;

    /// `ownRepetition` is the level that says: one more element of this list.
    ListShredder(String path, int ownRepetition, Shredder element) {
        this.path = path;
        this.ownRepetition = ownRepetition;
        this.element = element;
    }

    @Override
    void shred(@Nullable Object value, int repetition, int definition) throws IOException {
        if (value == null) {
            element.shredAbsent(repetition, definition);
            return;
        }
        if (!(value instanceof List<?> list)) {
            throw new IllegalArgumentException(
                    "column " + path + " is a list and cannot hold " + Misfit.describe(value));
        }
        if (list.isEmpty()) {
            element.shredAbsent(repetition, definition + 1);
            return;
        }
        int nextRepetition = repetition;
        for (var item : list) {
            element.shred(item, nextRepetition, definition + 2);
            nextRepetition = ownRepetition;
        }
    }

    @Override
    void shredAbsent(int repetition, int definition) throws IOException {
        element.shredAbsent(repetition, definition);
    }
}
