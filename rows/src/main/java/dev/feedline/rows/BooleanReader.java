package dev.feedline.rows;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// Reads `true` and `false`, and nothing that merely looks like them.
final class BooleanReader implements ValueReader {
    @Override
    public @Nullable Object read(RowReading row, JsonToken token) {
        return token.isBoolean() ? (Object) (token == JsonToken.VALUE_TRUE) : row.mismatch("boolean", token);
    }
}
