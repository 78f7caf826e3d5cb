package dev.feedline.rows;

import org.jspecify.annotations.Nullable;

/// Reads `true` and `false`, and nothing that merely looks like them; from the text of a cell the usual
/// words.
final class BooleanReader implements ValueReader {
    private final CellForm form;

    BooleanReader(CellForm form) {
        this.form = form;
    }

    @Override
    public @Nullable Object read(RowReading row, Token token) {
        if (form == CellForm.TEXT && token == Token.STRING) {
            String text = CellText.trimmed(row.tokens().text());
            Boolean value = CellText.bool(text);
            return text.isEmpty() || value != null ? value : row.mismatch("boolean", token);
        }
        return token.isBoolean() ? (Object) (token == Token.TRUE) : row.mismatch("boolean", token);
    }
}
