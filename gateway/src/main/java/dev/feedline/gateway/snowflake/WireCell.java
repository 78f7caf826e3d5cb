package dev.feedline.gateway.snowflake;

import dev.feedline.snowflake.SnowflakeType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A value as the driver protocol's JSON results carry it: text, or null.
///
/// Numbers in plain digits, booleans `1` and `0`, dates as epoch days, times and timestamps as seconds with nine
/// decimals (`timestamp_tz` followed by a space and 1440 + offset minutes), binary in upper-case hexadecimal, JSON
/// indented as the session says.
///
/// @param jsonIndent blanks for each level of nesting; 0 leaves JSON compact
record WireCell(int jsonIndent) {
    private static final int ZERO_OFFSET_MINUTES = 1440;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    @Nullable
    String text(SnowflakeType type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (type.kind()) {
            case NUMBER -> ((BigDecimal) value).toPlainString();
            case FLOAT -> real((Double) value);
            case BOOLEAN -> (Boolean) value ? "1" : "0";
            case DATE -> Long.toString(((LocalDate) value).toEpochDay());
            case TIME -> seconds(((LocalTime) value).toSecondOfDay(), ((LocalTime) value).getNano());
            case TIMESTAMP_NTZ -> moment(((LocalDateTime) value).toInstant(ZoneOffset.UTC));
            case TIMESTAMP_LTZ -> moment((Instant) value);
            case TIMESTAMP_TZ -> zoned((OffsetDateTime) value);
            case BINARY -> HEX.formatHex((byte[]) value);
            case VARCHAR -> (String) value;
            case VARIANT, OBJECT, ARRAY -> IndentedJson.of((String) value, jsonIndent);
        };
    }

    private static String real(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        return Double.toString(value);
    }

    private static String zoned(OffsetDateTime value) {
        return moment(value.toInstant()) + " "
                + (ZERO_OFFSET_MINUTES + value.getOffset().getTotalSeconds() / 60);
    }

    /// Before 1970 the seconds are negative and the fraction counts towards zero, so `-0.5` is half a second before.
    private static String moment(Instant instant) {
        if (instant.getEpochSecond() < 0 && instant.getNano() > 0) {
            BigDecimal exact =
                    BigDecimal.valueOf(instant.getEpochSecond()).add(BigDecimal.valueOf(instant.getNano(), 9));
            return exact.toPlainString();
        }
        return seconds(instant.getEpochSecond(), instant.getNano());
    }

    private static String seconds(long seconds, int nanos) {
        StringBuilder text = new StringBuilder(24).append(seconds).append('.');
        String fraction = Integer.toString(nanos);
        return text.repeat('0', 9 - fraction.length()).append(fraction).toString();
    }
}
