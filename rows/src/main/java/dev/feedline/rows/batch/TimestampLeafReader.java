package dev.feedline.rows.batch;

import dev.feedline.rows.text.JsonBytes;
import dev.feedline.rows.text.Moment;
import java.time.Instant;

/// Reads strings that are timestamps of RFC 3339.
final class TimestampLeafReader extends LeafReader {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private final boolean localIsUtc;
    private final Moment moment = new Moment();

    TimestampLeafReader(LeafValues leaf, Cells cells, boolean localIsUtc) {
        super(leaf, cells);
        this.localIsUtc = localIsUtc;
    }

    @Override
    int read(byte[] text, int at, int repetition, int definition) {
        if (text[at] != '"') {
            return readNull(text, at, repetition, definition);
        }
        long usual = moment.usualMicros(text, at + 1);
        if (usual != Moment.NONE) {
            put(repetition, usual);
            return moment.usualEnd() + 1;
        }
        int end = JsonBytes.plainEnd(text, at + 1);
        long micros = text[end] == '"' ? moment.micros(text, at + 1, end, localIsUtc) : Moment.NONE;
        if (micros == Moment.NONE) {
            return NOT_PLAIN;
        }
        put(repetition, micros);
        return end + 1;
    }

    @Override
    long valueOf(Object value) {
        Instant instant = (Instant) value; // of a year of four digits: no overflow
        return instant.getEpochSecond() * MICROS_PER_SECOND + instant.getNano() / NANOS_PER_MICRO;
    }
}
