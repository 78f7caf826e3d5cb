package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A format that dates and times are read by, such as `DD-MON-YYYY HH24:MI:SS.FF3 TZH:TZM`.
///
/// Source: docs.snowflake.com/en/user-guide/date-time-input-output
public final class MomentFormat {
    private static final String MONTHS = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
    /// Two-digit years below this are of the 21st century (TWO_DIGIT_CENTURY_START = 1970).
    private static final int CENTURY = 70;

    private final Pattern pattern;
    private final List<Part> parts;

    /// What a text says; what it does not say is null.
    public record Moment(
            @Nullable LocalDate date,
            @Nullable LocalTime time,
            @Nullable ZoneOffset offset) {}

    private enum Part {
        YEAR("YYYY", "(\\d{4})"),
        SHORT_YEAR("YY", "(\\d{2})"),
        MONTH_NAME("MMMM", "(JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)"),
        SHORT_MONTH_NAME("MON", "(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)"),
        MONTH("MM", "(\\d{1,2})"),
        MINUTE("MI", "(\\d{1,2})"),
        DAY("DD", "(\\d{1,2})"),
        DAY_NAME("DY", "(MON|TUE|WED|THU|FRI|SAT|SUN)"),
        HOUR("HH24", "(\\d{1,2})"),
        HALF_HOUR("HH12", "(\\d{1,2})"),
        BEFORE_NOON("AM", "(AM|PM)"),
        AFTER_NOON("PM", "(AM|PM)"),
        SECOND("SS", "(\\d{1,2})"),
        FRACTION("FF", "(\\d{1,9})"),
        ZONE("TZH:TZM", "(Z|[+-]\\d{1,2}:\\d{2})"),
        TIGHT_ZONE("TZHTZM", "(Z|[+-]\\d{4})"),
        ISO_ZONE("TZISO", "(Z|[+-]\\d{2}(?::?\\d{2})?)"),
        ZONE_HOUR("TZH", "(Z|[+-]\\d{1,2})");

        private final String word;
        private final String regex;

        Part(String word, String regex) {
            this.word = word;
            this.regex = regex;
        }
    }

    private MomentFormat(Pattern pattern, List<Part> parts) {
        this.pattern = pattern;
        this.parts = parts;
    }

    public static MomentFormat of(String format) {
        String upper = format.toUpperCase(Locale.ROOT);
        StringBuilder regex = new StringBuilder();
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < format.length()) {
            Optional<Part> part = partAt(upper, at);
            char c = format.charAt(at);
            if (part.isPresent()) {
                parts.add(part.get());
                regex.append(part.get().regex);
                at += part.get().word.length();
                if (part.get() == Part.FRACTION && at < format.length() && Character.isDigit(format.charAt(at))) {
                    at++;
                }
            } else if (c == '"' && format.indexOf('"', at + 1) > at) {
                int end = format.indexOf('"', at + 1);
                regex.append(Pattern.quote(format.substring(at + 1, end)));
                at = end + 1;
            } else if (c == ' ') {
                regex.append("\\s+");
                at++;
            } else if (Character.isLetter(c) && upper.charAt(at) != 'T' && upper.charAt(at) != 'Z') {
                throw SnowflakeError.unsupported(
                        "The date or time format '" + format + "' at '" + format.substring(at) + "'");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
                at++;
            }
        }
        return new MomentFormat(Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE), List.copyOf(parts));
    }

    private static Optional<Part> partAt(String upper, int at) {
        for (Part part : Part.values()) {
            if (upper.startsWith(part.word, at)) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }

    /// @throws DateTimeException when the text is not of this format or names no moment
    public Moment parse(String text) {
        Matcher matcher = pattern.matcher(text.strip());
        if (!matcher.matches()) {
            throw new DateTimeException("not of the format: " + text);
        }
        Fields fields = new Fields();
        for (int i = 0; i < parts.size(); i++) {
            fields.take(parts.get(i), matcher.group(i + 1).toUpperCase(Locale.ROOT));
        }
        return fields.moment();
    }

    private static final class Fields {
        private int year = 1970;
        private int month = 1;
        private int day = 1;
        private boolean dated;
        private int hour;
        private int minute;
        private int second;
        private int nanos;
        private boolean timed;
        private @Nullable Boolean afternoon;
        private @Nullable ZoneOffset offset;

        private void take(Part part, String text) {
            switch (part) {
                case YEAR, MONTH, MONTH_NAME, SHORT_MONTH_NAME, DAY, SHORT_YEAR, DAY_NAME -> {
                    dated = true;
                    takeDate(part, text);
                }
                case HOUR, HALF_HOUR, MINUTE, SECOND, FRACTION, BEFORE_NOON, AFTER_NOON -> {
                    timed = true;
                    takeTime(part, text);
                }
                case ZONE, TIGHT_ZONE, ISO_ZONE, ZONE_HOUR ->
                    offset = ZoneOffset.of(text.matches("[+-]\\d") ? text.charAt(0) + "0" + text.charAt(1) : text);
            }
        }

        private void takeDate(Part part, String text) {
            switch (part) {
                case YEAR -> year = Integer.parseInt(text);
                case SHORT_YEAR -> {
                    int two = Integer.parseInt(text);
                    year = two < CENTURY ? 2000 + two : 1900 + two;
                }
                case MONTH -> month = Integer.parseInt(text);
                case MONTH_NAME, SHORT_MONTH_NAME -> month = MONTHS.indexOf(text.substring(0, 3)) / 3 + 1;
                case DAY -> day = Integer.parseInt(text);
                default -> {} // a day's name says nothing more
            }
        }

        private void takeTime(Part part, String text) {
            switch (part) {
                case HOUR, HALF_HOUR -> hour = Integer.parseInt(text);
                case MINUTE -> minute = Integer.parseInt(text);
                case SECOND -> second = Integer.parseInt(text);
                case FRACTION -> nanos = Integer.parseInt((text + "000000000").substring(0, 9));
                default -> afternoon = text.equals("PM");
            }
        }

        private Moment moment() {
            if (afternoon != null) {
                hour = hour % 12 + (afternoon ? 12 : 0);
            }
            return new Moment(
                    dated ? LocalDate.of(year, month, day) : null,
                    timed ? LocalTime.of(hour, minute, second, nanos) : null,
                    offset);
        }
    }
}
