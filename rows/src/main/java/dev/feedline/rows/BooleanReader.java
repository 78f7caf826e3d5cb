package dev.feedline.rows;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// Reads `true` and `false`, and nothing that merely looks like them.
final class BooleanReader implements ValueReader {
    @Override
    public @Nullable Object read(RowReading row, JsonToken token) {
        return switch (token) {
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> row.mismatch("boolean", token);
        };
    }
}
