package dev.feedline.snowflake;

import java.util.Locale;

/// A column's type in Snowflake's words.
///
/// @param precision digits of a NUMBER, characters of a VARCHAR, bytes of a BINARY, fractional digits
///     of a time; else 0
/// @param scale digits after the point of a NUMBER; else 0
public record SnowflakeType(Kind kind, int precision, int scale) {
    public static final int LONGEST_VARCHAR = 16_777_216;
    public static final int LONGEST_BINARY = 8_388_608;

    public static final SnowflakeType NUMBER = number(38, 0);
    public static final SnowflakeType VARCHAR = varchar(LONGEST_VARCHAR);
    public static final SnowflakeType BOOLEAN = of(Kind.BOOLEAN);
    public static final SnowflakeType FLOAT = of(Kind.FLOAT);
    public static final SnowflakeType DATE = of(Kind.DATE);
    public static final SnowflakeType TIMESTAMP_NTZ = new SnowflakeType(Kind.TIMESTAMP_NTZ, 9, 0);
    public static final SnowflakeType TIMESTAMP_LTZ = new SnowflakeType(Kind.TIMESTAMP_LTZ, 9, 0);
    public static final SnowflakeType VARIANT = of(Kind.VARIANT);

    /// The families; a value of each in a [Result] is of the Java class named.
    public enum Kind {
        /// `java.math.BigDecimal`
        NUMBER("fixed"),
        /// `Double`
        FLOAT("real"),
        /// `String`
        VARCHAR("text"),
        /// `Boolean`
        BOOLEAN("boolean"),
        /// `java.time.LocalDate`
        DATE("date"),
        /// `java.time.LocalTime`
        TIME("time"),
        /// `java.time.LocalDateTime`
        TIMESTAMP_NTZ("timestamp_ntz"),
        /// `java.time.Instant`
        TIMESTAMP_LTZ("timestamp_ltz"),
        /// `java.time.OffsetDateTime`
        TIMESTAMP_TZ("timestamp_tz"),
        /// `String` holding JSON
        VARIANT("variant"),
        /// `String` holding JSON
        OBJECT("object"),
        /// `String` holding JSON
        ARRAY("array"),
        /// `byte[]`
        BINARY("binary");

        private final String wireName;

        Kind(String wireName) {
            this.wireName = wireName;
        }

        /// The name in the driver protocol's `rowtype`.
        public String wireName() {
            return wireName;
        }

        public boolean semiStructured() {
            return this == VARIANT || this == OBJECT || this == ARRAY;
        }
    }

    public static SnowflakeType of(Kind kind) {
        return new SnowflakeType(kind, 0, 0);
    }

    public static SnowflakeType number(int precision, int scale) {
        return new SnowflakeType(Kind.NUMBER, precision, scale);
    }

    public static SnowflakeType varchar(int length) {
        return new SnowflakeType(Kind.VARCHAR, length, 0);
    }

    /// Whether it is a VARCHAR shorter than the longest.
    public boolean isLimitedText() {
        return kind == Kind.VARCHAR && precision < LONGEST_VARCHAR;
    }

    /// Whether it is a time or timestamp of fewer fractional digits than are held.
    public boolean isShortMoment() {
        return switch (kind) {
            case TIME, TIMESTAMP_NTZ, TIMESTAMP_LTZ, TIMESTAMP_TZ -> precision < 6;
            default -> false;
        };
    }

    /// As DESC TABLE shows it, e.g. `NUMBER(38,0)`.
    public String sql() {
        return switch (kind) {
            case NUMBER -> String.format(Locale.ROOT, "NUMBER(%d,%d)", precision, scale);
            case VARCHAR, BINARY, TIME, TIMESTAMP_NTZ, TIMESTAMP_LTZ, TIMESTAMP_TZ -> kind + "(" + precision + ")";
            case FLOAT, BOOLEAN, DATE, VARIANT, OBJECT, ARRAY -> kind.name();
        };
    }
}
