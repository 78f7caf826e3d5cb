package dev.feedline.wire;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;

/// Instants as text, in the formats AWS uses.
final class Timestamps {
    // RFC 822 as AWS and HTTP write it: always two digits for the day, always GMT.
    private static final DateTimeFormatter RFC_822 =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.US);

    private Timestamps() {}

    /// The field's own format where its model names one.
    static TimestampFormatTrait.Format formatOf(SdkField<?> field, TimestampFormatTrait.Format usual) {
        return field.getOptionalTrait(TimestampFormatTrait.class)
                .map(TimestampFormatTrait::format)
                .orElse(usual);
    }

    static String text(Instant instant, TimestampFormatTrait.Format format) {
        return switch (format) {
            case ISO_8601 -> ISO.format(instant.atOffset(ZoneOffset.UTC));
            case RFC_822 -> RFC_822.format(instant.atOffset(ZoneOffset.UTC));
            case UNIX_TIMESTAMP -> seconds(instant).toPlainString();
            case UNIX_TIMESTAMP_MILLIS -> Long.toString(instant.toEpochMilli());
        };
    }

    /// @throws DateTimeException when the text is no instant in that format
    static Instant instant(String text, TimestampFormatTrait.Format format) {
        try {
            return switch (format) {
                case ISO_8601 -> OffsetDateTime.parse(text).toInstant();
                case RFC_822 ->
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
                case UNIX_TIMESTAMP -> ofSeconds(new BigDecimal(text));
                case UNIX_TIMESTAMP_MILLIS -> Instant.ofEpochMilli(Long.parseLong(text));
            };
        } catch (ArithmeticException | NumberFormatException e) {
            throw new DateTimeException("no timestamp: " + text, e);
        }
    }

    /// Seconds since 1970 with milliseconds behind the point, as AWS JSON writes them.
    static BigDecimal seconds(Instant instant) {
        return BigDecimal.valueOf(instant.toEpochMilli(), 3);
    }

    static Instant ofSeconds(BigDecimal seconds) {
        if (Math.abs(seconds.scale()) > 40 || seconds.precision() > 40) {
            throw new ArithmeticException("a timestamp of " + seconds.precision() + " digits"); // 1e999999999 is one
        }
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        BigDecimal nanos = seconds.subtract(whole).movePointRight(9).setScale(0, RoundingMode.FLOOR);
        return Instant.ofEpochSecond(whole.longValueExact(), nanos.intValueExact());
    }
}
