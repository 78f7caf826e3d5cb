package dev.feedline.rows.batch;

import dev.feedline.rows.text.JsonBytes;
import dev.feedline.rows.text.Moment;
import java.time.Instant;

/// Reads strings that are timestamps of RFC 3339.
final class TimestampLeafReader extends LeafReader {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int LENGTH_OF_SECONDS = 19;
    private static final int NANOS_PER_MICRO = 1_000;

    private final boolean localIsUtc;
    private final Moment moment = new Moment();

    TimestampLeafReader(LeafValues leaf, boolean localIsUtc) {
        super(leaf);
        this.localIsUtc = localIsUtc;
    }

    @Override
    int read(byte[] text, int at, int repetition, int definition) {
        if (text[at] != '"') {
            return readNull(text, at, repetition, definition);
        }
        int end = end(text, at + 1);
        long micros = text[end] == '"' ? moment.micros(text, at + 1, end, localIsUtc) : Moment.NONE;
        if (micros == Moment.NONE) {
            return NOT_PLAIN;
        }
        leaf.read(repetition, micros);
        return end + 1;
    }

    /// Where the string ends. Where UTC's usual form would, it is not read for that: if it has its
    /// end before, it is no timestamp.
    private static int end(byte[] text, int from) {
        int zone = from + LENGTH_OF_SECONDS;
        if (text[zone] == '.') {
            zone += 1 + JsonBytes.digits(JsonBytes.longAt(text, zone + 1));
        }
        return text[zone] == 'Z' && text[zone + 1] == '"' ? zone + 1 : JsonBytes.plainEnd(text, from);
    }

    @Override
    long valueOf(Object value) {
        Instant instant = (Instant) value; // of a year of four digits: no overflow
        return instant.getEpochSecond() * MICROS_PER_SECOND + instant.getNano() / NANOS_PER_MICRO;
    }
}
