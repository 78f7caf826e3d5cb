package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.List;
import java.util.Locale;

/// Functions on regular expressions; those of DuckDB where they say as much, Feedline's own where a position, an
/// occurrence or parameters are asked for.
///
/// Source: docs.snowflake.com/en/sql-reference/functions-regexp.
final class RegexForms {
    private RegexForms() {}

    static void add(FunctionTable table) {
        // Snowflake's REGEXP_LIKE must match the whole text.
        for (String name : List.of("REGEXP_LIKE", "RLIKE")) {
            table.form(
                    name,
                    2,
                    3,
                    a -> "regexp_full_match(" + subject(a) + ", " + a.get(1)
                            + (a.size() == 3 ? ", " + options(a.get(2)) : "") + ")");
        }
        table.form(
                        "REGEXP_REPLACE",
                        2,
                        6,
                        a -> a.size() <= 3
                                ? "regexp_replace(" + subject(a) + ", " + a.get(1) + ", "
                                        + (a.size() == 3 ? a.get(2) : "''") + ", 'g')"
                                : own("REPLACE", a, at(a, 3, "1"), at(a, 4, "0"), at(a, 5, "'c'"), a.get(2)))
                .form(
                        "REGEXP_SUBSTR",
                        2,
                        6,
                        a -> a.size() == 2
                                ? "(CASE WHEN regexp_matches(" + subject(a) + ", " + a.get(1) + ") THEN regexp_extract("
                                        + subject(a) + ", " + a.get(1) + ") END)"
                                : own("SUBSTR", a, at(a, 2, "1"), at(a, 3, "1"), at(a, 4, "'c'"), at(a, 5, "''")))
                .form(
                        "REGEXP_SUBSTR_ALL",
                        2,
                        6,
                        a -> "CAST("
                                + own("ALL", a, at(a, 2, "1"), at(a, 3, "1"), at(a, 4, "'c'"), at(a, 5, "''"))
                                + " AS JSON)")
                .form(
                        "REGEXP_INSTR",
                        2,
                        7,
                        a -> "CAST("
                                + own(
                                        "INSTR",
                                        a,
                                        at(a, 2, "1"),
                                        at(a, 3, "1"),
                                        at(a, 5, "'c'"),
                                        at(a, 4, "0") + " || ' ' || " + at(a, 6, "''"))
                                + " AS BIGINT)")
                .form(
                        "REGEXP_COUNT",
                        2,
                        4,
                        a -> a.size() == 2
                                ? "len(regexp_extract_all(" + subject(a) + ", " + a.get(1) + "))"
                                : "CAST(" + own("COUNT", a, at(a, 2, "1"), "1", at(a, 3, "'c'"), "''") + " AS BIGINT)");
    }

    private static String subject(List<String> a) {
        return Casts.asText(a.getFirst());
    }

    private static String at(List<String> a, int index, String otherwise) {
        return index < a.size() ? a.get(index) : otherwise;
    }

    private static String own(
            String operation, List<String> a, String position, String occurrence, String options, String more) {
        return Names.REGEXP + "(" + Quoting.literal(operation) + ", " + subject(a) + ", " + a.get(1) + ", CAST("
                + position + " AS VARCHAR), CAST(" + occurrence + " AS VARCHAR), " + options + ", CAST(" + more
                + " AS VARCHAR))";
    }

    /// `c`, `i`, `m` and `s` mean the same to DuckDB.
    private static String options(String argument) {
        String options = FunctionTable.literal("REGEXP_LIKE", argument).toLowerCase(Locale.ROOT);
        if (!options.matches("[cims]*")) {
            throw SnowflakeError.unsupported("The regular expression's parameters '" + options + "'");
        }
        return Quoting.literal(options);
    }
}
