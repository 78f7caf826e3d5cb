package dev.feedline.glue.search;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A moment as a filter names it, in seconds since 1970, as precise as it was written: 10:00:00.5 is at 10:00:00, and
/// not behind it.
record Moment(BigDecimal seconds) {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,9})?");
    private static final Pattern FRACTION = Pattern.compile("\\.([0-9]+)");

    /// Reads seconds since 1970, as the wire has times, or RFC 3339.
    static Moment of(String key, String value) {
        if (SECONDS.matcher(value).matches()) {
            return new Moment(new BigDecimal(value));
        }
        try {
            Matcher fraction = FRACTION.matcher(value);
            int digits = fraction.find() ? fraction.group(1).length() : 0;
            return new Moment(seconds(Instant.parse(value), digits));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "The filter on " + key + " needs seconds since 1970 or a time such as 2026-11-27T10:00:00Z, not "
                            + value,
                    e);
        }
    }

    /// Less than, equal to or greater than 0, as the time is before, at or behind this moment.
    int order(Instant time) {
        return seconds(time, seconds.scale()).compareTo(seconds);
    }

    private static BigDecimal seconds(Instant time, int digits) {
        return BigDecimal.valueOf(time.getEpochSecond())
                .add(BigDecimal.valueOf(time.getNano(), 9))
                .setScale(digits, RoundingMode.FLOOR);
    }
}
