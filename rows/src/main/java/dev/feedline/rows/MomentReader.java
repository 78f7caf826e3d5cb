package dev.feedline.rows;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// Reads strings that are dates or timestamps.
final class MomentReader implements ValueReader {
    private final String type;
    private final Function<String, @Nullable Object> parser;

    private MomentReader(String type, Function<String, @Nullable Object> parser) {
        this.type = type;
        this.parser = parser;
    }

    static MomentReader ofDates() {
        return new MomentReader("date YYYY-MM-DD", Moments::date);
    }

    static MomentReader ofTimestamps(boolean localIsUtc) {
        String type = localIsUtc ? "timestamp (RFC 3339)" : "timestamp with a zone (RFC 3339)";
        return new MomentReader(type, text -> Moments.instant(text, localIsUtc));
    }

    @Override
    public @Nullable Object read(RowReading row, JsonToken token) {
        Object moment =
                token == JsonToken.VALUE_STRING ? parser.apply(row.tokens().text()) : null;
        return moment != null ? moment : row.mismatch(type, token);
    }
}
