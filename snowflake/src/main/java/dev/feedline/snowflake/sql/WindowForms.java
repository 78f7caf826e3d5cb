package dev.feedline.snowflake.sql;

import java.util.List;

/// Aggregates and window functions. Source: docs.snowflake.com/en/sql-reference/functions-aggregation and
/// functions-window.
final class WindowForms {
    private static final String OVER = FunctionTable.WINDOW;

    private WindowForms() {}

    /// SEQ4 and its like.
    static final String SEQUENCE = "(row_number() OVER () - 1)";

    static void add(FunctionTable table) {
        table.same(1, 1, "SUM", "ANY_VALUE", "MODE")
                .ordering(1, 1, "MIN", "MAX", "MEDIAN")
                .ordering(2, 2, "MAX_BY", "MIN_BY")
                .same(1, 1, "STDDEV", "STDDEV_POP", "STDDEV_SAMP", "VAR_POP", "VAR_SAMP", "VARIANCE", "KURTOSIS")
                .same(2, 2, "CORR", "COVAR_POP", "COVAR_SAMP")
                .same(2, 2, "REGR_AVGX", "REGR_AVGY", "REGR_COUNT", "REGR_INTERCEPT", "REGR_R2", "REGR_SLOPE")
                .same(2, 2, "REGR_SXX", "REGR_SXY", "REGR_SYY")
                .same(0, 0, "ROW_NUMBER", "RANK", "DENSE_RANK", "PERCENT_RANK", "CUME_DIST")
                .same(1, 1, "NTILE", "FIRST_VALUE", "LAST_VALUE")
                .same(1, 3, "LAG", "LEAD")
                .same(2, 2, "NTH_VALUE")
                .rename("HLL", "approx_count_distinct", 1, 1)
                .form("AVG", 1, 1, a -> average(a.getFirst()))
                .form("RATIO_TO_REPORT", 1, 1, a -> Division.of(a.getFirst(), "sum(" + a.getFirst() + ")" + OVER))
                // DuckDB's own is NULL where there are no rows.
                .form("COUNT_IF", 1, 1, a -> "count(CASE WHEN " + a.getFirst() + " THEN 1 END)" + OVER);
        for (String name : List.of("SEQ1", "SEQ2", "SEQ4", "SEQ8")) {
            table.form(name, 0, 1, a -> SEQUENCE);
        }
    }

    /// Whether the call is of a function whose window is all rows where none are named, other than in standard SQL.
    ///
    /// Source: docs.snowflake.com/en/sql-reference/functions/last_value
    static boolean isOfWholeWindow(String call) {
        return call.matches("(?s)(first_value|last_value|nth_value)\\(.*");
    }

    /// Of NUMBERs a NUMBER, as a division gives it.
    private static String average(String value) {
        return Division.of("sum(" + value + ")" + OVER, "nullif(count(" + value + ")" + OVER + ", 0)");
    }
}
