package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.List;
import java.util.Locale;

/// Functions on numbers and aggregates of other names. Source: docs.snowflake.com/en/sql-reference/functions-numeric
/// and functions-aggregation.
final class NumberForms {
    private NumberForms() {}

    static void add(FunctionTable table) {
        table.same(1, 1, "ABS", "SIGN", "EXP", "FACTORIAL", "DEGREES", "RADIANS")
                .same(1, 1, "SIN", "COS", "TAN", "COT", "ASIN", "ACOS", "ATAN", "SINH", "COSH", "TANH")
                .same(1, 1, "ASINH", "ACOSH", "ATANH")
                .same(2, 2, "ATAN2", "POWER")
                .same(0, 0, "PI")
                .same(1, 2, "ROUND")
                .form("HAVERSINE", 4, 4, NumberForms::haversine)
                .form("WIDTH_BUCKET", 4, 4, NumberForms::bucket)
                .form(
                        "GETBIT",
                        2,
                        2,
                        a -> "((CAST(" + a.get(0) + " AS BIGINT) >> CAST(" + a.get(1) + " AS INTEGER)) & 1)")
                .form("BOOLXOR", 2, 2, a -> "(((" + a.get(0) + ") <> 0) <> ((" + a.get(1) + ") <> 0))")
                .form("SQUARE", 1, 1, a -> "((" + a.get(0) + ") * (" + a.get(0) + "))")
                .form("SQRT", 1, 1, a -> "sqrt(" + inDomain(a, 0, "sqrt", ">= 0") + ")")
                .form("LN", 1, 1, a -> "ln(" + inDomain(a, 0, "ln", "> 0") + ")")
                .form(
                        "LOG",
                        2,
                        2,
                        a -> a.getFirst().equals("10") || a.getFirst().equals("2")
                                // exact for their powers
                                ? "log" + a.getFirst() + "(" + inDomain(a, 1, "log", "> 0") + ")"
                                : "(ln(" + inDomain(a, 1, "log", "> 0") + ") / ln(" + inDomain(a, 0, "log", "> 0")
                                        + "))")
                .rename("CBRT", Names.CUBE_ROOT, 1, 1)
                .form("BITAND", 2, 2, a -> bits(a.get(0), "&", a.get(1)))
                .form("BITOR", 2, 2, a -> bits(a.get(0), "|", a.get(1)))
                .form("BITXOR", 2, 2, a -> "xor(CAST(" + a.get(0) + " AS BIGINT), CAST(" + a.get(1) + " AS BIGINT))")
                .form("BITNOT", 1, 1, a -> "(~CAST(" + a.get(0) + " AS BIGINT))")
                .form("BITSHIFTLEFT", 2, 2, a -> bits(a.get(0), "<<", a.get(1)))
                .form("BITSHIFTRIGHT", 2, 2, a -> bits(a.get(0), ">>", a.get(1)))
                .form("TRUNCATE", 1, 2, NumberForms::truncate)
                .form("TRUNC", 1, 2, NumberForms::truncate)
                .rename("POW", "power", 2, 2)
                .form("CEIL", 1, 2, a -> scaled(Names.CEIL, "ceil", a))
                .form("FLOOR", 1, 2, a -> scaled(Names.FLOOR, "floor", a))
                .form("MOD", 2, 2, a -> "((" + a.get(0) + ") % (" + a.get(1) + "))")
                .form(
                        "DIV0NULL",
                        2,
                        2,
                        a -> "(CASE WHEN coalesce(" + a.get(1) + ", 0) = 0 THEN 0 ELSE "
                                + Division.of(a.get(0), a.get(1)) + " END)")
                .form("BOOLAND", 2, 2, a -> "((" + a.get(0) + ") <> 0 AND (" + a.get(1) + ") <> 0)")
                .form("BOOLOR", 2, 2, a -> "((" + a.get(0) + ") <> 0 OR (" + a.get(1) + ") <> 0)")
                .form("BOOLNOT", 1, 1, a -> "((" + a.get(0) + ") = 0)")
                .rename("GREATEST_IGNORE_NULLS", "greatest", 1, 255)
                .rename("LEAST_IGNORE_NULLS", "least", 1, 255)
                .rename("VARIANCE_SAMP", "var_samp", 1, 1)
                .rename("VARIANCE_POP", "var_pop", 1, 1)
                .rename("SKEW", "skewness", 1, 1)
                .form(
                        "APPROX_PERCENTILE",
                        2,
                        2,
                        a -> "approx_quantile(CAST(" + a.get(0) + " AS DOUBLE), " + a.get(1) + ")")
                .form("BITAND_AGG", 1, 1, a -> "bit_and(CAST(" + a.get(0) + " AS BIGINT))")
                .form("BITOR_AGG", 1, 1, a -> "bit_or(CAST(" + a.get(0) + " AS BIGINT))")
                .form("BITXOR_AGG", 1, 1, a -> "bit_xor(CAST(" + a.get(0) + " AS BIGINT))");
    }

    /// DuckDB's functions give NaN and infinity for what Snowflake refuses.
    private static String inDomain(List<String> arguments, int at, String function, String domain) {
        String value = "(" + arguments.get(at) + ")";
        return "(CASE WHEN CAST(" + value + " AS DOUBLE) " + domain + " OR " + value + " IS NULL THEN CAST(" + value
                + " AS DOUBLE) ELSE error('Invalid floating point operation: " + function + "(' || "
                + String.join(
                        " || ',' || ",
                        arguments.stream().map(one -> "(" + one + ")").toList()) + " || ')') END)";
    }

    /// A number of decimals as second argument.
    private static String scaled(String whole, String duck, List<String> a) {
        if (a.size() == 1) {
            return whole + "(" + a.getFirst() + ")";
        }
        if (!a.get(1).matches("[1-9]|1[0-2]|0")) {
            throw SnowflakeError.unsupported(duck.toUpperCase(Locale.ROOT) + " to " + a.get(1) + " decimals");
        }
        int decimals = Integer.parseInt(a.get(1));
        return decimals == 0
                ? whole + "(" + a.getFirst() + ")"
                : "(" + duck + "((" + a.getFirst() + ") * 1" + "0".repeat(decimals) + ".0) * 0."
                        + "0".repeat(decimals - 1) + "1)";
    }

    /// Kilometres on a sphere of 6371 km; the arguments are degrees.
    private static String haversine(List<String> a) {
        String latitude = "radians((" + a.get(2) + ") - (" + a.get(0) + "))";
        String longitude = "radians((" + a.get(3) + ") - (" + a.get(1) + "))";
        return "(2 * 6371 * asin(sqrt(pow(sin(" + latitude + " / 2), 2) + cos(radians(" + a.get(0) + ")) * cos(radians("
                + a.get(2) + ")) * pow(sin(" + longitude + " / 2), 2))))";
    }

    /// Below the range 0, above it one more than there are buckets.
    private static String bucket(List<String> a) {
        String value = "(" + a.get(0) + ")";
        String least = "(" + a.get(1) + ")";
        String most = "(" + a.get(2) + ")";
        return "(CASE WHEN " + value + " < " + least + " THEN 0 WHEN " + value + " >= " + most + " THEN " + a.get(3)
                + " + 1 ELSE CAST(floor((" + value + " - " + least + ") * CAST(" + a.get(3) + " AS DOUBLE) / (" + most
                + " - " + least + ")) AS BIGINT) + 1 END)";
    }

    private static String truncate(List<String> a) {
        if (a.size() == 2 && a.get(1).matches("'[A-Za-z_]+'")) {
            return Functions.form("DATE_TRUNC").orElseThrow().apply(List.of(a.get(1), a.get(0)));
        }
        if (a.size() == 2 && !a.get(1).matches("-?\\s?\\d+")) {
            throw SnowflakeError.unsupported("TRUNC of a date, or to a scale that is no number");
        }
        return "trunc(" + String.join(", ", a) + ")";
    }

    private static String bits(String left, String operator, String right) {
        String shift = operator.length() == 2 ? "INTEGER" : "BIGINT";
        return "(CAST(" + left + " AS BIGINT) " + operator + " CAST(" + right + " AS " + shift + "))";
    }
}
