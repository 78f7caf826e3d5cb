package dev.feedline.rows;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads strings that are dates or timestamps.
final class MomentReader implements ValueReader {
    private final String type;
    private final Function<String, @Nullable Object> parser;
    private final CellForm form;

    private MomentReader(String type, Function<String, @Nullable Object> parser, CellForm form) {
        this.type = type;
        this.parser = parser;
        this.form = form;
    }

    static MomentReader ofDates(CellForm form) {
        return new MomentReader("date YYYY-MM-DD", Moments::date, form);
    }

    static MomentReader ofTimestamps(boolean localIsUtc, CellForm form) {
        String type = localIsUtc ? "timestamp (RFC 3339)" : "timestamp with a zone (RFC 3339)";
        return new MomentReader(type, text -> Moments.instant(text, localIsUtc), form);
    }

    @Override
    public @Nullable Object read(RowReading row, Token token) {
        if (token != Token.STRING) {
            return row.mismatch(type, token);
        }
        boolean isCell = form == CellForm.TEXT;
        String text =
                isCell ? CellText.trimmed(row.tokens().text()) : row.tokens().text();
        if (isCell && text.isEmpty()) {
            return null;
        }
        Object moment = parser.apply(text);
        return moment != null ? moment : row.mismatch(type, token);
    }
}
