package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.sql.DateFormats;
import dev.feedline.snowflake.sql.MomentFormat;
import dev.feedline.snowflake.sql.MomentFormat.Moment;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Dates and times of staged text: by the file format's own formats, or found out as AUTO does.
///
/// Source: docs.snowflake.com/en/user-guide/date-time-input-output. What is finer than a microsecond is refused, not
/// cut: the tables hold microseconds.
final class Moments {
    private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})(?:(?:T|\\s+)(\\d{1,2})"
            + "(?::(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,9}))?)?)?\\s*(Z|[+-]\\d{2}(?::?\\d{2})?)?)?");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
    private static final List<MomentFormat> DATES = formats("DD-MON-YYYY", "MM/DD/YYYY");
    private static final List<MomentFormat> TIMES =
            formats("HH24:MI:SS.FF", "HH24:MI:SS", "HH24:MI", "HH12:MI:SS.FF AM", "HH12:MI:SS AM", "HH12:MI AM");
    private static final List<MomentFormat> TIMESTAMPS = formats(
            "DY, DD MON YYYY HH24:MI:SS TZHTZM",
            "DY, DD MON YYYY HH24:MI:SS.FF TZHTZM",
            "DY, DD MON YYYY HH12:MI:SS AM TZHTZM",
            "DY, DD MON YYYY HH24:MI:SS",
            "DY MON DD HH24:MI:SS TZHTZM YYYY",
            "MM/DD/YYYY HH24:MI:SS",
            "MM/DD/YYYY HH24:MI",
            "DD-MON-YYYY HH24:MI:SS",
            "DD-MON-YYYY",
            "MM/DD/YYYY");

    /// Whole numbers up to here are seconds since 1970, up to a thousand times that milliseconds, and so on.
    private static final long MOST_SECONDS = 31_536_000_000L;

    private final List<MomentFormat> dates;
    private final List<MomentFormat> times;
    private final List<MomentFormat> timestamps;
    private final DateFormats formats;

    Moments(DateFormats formats) {
        this.formats = formats;
        this.dates = formats.date().equals(DateFormats.AUTO) ? DATES : formats(formats.date());
        this.times = formats.time().equals(DateFormats.AUTO) ? TIMES : formats(formats.time());
        this.timestamps = formats.timestamp().equals(DateFormats.AUTO) ? TIMESTAMPS : formats(formats.timestamp());
    }

    private static List<MomentFormat> formats(String... formats) {
        return Stream.of(formats).map(MomentFormat::of).toList();
    }

    /// @throws DateTimeException when the text is no date
    LocalDate date(String text) {
        if (formats.date().equals(DateFormats.AUTO)) {
            LocalDate plain = PlainMoment.date(text.strip());
            if (plain != null) {
                return plain;
            }
            if (isWhole(text)) {
                return since1970(text).toLocalDate();
            }
            Matcher iso = ISO.matcher(text.strip());
            if (iso.matches() && iso.group(4) == null) {
                return date(iso);
            }
        }
        LocalDate date = first(dates, text).date();
        if (date == null) {
            throw new DateTimeException("no date: " + text);
        }
        return date;
    }

    /// @throws DateTimeException when the text is no time of day
    LocalTime time(String text) {
        LocalTime time = formats.time().equals(DateFormats.AUTO) && isWhole(text)
                ? since1970(text).toLocalTime()
                : first(times, text).time();
        if (time == null) {
            throw new DateTimeException("no time: " + text);
        }
        return micros(time);
    }

    /// Without a zone as it is; the local time of one with a zone.
    ///
    /// @throws DateTimeException when the text is no timestamp
    LocalDateTime local(String text) {
        return timestamp(text).toLocalDateTime();
    }

    /// Without a zone in UTC.
    OffsetDateTime zoned(String text) {
        return timestamp(text);
    }

    private OffsetDateTime timestamp(String text) {
        if (formats.timestamp().equals(DateFormats.AUTO)) {
            String stripped = text.strip();
            int end = stripped.endsWith("Z") ? stripped.length() - 1 : stripped.length();
            LocalDateTime plain = PlainMoment.dateTime(stripped, end);
            if (plain != null) {
                micros(plain.toLocalTime());
                return plain.atOffset(ZoneOffset.UTC);
            }
            if (isWhole(text)) {
                return since1970(text).atOffset(ZoneOffset.UTC);
            }
            Matcher iso = ISO.matcher(stripped);
            if (iso.matches()) {
                LocalTime time = LocalTime.of(
                        number(iso.group(4)),
                        number(iso.group(5)),
                        number(iso.group(6)),
                        iso.group(7) == null ? 0 : number((iso.group(7) + "00000000").substring(0, 9)));
                String zone = iso.group(8);
                return OffsetDateTime.of(date(iso), micros(time), zone == null ? ZoneOffset.UTC : ZoneOffset.of(zone));
            }
        }
        Moment moment = first(timestamps, text);
        LocalDate date = moment.date();
        LocalTime time = moment.time();
        ZoneOffset offset = moment.offset();
        if (date == null) {
            throw new DateTimeException("no timestamp: " + text);
        }
        return OffsetDateTime.of(
                date, micros(time == null ? LocalTime.MIDNIGHT : time), offset == null ? ZoneOffset.UTC : offset);
    }

    private static int number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static LocalDate date(Matcher iso) {
        return LocalDate.of(number(iso.group(1)), number(iso.group(2)), number(iso.group(3)));
    }

    private static Moment first(List<MomentFormat> formats, String text) {
        DateTimeException failure = new DateTimeException("no format");
        for (MomentFormat format : formats) {
            try {
                return format.parse(text);
            } catch (DateTimeException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private static boolean isWhole(String text) {
        return WHOLE.matcher(text.strip()).matches();
    }

    private static LocalDateTime since1970(String text) {
        long number = Long.parseLong(text.strip());
        long perSecond = 1;
        while (Math.abs(number / perSecond) >= MOST_SECONDS && perSecond < 1_000_000_000) {
            perSecond *= 1000;
        }
        long nanos = Math.floorMod(number, perSecond) * (1_000_000_000 / perSecond);
        LocalDateTime at =
                LocalDateTime.ofInstant(Instant.ofEpochSecond(Math.floorDiv(number, perSecond), nanos), ZoneOffset.UTC);
        micros(at.toLocalTime());
        return at;
    }

    private static LocalTime micros(LocalTime time) {
        if (time.getNano() % 1000 != 0) {
            throw new DateTimeException("finer than a microsecond: " + time);
        }
        return time;
    }
}
