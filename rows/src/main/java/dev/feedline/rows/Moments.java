package dev.feedline.rows;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Reads dates and timestamps of RFC 3339, with a blank or `t` for the `T` as its notes allow.
///
/// A leap second (`:60`) is refused: the warehouse has no such moment. So are digits beyond the
/// microsecond, unless they are zeros.
final class Moments {
    private Moments() {}

    /// `YYYY-MM-DD`, or null when the text is none.
    static @Nullable LocalDate date(String text) {
        return text.length() == 10 ? dateAtStart(text) : null;
    }

    /// Whether the text is exactly what RFC 3339 prescribes: `T` in capitals and a zone.
    static boolean isUnmistakable(String text) {
        return text.length() > 10 && text.charAt(10) == 'T' && instant(text, false) != null;
    }

    /// The moment, or null when the text is none or is finer than a microsecond.
    ///
    /// @param localIsUtc whether a time without a zone is read as UTC; else it is no moment
    static @Nullable Instant instant(String text, boolean localIsUtc) {
        if (text.length() < 19 || "Tt ".indexOf(text.charAt(10)) < 0) {
            return null;
        }
        LocalDate date = dateAtStart(text);
        int hour = twoDigits(text, 11);
        int minute = twoDigits(text, 14);
        int second = twoDigits(text, 17);
        if (date == null || hour < 0 || minute < 0 || second < 0 || text.charAt(13) != ':' || text.charAt(16) != ':') {
            return null;
        }
        int fractionEnd = fractionEnd(text);
        int micros = micros(text, fractionEnd);
        int offsetSeconds = offsetSeconds(text, fractionEnd, localIsUtc);
        if (hour > 23 || minute > 59 || second > 59 || micros < 0 || offsetSeconds == Integer.MIN_VALUE) {
            return null;
        }
        return LocalDateTime.of(date, LocalTime.of(hour, minute, second, micros * 1000))
                .toInstant(ZoneOffset.UTC)
                .minusSeconds(offsetSeconds);
    }

    private static @Nullable LocalDate dateAtStart(String text) {
        int century = twoDigits(text, 0);
        int year = twoDigits(text, 2);
        int month = twoDigits(text, 5);
        int day = twoDigits(text, 8);
        if (century < 0 || year < 0 || month < 0 || day < 0 || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return null;
        }
        try {
            return LocalDate.of(century * 100 + year, month, day);
        } catch (DateTimeException e) {
            return null; // no such day
        }
    }

    /// Behind the fraction that begins at character 19, or 19 when there is none.
    private static int fractionEnd(String text) {
        int at = 19;
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            while (at < text.length() && isDigit(text.charAt(at))) {
                at++;
            }
        }
        return at;
    }

    private static int micros(String text, int fractionEnd) {
        if (fractionEnd == 20) {
            return -1; // a point without digits
        }
        int micros = 0;
        for (int i = 20; i < Math.max(26, fractionEnd); i++) {
            int digit = i < fractionEnd ? text.charAt(i) - '0' : 0;
            if (i < 26) {
                micros = micros * 10 + digit;
            } else if (digit != 0) {
                return -1;
            }
        }
        return micros;
    }

    private static int offsetSeconds(String text, int from, boolean localIsUtc) {
        int left = text.length() - from;
        if (left == 0 && localIsUtc) {
            return 0;
        }
        if (left == 1 && (text.charAt(from) == 'Z' || text.charAt(from) == 'z')) {
            return 0;
        }
        if (left == 6 && "+-".indexOf(text.charAt(from)) >= 0 && text.charAt(from + 3) == ':') {
            int hours = twoDigits(text, from + 1);
            int minutes = twoDigits(text, from + 4);
            if (hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60) {
                return (text.charAt(from) == '-' ? -1 : 1) * (hours * 60 + minutes) * 60;
            }
        }
        return Integer.MIN_VALUE;
    }

    private static int twoDigits(String text, int at) {
        char tens = text.charAt(at);
        char ones = text.charAt(at + 1);
        return isDigit(tens) && isDigit(ones) ? (tens - '0') * 10 + ones - '0' : -1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
