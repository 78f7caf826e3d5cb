package dev.feedline.rows;

import org.jspecify.annotations.Nullable;

/// Reads strings, and any other value as the text the source wrote it in.
final class TextReader implements ValueReader {
    @Override
    public @Nullable Object read(RowReading row, Token token) {
        return token == Token.STRING ? row.tokens().text() : row.tokens().source();
    }
}
