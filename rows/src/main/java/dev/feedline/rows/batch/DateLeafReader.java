package dev.feedline.rows.batch;

import dev.feedline.rows.text.JsonBytes;
import dev.feedline.rows.text.Moment;
import java.time.LocalDate;

/// Reads strings `YYYY-MM-DD`.
final class DateLeafReader extends LeafReader {
    private static final int LENGTH = 10;

    private final Moment moment = new Moment();

    DateLeafReader(LeafValues leaf, Cells cells) {
        super(leaf, cells);
    }

    @Override
    int read(byte[] text, int at, int repetition, int definition) {
        if (text[at] != '"') {
            return readNull(text, at, repetition, definition);
        }
        int end = JsonBytes.plainEnd(text, at + 1);
        long days = end == at + 1 + LENGTH && text[end] == '"' ? moment.days(text, at + 1) : Moment.NONE;
        if (days == Moment.NONE) {
            return NOT_PLAIN;
        }
        put(repetition, days);
        return end + 1;
    }

    @Override
    long valueOf(Object value) {
        return ((LocalDate) value).toEpochDay();
    }
}
