package dev.feedline.rows;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// Reads strings, and any other value as the text the source wrote it in.
final class TextReader implements ValueReader {
    @Override
    public @Nullable Object read(RowReading row, JsonToken token) {
        return token == JsonToken.VALUE_STRING
                ? row.tokens().text()
                : row.tokens().source();
    }
}
