package dev.feedline.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.feedline.rows.text.Moment;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads dates and timestamps from strings, as [Moment] does from bytes.
final class Moments {
    private static final int SLACK = 2 * Long.BYTES;
    private static final int LENGTH_OF_DATE = 10;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private Moments() {}

    /// `YYYY-MM-DD`, or null when the text is none.
    static @Nullable LocalDate date(String text) {
        long days = text.length() == LENGTH_OF_DATE ? new Moment().days(bytes(text), 0) : Moment.NONE;
        return days == Moment.NONE ? null : LocalDate.ofEpochDay(days);
    }

    /// Whether the text is exactly what RFC 3339 prescribes: `T` in capitals and a zone.
    static boolean isUnmistakable(String text) {
        return text.length() > LENGTH_OF_DATE && text.charAt(LENGTH_OF_DATE) == 'T' && instant(text, false) != null;
    }

    /// The moment, or null when the text is none or is finer than a microsecond.
    ///
    /// @param localIsUtc whether a time without a zone is read as UTC; else it is no moment
    static @Nullable Instant instant(String text, boolean localIsUtc) {
        byte[] bytes = bytes(text);
        long micros = new Moment().micros(bytes, 0, bytes.length - SLACK, localIsUtc);
        return micros == Moment.NONE
                ? null
                : Instant.ofEpochSecond(
                        Math.floorDiv(micros, MICROS_PER_SECOND),
                        Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
    }

    private static byte[] bytes(String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        return Arrays.copyOf(utf8, utf8.length + SLACK);
    }
}
