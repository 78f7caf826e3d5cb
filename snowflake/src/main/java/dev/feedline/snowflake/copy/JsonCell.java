package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.catalog.ColumnInfo;
import dev.feedline.snowflake.sql.DateFormats;
import dev.feedline.snowflake.sql.FileFormat.BinaryFormat;
import dev.feedline.snowflake.sql.JsonFormat;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// One JSON value as a column's value: exactly, or a failure of the file.
final class JsonCell {
    private final ColumnInfo column;
    private final JsonFormat format;
    private final boolean trimSpace;
    private final List<String> nullIf;
    private final TextCell formatted;
    private final boolean hasFormat;
    /// Whether the value that is read is a string.
    private boolean quoted;

    JsonCell(ColumnInfo column, JsonFormat format) {
        this.column = column;
        this.format = format;
        this.trimSpace = format.trimSpace();
        this.nullIf = format.nullIf();
        this.formatted = new TextCell(column, new Moments(format.dates()), format.binary());
        this.hasFormat = switch (column.type().kind()) {
            case DATE -> !format.dates().date().equals(DateFormats.AUTO);
            case TIME -> !format.dates().time().equals(DateFormats.AUTO);
            case TIMESTAMP_NTZ, TIMESTAMP_LTZ, TIMESTAMP_TZ ->
                !format.dates().timestamp().equals(DateFormats.AUTO);
            case BINARY -> format.binary() != BinaryFormat.HEX;
            case NUMBER, FLOAT, VARCHAR, BOOLEAN, VARIANT, OBJECT, ARRAY -> false;
        };
    }

    /// Reads the value the parser stands on and leaves it on the value's last token; JSON null is
    /// NULL.
    @Nullable
    Object read(JsonParser parser, long row) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        quoted = token == JsonToken.VALUE_STRING;
        boolean nested = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
        SnowflakeType type = column.type();
        if (type.kind().semiStructured()) {
            return semiStructured(parser, token, row);
        }
        String text = nested ? json(parser) : valid(parser.getString());
        if (token == JsonToken.VALUE_STRING) {
            text = trimSpace ? text.strip() : text;
            if (nullIf.contains(text)) {
                return null;
            }
            if (hasFormat) {
                return formatted.read(text);
            }
        }
        if (nested && type.kind() != SnowflakeType.Kind.VARCHAR) {
            throw mismatch(text, row);
        }
        try {
            return switch (type.kind()) {
                case NUMBER -> number(text, token, row);
                case FLOAT -> real(text, token, row);
                case VARCHAR -> varchar(text, row);
                case BOOLEAN -> bool(text, row);
                case DATE -> date(string(text, token, row));
                case TIME -> micros(LocalTime.parse(string(text, token, row)), text, row);
                case TIMESTAMP_NTZ -> local(string(text, token, row), row);
                case TIMESTAMP_LTZ, TIMESTAMP_TZ -> zoned(string(text, token, row), row);
                case BINARY -> HexFormat.of().parseHex(string(text, token, row));
                case VARIANT, OBJECT, ARRAY -> throw new IllegalStateException("handled above");
            };
        } catch (DateTimeException | IllegalArgumentException e) {
            throw mismatch(text, row);
        }
    }

    private String semiStructured(JsonParser parser, JsonToken token, long row) {
        boolean fits = switch (column.type().kind()) {
            case OBJECT -> token == JsonToken.START_OBJECT;
            case ARRAY -> token == JsonToken.START_ARRAY;
            default -> true;
        };
        String text = json(parser);
        if (!fits) {
            throw mismatch(text, row);
        }
        return text;
    }

    private String json(JsonParser parser) {
        return valid(JsonCopy.text(parser, format));
    }

    private String valid(String text) {
        return JsonFile.valid(text, column.name());
    }

    private BigDecimal number(String text, JsonToken token, long row) {
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE || text.length() > 1000) {
            throw mismatch(text, row);
        }
        BigDecimal value = new BigDecimal(text.strip());
        if (value.scale() > column.type().scale() || value.signum() == 0) {
            value = value.stripTrailingZeros();
        }
        int whole = column.type().precision() - column.type().scale();
        // Looked at before any rescaling: 1e999999999 must not become a billion digits.
        boolean fits = value.scale() <= column.type().scale() && (long) value.precision() - value.scale() <= whole;
        if (value.signum() != 0 && !fits) {
            throw mismatch(text, row);
        }
        return value.setScale(column.type().scale());
    }

    /// A FLOAT is the double nearest to what is written; only what is out of its range is refused.
    private Double real(String text, JsonToken token, long row) {
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            throw mismatch(text, row);
        }
        double value = Double.parseDouble(text.strip());
        if (Double.isInfinite(value) && token != JsonToken.VALUE_STRING) {
            throw mismatch(text, row);
        }
        return value;
    }

    private String varchar(String text, long row) {
        if (text.codePointCount(0, text.length()) > column.type().precision()) {
            throw new FileFailure(
                    SnowflakeError.STRING_LIMIT,
                    "User character length limit (" + column.type().precision() + ") exceeded by string '"
                            + shortened(text) + "'",
                    OptionalLong.of(row),
                    Optional.of(column.name()),
                    null);
        }
        return text;
    }

    private Boolean bool(String text, long row) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw mismatch(text, row);
        };
    }

    /// Without a zone as it is; with one, in UTC.
    private LocalDateTime local(String text, long row) {
        String iso = text.strip().replace(' ', 'T');
        LocalDateTime value =
                hasZone(iso) ? offset(iso).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime() : dateTime(iso);
        return micros(value, text, row);
    }

    private OffsetDateTime zoned(String text, long row) {
        String iso = text.strip().replace(' ', 'T');
        OffsetDateTime value = hasZone(iso) ? offset(iso) : dateTime(iso).atOffset(ZoneOffset.UTC);
        if (value.getNano() % 1000 != 0) {
            throw mismatch(text, row);
        }
        return value;
    }

    private static LocalDate date(String iso) {
        LocalDate plain = PlainMoment.date(iso);
        return plain != null ? plain : LocalDate.parse(iso);
    }

    private static LocalDateTime dateTime(String iso) {
        LocalDateTime plain = PlainMoment.dateTime(iso, iso.length());
        if (plain != null) {
            return plain;
        }
        return iso.indexOf('T') < 0 ? date(iso).atStartOfDay() : LocalDateTime.parse(iso);
    }

    /// `+02`, `+0200` and `+02:00` alike.
    private static OffsetDateTime offset(String iso) {
        int sign = Math.max(iso.lastIndexOf('+'), iso.lastIndexOf('-'));
        boolean utc = iso.endsWith("Z");
        String zone = utc ? "Z" : iso.substring(sign);
        int end = utc ? iso.length() - 1 : sign;
        LocalDateTime plain = PlainMoment.dateTime(iso, end);
        LocalDateTime local = plain != null ? plain : LocalDateTime.parse(iso.substring(0, end));
        return local.atOffset(ZoneOffset.of(zone));
    }

    private static boolean hasZone(String iso) {
        int time = iso.indexOf('T');
        return time >= 0 && (iso.endsWith("Z") || iso.indexOf('+', time) >= 0 || iso.indexOf('-', time) >= 0);
    }

    /// The table's times hold microseconds; what is finer is refused, not cut.
    private <T extends java.time.temporal.Temporal> T micros(T value, String text, long row) {
        if (value.get(java.time.temporal.ChronoField.NANO_OF_SECOND)
                        % ChronoUnit.MICROS.getDuration().toNanos()
                != 0) {
            throw mismatch(text, row);
        }
        return value;
    }

    private String string(String text, JsonToken token, long row) {
        if (token != JsonToken.VALUE_STRING) {
            throw mismatch(text, row);
        }
        return text;
    }

    private FileFailure mismatch(String text, long row) {
        return new FileFailure(
                SnowflakeError.CAST_FAILED,
                "Failed to cast variant value " + shortened(quoted ? '"' + text + '"' : text) + " to "
                        + LoadError.typeName(column.type()),
                OptionalLong.of(row),
                Optional.of(column.name()),
                null);
    }

    private static String shortened(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
