package dev.feedline.snowflake.sql;

/// `a / b`: of two NUMBERs a NUMBER with six more decimals than the dividend, up to twelve; else a FLOAT.
///
/// Source: docs.snowflake.com/en/sql-reference/operators-arithmetic.
final class Division {
    private Division() {}

    static String of(String dividend, String divisor) {
        // A bind's type is not known when the statement is prepared: a FLOAT.
        return Casts.isBound(dividend) || Casts.isBound(divisor)
                ? "(" + dividend + " / " + Names.DIVISOR + "(" + divisor + "))"
                : Names.DIVIDE + "(" + dividend + ", " + divisor + ")";
    }
}
