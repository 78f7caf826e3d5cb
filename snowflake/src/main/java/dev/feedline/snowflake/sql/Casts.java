package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;

/// How `x::TYPE` and CAST are said to DuckDB.
final class Casts {
    private Casts() {}

    /// Casts an operand whose type is not known here.
    ///
    /// A JSON operand is first unwrapped by Feedline's own function: DuckDB's cast would keep a
    /// string's quotes and read a long number as a double. `typeof` of a bound expression is a
    /// constant to DuckDB, so the choice costs nothing.
    static String cast(String operand, SnowflakeType type, boolean literal) {
        if (type.kind().semiStructured()) {
            return "to_json(" + operand + ")";
        }
        refuseBinary(type);
        // A bind parameter must not be said twice.
        if (literal || operand.contains("?")) {
            return sized("CAST(" + operand + " AS " + DuckType.of(type) + ")", type);
        }
        String duck = DuckType.of(type);
        return sized(
                "(CASE WHEN typeof(" + operand + ") = 'JSON' THEN CAST(" + JsonPath.TEXT + "(CAST(" + operand
                        + " AS VARCHAR), '$') AS " + duck + ") ELSE CAST(" + operand + " AS " + duck + ") END)",
                type);
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
