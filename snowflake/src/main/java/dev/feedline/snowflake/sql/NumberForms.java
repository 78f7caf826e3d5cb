package dev.feedline.snowflake.sql;

/// Functions on numbers and aggregates of other names. Source: docs.snowflake.com/en/sql-reference/functions-numeric
/// and functions-aggregation.
final class NumberForms {
    private NumberForms() {}

    static void add(FunctionTable table) {
        table.form("SQUARE", 1, 1, a -> "((" + a.get(0) + ") * (" + a.get(0) + "))")
                .form("LOG", 2, 2, a -> "(ln(" + a.get(1) + ") / ln(" + a.get(0) + "))")
                .form("BITAND", 2, 2, a -> bits(a.get(0), "&", a.get(1)))
                .form("BITOR", 2, 2, a -> bits(a.get(0), "|", a.get(1)))
                .form("BITXOR", 2, 2, a -> "xor(CAST(" + a.get(0) + " AS BIGINT), CAST(" + a.get(1) + " AS BIGINT))")
                .form("BITNOT", 1, 1, a -> "(~CAST(" + a.get(0) + " AS BIGINT))")
                .form("BITSHIFTLEFT", 2, 2, a -> bits(a.get(0), "<<", a.get(1)))
                .form("BITSHIFTRIGHT", 2, 2, a -> bits(a.get(0), ">>", a.get(1)))
                .form("TRUNCATE", 1, 2, NumberForms::truncate)
                .form("TRUNC", 1, 2, NumberForms::truncate)
                .rename("POW", "power", 2, 2)
                // DuckDB's own is NULL where there are no rows.
                .form("COUNT_IF", 1, 1, a -> "count(CASE WHEN " + a.get(0) + " THEN 1 END)")
                .form("CEIL", 1, 1, a -> "ceil(" + a.get(0) + ")")
                .form("FLOOR", 1, 1, a -> "floor(" + a.get(0) + ")")
                .form("MOD", 2, 2, a -> "((" + a.get(0) + ") % (" + a.get(1) + "))")
                .form(
                        "DIV0NULL",
                        2,
                        2,
                        a -> "(CASE WHEN coalesce(" + a.get(1) + ", 0) = 0 THEN 0 ELSE " + a.get(0) + " / " + a.get(1)
                                + " END)")
                .form("BOOLAND", 2, 2, a -> "((" + a.get(0) + ") <> 0 AND (" + a.get(1) + ") <> 0)")
                .form("BOOLOR", 2, 2, a -> "((" + a.get(0) + ") <> 0 OR (" + a.get(1) + ") <> 0)")
                .form("BOOLNOT", 1, 1, a -> "((" + a.get(0) + ") = 0)")
                .rename("GREATEST_IGNORE_NULLS", "greatest", 1, 255)
                .rename("LEAST_IGNORE_NULLS", "least", 1, 255)
                .rename("VARIANCE_SAMP", "var_samp", 1, 1)
                .rename("VARIANCE_POP", "var_pop", 1, 1)
                .rename("SKEW", "skewness", 1, 1)
                .rename("APPROX_PERCENTILE", "approx_quantile", 2, 2)
                .form("BITAND_AGG", 1, 1, a -> "bit_and(CAST(" + a.get(0) + " AS BIGINT))")
                .form("BITOR_AGG", 1, 1, a -> "bit_or(CAST(" + a.get(0) + " AS BIGINT))")
                .form("BITXOR_AGG", 1, 1, a -> "bit_xor(CAST(" + a.get(0) + " AS BIGINT))")
                .form("MAX_BY", 2, 2, a -> "max_by(" + a.get(0) + ", " + a.get(1) + ")")
                .form("MIN_BY", 2, 2, a -> "min_by(" + a.get(0) + ", " + a.get(1) + ")");
        for (String name : new String[] {"SEQ1", "SEQ2", "SEQ4", "SEQ8"}) {
            table.form(name, 0, 0, a -> "(row_number() OVER () - 1)");
        }
    }

    private static String truncate(java.util.List<String> a) {
        if (a.size() == 2 && !a.get(1).matches("-?\\s?\\d+")) {
            throw dev.feedline.snowflake.SnowflakeError.unsupported("TRUNC of a date, or to a scale that is no number");
        }
        return "trunc(" + String.join(", ", a) + ")";
    }

    private static String bits(String left, String operator, String right) {
        String shift = operator.length() == 2 ? "INTEGER" : "BIGINT";
        return "(CAST(" + left + " AS BIGINT) " + operator + " CAST(" + right + " AS " + shift + "))";
    }
}
