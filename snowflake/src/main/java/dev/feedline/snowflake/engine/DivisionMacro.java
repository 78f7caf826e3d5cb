package dev.feedline.snowflake.engine;

import dev.feedline.snowflake.sql.Names;

/// `a / b` as a DuckDB macro: of two NUMBERs a NUMBER, else a FLOAT.
///
/// The numbers without their points are divided as BIGINT where they fit, else as HUGEINT, which takes five times as
/// long, else digit by digit in [Words], which takes fifteen times as long. Where each fits is decided on the doubles,
/// with a margin that their own rounding cannot fill.
///
/// Source: docs.snowflake.com/en/sql-reference/operators-arithmetic.
final class DivisionMacro {
    /// The type of the quotient is that of an expression which is never computed.
    static final String TYPE = "CREATE MACRO memory.main.feedline_quotient_type(a, b) AS"
            + " CASE WHEN false THEN CAST(1 AS DECIMAL(38,0)) * round(a * 1.000000, 12) * round(b) END";

    /// NULL of no numbers.
    static final String AVERAGE = "CREATE MACRO " + Names.AVERAGE + "(numbers) AS " + Names.DIVIDE
            + "(list_sum(numbers), nullif(list_count(numbers), 0))";

    /// A list of one element names what is used more than once: the operands, `t` of the quotient's type, the operands'
    /// doubles `x` and `y` without their signs, and 10 to the power of each scale.
    static final String DIVIDE = "CREATE MACRO " + Names.DIVIDE + "(a, b) AS list_transform([{'a': a, 'b': b,"
            + " 't': memory.main.feedline_quotient_type(a, b),"
            + " 'x': abs(CAST(a AS DOUBLE)), 'y': abs(CAST(b AS DOUBLE)),"
            + " 'ka': " + power("a") + ", 'kb': " + power("b") + ","
            + " 'kt': " + power("memory.main.feedline_quotient_type(a, b)") + "}], lambda p: CASE"
            + " WHEN typeof(p.t) = 'DOUBLE' AND p.b <> 0"
            + " THEN cast_to_type(CAST(p.a AS DOUBLE) / CAST(p.b AS DOUBLE), p.t)"
            // Below 1e15 a number without its point is what its double, times its scale, is rounded to.
            + " WHEN greatest(p.ka, p.kb) <= 1e22 AND p.kt * p.kb / p.ka BETWEEN 1 AND 1e18"
            + " AND p.y > 0 AND p.y < 1e15 / p.kb"
            + " AND p.x < least(1e15 / p.ka, 4e18 / p.kt / p.kb)"
            + " THEN " + rounded("BIGINT", "CAST(round(p.x * p.ka) AS BIGINT)", "CAST(round(p.y * p.kb) AS BIGINT)")
            // 10^22 is the largest power of ten that a double holds exactly.
            + " WHEN p.y > 0 AND greatest(p.ka, p.kb) <= 1e22 AND p.kt * p.kb / p.ka BETWEEN 1 AND 1e22"
            + " AND p.y < 1e37 / p.kb / p.kb AND p.x < least(1e37 / p.ka / p.ka, 4e37 / p.kt / p.kb)"
            + " THEN " + rounded("HUGEINT", exact("p.a", "p.ka"), exact("p.b", "p.kb"))
            + " ELSE cast_to_type(" + Names.QUOTIENT + "(CAST(p.a AS VARCHAR), CAST(p.b AS VARCHAR)), p.t) END)[1]";

    private DivisionMacro() {}

    private static String power(String value) {
        return "pow(10.0, coalesce(TRY_CAST(regexp_extract(typeof(" + value + "), ',(\\d+)', 1) AS INTEGER), 0))";
    }

    private static String exact(String value, String power) {
        return "abs(CAST(" + value + " * TRY_CAST(" + power + " AS DECIMAL(38,0)) AS HUGEINT))";
    }

    /// The quotient of whole numbers without sign, halves rounded up; then its sign and its point.
    private static String rounded(String integer, String dividend, String divisor) {
        String quotient = "CAST((" + dividend + " * TRY_CAST(p.kt * p.kb / p.ka * 2 AS " + integer + ") + " + divisor
                + ") // (2 * " + divisor + ") AS DECIMAL(38,0))";
        return "CASE WHEN (p.a < 0) = (p.b < 0) THEN 1 ELSE -1 END * " + quotient + " * cast_to_type(1 / p.kt, p.t)";
    }
}
