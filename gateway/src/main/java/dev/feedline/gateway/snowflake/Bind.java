package dev.feedline.gateway.snowflake;

import dev.feedline.snowflake.SnowflakeError;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A bound value of the driver protocol: text with a type, or null.
///
/// Dates come as epoch milliseconds, times and timestamps as nanoseconds.
final class Bind {
    private static final long NANOS = 1_000_000_000L;
    private static final long MILLIS_A_DAY = 86_400_000L;

    private Bind() {}

    static @Nullable Object value(JsonNode bind) {
        JsonNode value = bind.path("value");
        if (value.isNull() || value.isMissingNode()) {
            return null;
        }
        if (value.isArray()) {
            throw SnowflakeError.unsupported("an array bind");
        }
        String text = value.asString();
        String type = bind.path("type").asString("TEXT");
        return switch (type) {
            case "FIXED" -> new BigDecimal(text);
            case "REAL" -> Double.valueOf(text);
            case "BOOLEAN" -> Boolean.valueOf(text);
            case "TEXT" -> text;
            case "DATE" -> LocalDate.ofEpochDay(Math.floorDiv(Long.parseLong(text), MILLIS_A_DAY));
            case "TIME" -> LocalTime.ofNanoOfDay(Long.parseLong(text));
            case "TIMESTAMP_LTZ", "TIMESTAMP_NTZ" -> {
                long nanos = Long.parseLong(text);
                yield Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
            }
            default -> throw SnowflakeError.unsupported("a bind of type " + type);
        };
    }
}
