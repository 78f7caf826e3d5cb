package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import java.util.regex.Pattern;

/// How `x::TYPE` and CAST are said to DuckDB.
final class Casts {
    /// `$1`, but not the column `"$1"` of a staged file.
    private static final Pattern BIND = Pattern.compile("(?<!\")\\$\\d");

    /// A time zone's offset after a blank, which Snowflake reads and DuckDB does not.
    private static final Pattern ZONE_APART = Pattern.compile("(?<=\\d) ([+-]\\d{2}:?\\d{2})'$");

    private Casts() {}

    /// Casts an operand whose type is not known here.
    ///
    /// A JSON operand is first unwrapped by Feedline's own function: DuckDB's cast would keep a
    /// string's quotes and read a long number as a double. `typeof` of a bound expression is a
    /// constant to DuckDB, so the choice costs nothing.
    static String cast(String operand, SnowflakeType type, boolean literal) {
        if (type.kind().semiStructured()) {
            return JsonForms.variant(operand);
        }
        refuseBinary(type);
        // A bind's type is not known when the statement is prepared.
        if (literal || BIND.matcher(operand).find()) {
            String value = ZONE_APART.matcher(operand).replaceFirst("$1'");
            return sized("CAST(" + value + " AS " + DuckType.of(type) + ")", type);
        }
        String duck = DuckType.of(type);
        if (type.kind() == SnowflakeType.Kind.VARCHAR) {
            return sized(text(operand), type);
        }
        return sized(
                "(CASE WHEN typeof(" + operand + ") = 'JSON' THEN CAST(" + JsonPath.TEXT + "(CAST(" + operand
                        + " AS VARCHAR), '$') AS " + duck + ") ELSE CAST(" + operand + " AS " + duck + ") END)",
                type);
    }

    /// Moments and floats are written otherwise by Snowflake: three decimals of a second, an offset of four digits, no
    /// `.0`.
    private static String text(String operand) {
        String plain = "CAST(" + operand + " AS VARCHAR)";
        return "(CASE typeof(" + operand + ") WHEN 'JSON' THEN " + JsonPath.TEXT + "(" + plain + ", '$')"
                + " WHEN 'TIMESTAMP' THEN strftime(TRY_CAST(" + plain + " AS TIMESTAMP), '%Y-%m-%d %H:%M:%S.%g')"
                + " WHEN 'TIMESTAMP WITH TIME ZONE' THEN regexp_replace(strftime(TRY_CAST(" + plain
                + " AS TIMESTAMP WITH TIME ZONE), '%Y-%m-%d %H:%M:%S.%g %z'), ' ([+-]\\d\\d)$', ' \\100')"
                + " WHEN 'DOUBLE' THEN regexp_replace(" + plain + ", '\\.0$', '') ELSE " + plain + " END)";
    }

    static boolean isLiteral(String operand) {
        return operand.matches("(?s)'(?:[^']|'')*'|\\d+(\\.\\d*)?");
    }

    /// Casts what [JsonPath#TEXT] gave.
    static String castText(String text, SnowflakeType type) {
        refuseBinary(type);
        return sized("CAST(" + text + " AS " + DuckType.of(type) + ")", type);
    }

    static String tryCast(String operand, SnowflakeType type) {
        if (type.kind().semiStructured()) {
            throw SnowflakeError.unsupported("TRY_CAST to " + type.kind());
        }
        refuseBinary(type);
        return sized("TRY_CAST(" + operand + " AS " + DuckType.of(type) + ")", type);
    }

    /// A cast to a shorter VARCHAR cuts.
    private static String sized(String cast, SnowflakeType type) {
        boolean cut = type.kind() == SnowflakeType.Kind.VARCHAR && type.precision() < SnowflakeType.LONGEST_VARCHAR;
        return cut ? "left(" + cast + ", " + type.precision() + ")" : cast;
    }

    private static void refuseBinary(SnowflakeType type) {
        if (type.kind() == SnowflakeType.Kind.BINARY) {
            throw SnowflakeError.unsupported("A cast to BINARY");
        }
    }
}
