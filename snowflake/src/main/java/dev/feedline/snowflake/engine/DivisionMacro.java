package dev.feedline.snowflake.engine;

import dev.feedline.snowflake.sql.Names;

/// `a / b` as a DuckDB macro: of two NUMBERs a NUMBER, else a FLOAT.
///
/// The unscaled numbers are divided as BIGINT where they fit, then as HUGEINT, which takes seven times as long, then
/// digit by digit in [Words], which takes a hundred times as long. Where each fits is decided on the doubles, with a
/// margin that their own rounding cannot fill.
///
/// Source: docs.snowflake.com/en/sql-reference/operators-arithmetic.
final class DivisionMacro {
    /// The type of the quotient is that of an expression which is never computed.
    static final String TYPE = "CREATE MACRO memory.main.feedline_quotient_type(a, b) AS"
            + " CAST(1 AS DECIMAL(38,0)) * round(a * 1.000000, 12) * round(b)";

    /// An unscaled number below it is what its double, times its scale, is rounded to.
    private static final String EXACT = "1e15";

    /// 10^22 is the largest power of ten that a double holds exactly.
    private static final String EXACT_POWER = "22";

    /// A list of one element names its operands, so that each is computed once.
    static final String DIVIDE = ("CREATE MACRO " + Names.DIVIDE + "(a, b) AS list_transform([{'a': a, 'b': b}],"
                    + " lambda p: CASE"
                    + " WHEN typeof(@TYPE) = 'DOUBLE' AND p.b <> 0"
                    + " THEN cast_to_type(CAST(p.a AS DOUBLE) / CAST(p.b AS DOUBLE), @TYPE)"
                    + " WHEN p.b <> 0 AND @K >= 0 AND @A < least(@EXACT / pow(10.0, @SA), 9e18 / pow(10.0, @SQ + @SB))"
                    + " AND @B < @EXACT / pow(10.0, @SB)"
                    + " THEN " + rounded("BIGINT", small("p.a", "@SA"), small("p.b", "@SB"))
                    + " WHEN p.b <> 0 AND @K >= 0 AND greatest(@SA, @SB, @K) <= " + EXACT_POWER
                    + " AND @A < 1e37 / pow(10.0, greatest(2 * @SA, @SQ + @SB)) AND @B < 1e37 / pow(10.0, 2 * @SB)"
                    + " THEN " + rounded("HUGEINT", large("p.a", "@SA"), large("p.b", "@SB"))
                    + " ELSE cast_to_type(" + Names.QUOTIENT + "(CAST(p.a AS VARCHAR), CAST(p.b AS VARCHAR)), @TYPE)"
                    + " END)[1]")
            .replace("@K", "(@SQ - @SA + @SB)")
            .replace("@SA", scale("p.a"))
            .replace("@SB", scale("p.b"))
            .replace("@SQ", scale("@TYPE"))
            .replace("@A", "abs(CAST(p.a AS DOUBLE))")
            .replace("@B", "abs(CAST(p.b AS DOUBLE))")
            .replace("@EXACT", EXACT)
            .replace("@TYPE", "memory.main.feedline_quotient_type(p.a, p.b)");

    private DivisionMacro() {}

    private static String scale(String value) {
        return "coalesce(TRY_CAST(regexp_extract(typeof(" + value + "), ',(\\d+)', 1) AS INTEGER), 0)";
    }

    /// The number without its point, from its double.
    private static String small(String value, String scale) {
        return "CAST(round(CAST(" + value + " AS DOUBLE) * pow(10.0, " + scale + ")) AS BIGINT)";
    }

    /// The same from the number itself.
    private static String large(String value, String scale) {
        return "CAST(" + value + " * TRY_CAST(pow(10.0, " + scale + ") AS DECIMAL(38,0)) AS HUGEINT)";
    }

    /// The quotient of the unscaled numbers, halves away from zero, with its point set.
    private static String rounded(String integer, String dividend, String divisor) {
        return "list_transform([{'n': " + dividend + " * TRY_CAST(pow(10.0, @K) AS " + integer
                + "), 'd': " + divisor + "}], lambda v: CAST(v.n // v.d + CASE"
                + " WHEN abs(v.n % v.d) < abs(v.d) - abs(v.n % v.d) THEN 0"
                + " WHEN (v.n < 0) = (v.d < 0) THEN 1 ELSE -1 END AS DECIMAL(38,0))"
                + " * cast_to_type(pow(10.0, -(@SQ)), @TYPE))[1]";
    }
}
