package dev.feedline.app.warehouse;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Turns the cells of Snowflake's driver protocol into text for people.
///
/// Encodings: `date` epoch days; `time` seconds of the day; `timestamp_ntz` and `timestamp_ltz` epoch seconds with nine
/// decimals; `timestamp_tz` the same, a space, and 1440 + the offset in minutes; `boolean` 1 or 0.
public final class Cells {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ISO_LOCAL_DATE_TIME;
    private static final int ZERO_OFFSET = 1440;
    private static final DateTimeFormatter DRIVERS_LOCAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSSSS", Locale.ROOT);
    private static final DateTimeFormatter DRIVERS_OFFSET =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSSSS XX", Locale.ROOT);

    private Cells() {}

    /// The cell as text: numbers as they are, timestamps in ISO 8601.
    public static String text(SqlColumn column, String cell) {
        return switch (column.type().toLowerCase(Locale.ROOT)) {
            case "boolean" -> cell.equals("1") || cell.equalsIgnoreCase("true") ? "true" : "false";
            case "date" -> LocalDate.ofEpochDay(Long.parseLong(cell)).toString();
            case "time" -> LocalTime.ofNanoOfDay(nanos(cell)).toString();
            case "timestamp_ntz" -> LOCAL.format(instant(cell).atOffset(ZoneOffset.UTC));
            case "timestamp_ltz" -> instant(cell).toString();
            case "timestamp_tz" -> zoned(cell).toString();
            default -> cell;
        };
    }

    /// Says whether the cell's text is a JSON value already and needs no quotes.
    public static boolean isJson(SqlColumn column) {
        return switch (column.type().toLowerCase(Locale.ROOT)) {
            case "fixed", "boolean", "variant", "object", "array" -> true;
            default -> false;
        };
    }

    /// The cell in the protocol's encoding, from the text that Snowflake's driver gives in the formats of
    /// [AccountLogin].
    static String wire(SqlColumn column, String text) {
        return switch (column.type().toLowerCase(Locale.ROOT)) {
            case "boolean" -> text.equalsIgnoreCase("true") || text.equals("1") ? "1" : "0";
            case "date" -> Long.toString(LocalDate.parse(text).toEpochDay());
            case "time" -> {
                LocalTime time = LocalTime.parse(text);
                yield seconds(time.toSecondOfDay(), time.getNano());
            }
            case "timestamp_ntz" -> {
                LocalDateTime time = LocalDateTime.parse(text, DRIVERS_LOCAL);
                yield seconds(time.toEpochSecond(ZoneOffset.UTC), time.getNano());
            }
            case "timestamp_ltz" -> {
                OffsetDateTime time = OffsetDateTime.parse(text, DRIVERS_OFFSET);
                yield seconds(time.toEpochSecond(), time.getNano());
            }
            case "timestamp_tz" -> {
                OffsetDateTime time = OffsetDateTime.parse(text, DRIVERS_OFFSET);
                int minutes = time.getOffset().getTotalSeconds() / 60;
                yield seconds(time.toEpochSecond(), time.getNano()) + " " + (ZERO_OFFSET + minutes);
            }
            default -> text;
        };
    }

    private static String seconds(long seconds, int nanos) {
        return BigDecimal.valueOf(nanos, 9).add(BigDecimal.valueOf(seconds)).toPlainString();
    }

    private static Instant instant(String cell) {
        BigDecimal seconds = new BigDecimal(cell);
        long whole = seconds.setScale(0, java.math.RoundingMode.FLOOR).longValueExact();
        long nanos =
                seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValueExact();
        return Instant.ofEpochSecond(whole, nanos);
    }

    private static OffsetDateTime zoned(String cell) {
        int space = cell.indexOf(' ');
        int minutes = Integer.parseInt(cell.substring(space + 1)) - ZERO_OFFSET;
        return instant(cell.substring(0, space)).atOffset(ZoneOffset.ofTotalSeconds(minutes * 60));
    }

    private static long nanos(String cell) {
        return new BigDecimal(cell).movePointRight(9).longValueExact();
    }
}
