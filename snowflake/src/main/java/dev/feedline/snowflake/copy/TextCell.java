package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.catalog.ColumnInfo;
import dev.feedline.snowflake.sql.DateFormats;
import dev.feedline.snowflake.sql.FileFormat;
import dev.feedline.snowflake.sql.FileFormat.BinaryFormat;
import dev.feedline.snowflake.sql.JsonFormat;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A field of delimited text as a column's value, as Snowflake converts it: digits behind the scale are rounded.
///
/// Sources: docs.snowflake.com/en/sql-reference/data-types-text, …/data-types-logical, …/data-types-numeric
final class TextCell {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");
    private static final Pattern REAL = Pattern.compile(
            "[+-]?((\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,6})?|inf|infinity|nan)", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST_NUMBER = 1000;

    /// How a field that goes into a VARIANT is read.
    private static final JsonFormat JSON = new JsonFormat(
            FileFormat.Compression.NONE,
            DateFormats.AUTOMATIC,
            BinaryFormat.HEX,
            false,
            List.of(),
            false,
            false,
            false,
            false);

    private final ColumnInfo column;
    private final Moments moments;
    private final BinaryFormat binary;

    TextCell(ColumnInfo column, Moments moments, BinaryFormat binary) {
        this.column = column;
        this.moments = moments;
        this.binary = binary;
    }

    ColumnInfo column() {
        return column;
    }

    /// @throws FileFailure when the text does not fit the column
    Object read(String text) {
        SnowflakeType type = column.type();
        return switch (type.kind()) {
            case NUMBER -> number(text);
            case FLOAT -> real(text);
            case VARCHAR -> varchar(text);
            case BOOLEAN -> bool(text);
            case DATE, TIME, TIMESTAMP_NTZ, TIMESTAMP_LTZ, TIMESTAMP_TZ -> moment(text);
            case BINARY -> bytes(text);
            case VARIANT, OBJECT, ARRAY -> json(text);
        };
    }

    private BigDecimal number(String text) {
        String digits = text.strip();
        if (digits.length() > LONGEST_NUMBER
                || !(isDecimal(digits) || NUMBER.matcher(digits).matches())) {
            throw unrecognized(SnowflakeError.VALUE_NOT_RECOGNIZED, "Numeric value", text);
        }
        BigDecimal value = new BigDecimal(digits).stripTrailingZeros();
        int whole = column.type().precision() - column.type().scale();
        // Looked at before any rescaling: 1e9999 must not become ten thousand digits.
        boolean fits = value.signum() == 0 || (long) value.precision() - value.scale() <= whole;
        if (fits) {
            value = value.setScale(column.type().scale(), RoundingMode.HALF_UP);
            fits = value.precision() <= column.type().precision() || value.signum() == 0;
        }
        if (!fits) {
            throw failure(
                    SnowflakeError.NUMBER_OUT_OF_RANGE, "Numeric value '" + shortened(text) + "' is out of range");
        }
        return value;
    }

    /// Whether it is a number that [#NUMBER] knows, without an exponent.
    private static boolean isDecimal(String text) {
        boolean digit = false;
        boolean point = false;
        for (int i = text.startsWith("-") || text.startsWith("+") ? 1 : 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && !point) {
                point = true;
            } else if (c >= '0' && c <= '9') {
                digit = true;
            } else {
                return false;
            }
        }
        return digit;
    }

    private Double real(String text) {
        String digits = text.strip();
        if (!REAL.matcher(digits).matches()) {
            throw unrecognized(SnowflakeError.VALUE_NOT_RECOGNIZED, "Numeric value", text);
        }
        String lower = digits.toLowerCase(Locale.ROOT);
        double sign = lower.startsWith("-") ? -1 : 1;
        if (lower.endsWith("nan")) {
            return Double.NaN;
        }
        if (lower.contains("inf")) {
            return sign * Double.POSITIVE_INFINITY;
        }
        double value = Double.parseDouble(digits);
        if (Double.isInfinite(value)) {
            throw failure(
                    SnowflakeError.NUMBER_OUT_OF_RANGE, "Numeric value '" + shortened(text) + "' is out of range");
        }
        return value;
    }

    private String varchar(String text) {
        int limit = column.type().precision();
        if (text.length() > limit && text.codePointCount(0, text.length()) > limit) {
            throw failure(
                    SnowflakeError.STRING_LIMIT,
                    "User character length limit (" + limit + ") exceeded by string '" + shortened(text) + "'");
        }
        return text;
    }

    private Boolean bool(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "on", "1" -> true;
            case "false", "f", "no", "n", "off", "0" -> false;
            default -> throw unrecognized(SnowflakeError.BOOLEAN_NOT_RECOGNIZED, "Boolean value", text);
        };
    }

    private Object moment(String text) {
        try {
            return switch (column.type().kind()) {
                case DATE -> moments.date(text);
                case TIME -> moments.time(text);
                case TIMESTAMP_NTZ -> moments.local(text);
                default -> moments.zoned(text);
            };
        } catch (DateTimeException e) {
            throw switch (column.type().kind()) {
                case DATE -> unrecognized(SnowflakeError.DATE_NOT_RECOGNIZED, "Date", text);
                case TIME -> unrecognized(SnowflakeError.TIME_NOT_RECOGNIZED, "Time", text);
                default -> unrecognized(SnowflakeError.TIMESTAMP_NOT_RECOGNIZED, "Timestamp", text);
            };
        }
    }

    private byte[] bytes(String text) {
        try {
            return switch (binary) {
                case HEX -> HexFormat.of().parseHex(text);
                case BASE64 -> Base64.getDecoder().decode(text);
                case UTF8 -> text.getBytes(StandardCharsets.UTF_8);
            };
        } catch (IllegalArgumentException e) {
            throw failure(
                    SnowflakeError.BINARY_NOT_RECOGNIZED,
                    "The following string is not a legal " + binary.name().toLowerCase(Locale.ROOT)
                            + "-encoded value: '" + shortened(text) + "'");
        }
    }

    private String json(String text) {
        return JsonFile.value(text, parser -> String.valueOf(new JsonCell(column, JSON).read(parser, 0)));
    }

    private FileFailure unrecognized(SnowflakeError error, String what, String text) {
        return failure(error, what + " '" + shortened(text) + "' is not recognized");
    }

    private FileFailure failure(SnowflakeError error, String message) {
        return new FileFailure(error, message, new FileFailure.Place(null, null, null, column.name()), null);
    }

    private static String shortened(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
