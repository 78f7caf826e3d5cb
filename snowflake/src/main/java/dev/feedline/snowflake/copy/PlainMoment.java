package dev.feedline.snowflake.copy;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.Year;
import org.jspecify.annotations.Nullable;

/// Dates and moments as they are mostly written, `YYYY-MM-DD` and `YYYY-MM-DD HH:MM:SS[.fraction]`, read digit by
/// digit: a load of moments spends half of its time in java.time's formats otherwise.
///
/// What is written in another way, or is no moment, is null: who asks then reads it in all ways and has the error.
final class PlainMoment {
    private static final int DATE_LENGTH = 10;
    private static final int MOMENT_LENGTH = 19;
    private static final int NANO_DIGITS = 9;

    private PlainMoment() {}

    static @Nullable LocalDate date(String text) {
        return text.length() == DATE_LENGTH ? dateAhead(text) : null;
    }

    /// @param end where the moment ends in the text; a zone may stand behind it
    static @Nullable LocalDateTime dateTime(String text, int end) {
        if (end < MOMENT_LENGTH
                || (text.charAt(10) != 'T' && text.charAt(10) != ' ')
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return null;
        }
        LocalDate date = dateAhead(text);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        int nano = nano(text, end);
        boolean isTime = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
        return date == null || !isTime || nano < 0 ? null : date.atTime(hour, minute, second, nano);
    }

    private static @Nullable LocalDate dateAhead(String text) {
        if (text.charAt(4) != '-' || text.charAt(7) != '-') {
            return null;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        boolean isDate = year >= 0
                && month > 0
                && month <= 12
                && day > 0
                && day <= Month.of(month).length(Year.isLeap(year));
        return isDate ? LocalDate.of(year, month, day) : null;
    }

    private static int nano(String text, int end) {
        if (end == MOMENT_LENGTH) {
            return 0;
        }
        int digits = end - MOMENT_LENGTH - 1;
        if (text.charAt(MOMENT_LENGTH) != '.' || digits < 1 || digits > NANO_DIGITS) {
            return -1;
        }
        int fraction = number(text, MOMENT_LENGTH + 1, end);
        for (int i = digits; i < NANO_DIGITS; i++) {
            fraction *= 10;
        }
        return fraction;
    }

    /// Negative when it is not all digits.
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + c - '0';
        }
        return number;
    }
}
