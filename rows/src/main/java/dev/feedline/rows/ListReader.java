package dev.feedline.rows;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads arrays; an element may be null.
final class ListReader implements ValueReader {
    private final ValueReader element;

    ListReader(ValueReader element) {
        this.element = element;
    }

    @Override
    public @Nullable Object read(RowReading row, Token token) {
        if (token != Token.START_ARRAY) {
            return row.mismatch("array", token);
        }
        List<@Nullable Object> values = new ArrayList<>();
        row.enter();
        for (Token next = row.tokens().next();
                next != Token.END_ARRAY;
                next = row.tokens().next()) {
            row.path().atNextElement();
            values.add(next == Token.NULL ? null : element.read(row, next));
        }
        row.leave();
        return values;
    }
}
