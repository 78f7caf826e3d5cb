package dev.feedline.gateway.snowflake;

import dev.feedline.snowflake.SnowflakeError;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A bound value of the driver protocol: text with a type, or null.
///
/// Dates come as epoch milliseconds, times and timestamps as nanoseconds, `TIMESTAMP_TZ` with a space and 1440 + its
/// offset in minutes, binary in hexadecimal. Drivers also bind dates and timestamps as people write them.
final class Bind {
    private static final long NANOS = 1_000_000_000L;
    private static final long MILLIS_A_DAY = 86_400_000L;
    private static final int ZERO_OFFSET_MINUTES = 1440;

    private Bind() {}

    static @Nullable Object value(String type, @Nullable String text) {
        if (text == null) {
            return null;
        }
        String kind = type.toUpperCase(Locale.ROOT);
        try {
            return typed(kind, text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw SnowflakeError.VALUE_NOT_RECOGNIZED.with(
                    "The bind '" + text + "' is no value of the type " + kind + ".", e);
        }
    }

    private static Object typed(String kind, String text) {
        return switch (kind) {
            case "FIXED" -> new BigDecimal(text);
            case "REAL" -> Double.valueOf(text);
            case "BOOLEAN" -> text.equals("1") || text.equalsIgnoreCase("true");
            case "TEXT", "ANY", "VARIANT", "OBJECT", "ARRAY", "JSON" -> text;
            case "DATE" ->
                isNumber(text)
                        ? LocalDate.ofEpochDay(Math.floorDiv(Long.parseLong(text), MILLIS_A_DAY))
                        : LocalDate.parse(text);
            case "TIME" -> isNumber(text) ? LocalTime.ofNanoOfDay(Long.parseLong(text)) : LocalTime.parse(text);
            case "TIMESTAMP_LTZ", "TIMESTAMP" -> isNumber(text) ? instant(text) : text;
            case "TIMESTAMP_NTZ" -> isNumber(text) ? LocalDateTime.ofInstant(instant(text), ZoneOffset.UTC) : text;
            case "TIMESTAMP_TZ" -> zoned(text);
            case "BINARY" -> HexFormat.of().parseHex(text);
            default -> throw SnowflakeError.unsupported("A bind of type " + kind);
        };
    }

    private static Object zoned(String text) {
        int space = text.indexOf(' ');
        if (space < 0 || !isNumber(text.substring(0, space)) || !isNumber(text.substring(space + 1))) {
            return isNumber(text) ? instant(text) : text;
        }
        int minutes = Integer.parseInt(text.substring(space + 1)) - ZERO_OFFSET_MINUTES;
        return OffsetDateTime.ofInstant(instant(text.substring(0, space)), ZoneOffset.ofTotalSeconds(minutes * 60));
    }

    private static Instant instant(String text) {
        long nanos = Long.parseLong(text);
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    private static boolean isNumber(String text) {
        return text.matches("-?\\d{1,19}");
    }
}
