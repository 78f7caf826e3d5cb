package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Snowflake's functions that DuckDB calls otherwise, or means otherwise.
///
/// To add one: a line in the table with the arguments it takes, and a row in the test beside the
/// documentation's example.
final class Functions {
    /// Builds the DuckDB expression from the translated arguments.
    @FunctionalInterface
    interface Form {
        String apply(List<String> arguments);
    }

    private static final Map<String, Form> FORMS = new HashMap<>();

    /// Same name, other meaning, and no translation yet; or Snowflake's own.
    private static final Set<String> REFUSED = Set.of(
            "FLATTEN",
            "IDENTIFIER",
            "GENERATOR",
            "RESULT_SCAN",
            "SEQ1",
            "SEQ2",
            "SEQ4",
            "SEQ8",
            "RANDOM",
            "RANDSTR",
            "UNIFORM",
            "HASH",
            "HASH_AGG",
            "TYPEOF",
            "OBJECT_AGG",
            "OBJECT_KEYS",
            "ARRAY_AGG",
            "ARRAY_SLICE",
            "ARRAY_CAT",
            "TO_CHAR",
            "TO_BINARY",
            "ENCRYPT",
            "DECRYPT",
            "DAYOFWEEK",
            "WEEK",
            "WEEKOFYEAR",
            "ROUND_TO",
            "LAST_QUERY_ID",
            "FORMAT",
            "SPLIT",
            "SPLIT_TO_TABLE",
            "STRTOK_TO_ARRAY",
            "REGEXP_SUBSTR",
            "REGEXP_INSTR",
            "REGEXP_COUNT",
            "REGEXP_SUBSTR_ALL",
            "TIME_SLICE",
            "BITAND",
            "BITOR",
            "LOG",
            "BASE64_ENCODE");

    private static final Set<String> NILADIC =
            Set.of("CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME", "LOCALTIMESTAMP");

    /// DuckDB's own functions that read files or its inner state; Snowflake has none of them.
    private static final Pattern FORBIDDEN = Pattern.compile(
            "(READ_.*|PARQUET_.*|.*_SCAN|GLOB|SNIFF_CSV|GETENV|DUCKDB_.*|PRAGMA_.*|QUERY|QUERY_TABLE|WHICH_SECRET"
                    + "|WRITE_LOG|SQLSMITH|FORCE_CHECKPOINT|CHECKPOINT|NEXTVAL|CURRVAL|JSON_EXECUTE_SERIALIZED_SQL"
                    + "|GETVARIABLE|CURRENT_SETTING|SQL_AUTO_COMPLETE|ENABLE_.*|DISABLE_.*|.*_LOGGING)");

    static {
        rename("NVL", "coalesce", 2, 2);
        rename("IFNULL", "coalesce", 2, 2);
        rename("UUID_STRING", "uuid", 0, 0);
        rename("STARTSWITH", "starts_with", 2, 2);
        rename("ENDSWITH", "ends_with", 2, 2);
        rename("EDITDISTANCE", "levenshtein", 2, 2);
        rename("ARRAY_SIZE", "json_array_length", 1, 1);
        rename("BOOLAND_AGG", "bool_and", 1, 1);
        rename("BOOLOR_AGG", "bool_or", 1, 1);
        rename("APPROX_COUNT_DISTINCT", "approx_count_distinct", 1, 1);
        rename("SHA2", "sha256", 1, 1);
        form("CHARINDEX", 2, 2, a -> "position(" + a.get(0) + " IN " + a.get(1) + ")");
        form("IFF", 3, 3, a -> "(CASE WHEN " + a.get(0) + " THEN " + a.get(1) + " ELSE " + a.get(2) + " END)");
        form(
                "NVL2",
                3,
                3,
                a -> "(CASE WHEN " + a.get(0) + " IS NOT NULL THEN " + a.get(1) + " ELSE " + a.get(2) + " END)");
        form("ZEROIFNULL", 1, 1, a -> "coalesce(" + a.get(0) + ", 0)");
        form("NULLIFZERO", 1, 1, a -> "nullif(" + a.get(0) + ", 0)");
        form("DIV0", 2, 2, a -> "(CASE WHEN " + a.get(1) + " = 0 THEN 0 ELSE " + a.get(0) + " / " + a.get(1) + " END)");
        form("EQUAL_NULL", 2, 2, a -> "(" + a.get(0) + " IS NOT DISTINCT FROM " + a.get(1) + ")");
        form("DECODE", 3, 255, Functions::decode);
        // Snowflake's CONCAT, GREATEST and LEAST are NULL when any argument is; DuckDB's skip NULLs.
        form("CONCAT", 1, 255, a -> "(" + String.join(" || ", a) + ")");
        form("GREATEST", 1, 255, a -> unlessAnyNull(a, "greatest(" + String.join(", ", a) + ")"));
        form("LEAST", 1, 255, a -> unlessAnyNull(a, "least(" + String.join(", ", a) + ")"));
        form("CONCAT_WS", 2, 255, a -> unlessAnyNull(a, "concat_ws(" + String.join(", ", a) + ")"));
        // Snowflake replaces every match, and its REGEXP_LIKE must match the whole string.
        form(
                "REGEXP_REPLACE",
                2,
                3,
                a -> "regexp_replace(" + a.get(0) + ", " + a.get(1) + ", " + (a.size() == 3 ? a.get(2) : "''")
                        + ", 'g')");
        form("REGEXP_LIKE", 2, 2, a -> "regexp_full_match(" + a.get(0) + ", " + a.get(1) + ")");
        form("RLIKE", 2, 2, a -> "regexp_full_match(" + a.get(0) + ", " + a.get(1) + ")");
        form(
                "REPLACE",
                2,
                3,
                a -> "replace(" + a.get(0) + ", " + a.get(1) + ", " + (a.size() == 3 ? a.get(2) : "''") + ")");
        form("DAYNAME", 1, 1, a -> "left(dayname(" + a.get(0) + "), 3)");
        form("MONTHNAME", 1, 1, a -> "left(monthname(" + a.get(0) + "), 3)");
        form("PARSE_JSON", 1, 1, a -> "CAST(" + a.get(0) + " AS JSON)");
        form("TRY_PARSE_JSON", 1, 1, a -> "TRY_CAST(" + a.get(0) + " AS JSON)");
        form("TO_JSON", 1, 1, a -> "CAST(" + a.get(0) + " AS VARCHAR)");
        form("TO_VARIANT", 1, 1, a -> "to_json(" + a.get(0) + ")");
        form("GET_PATH", 2, 2, a -> {
            throw SnowflakeError.unsupported("GET_PATH (write the path as value:path)");
        });
        form("TO_VARCHAR", 1, 1, a -> Casts.cast("(" + a.get(0) + ")", FunctionTranslator.type("VARCHAR"), false));
        form("TO_BOOLEAN", 1, 1, a -> Casts.cast("(" + a.get(0) + ")", FunctionTranslator.type("BOOLEAN"), false));
        form("TO_DATE", 1, 1, a -> Casts.cast("(" + a.get(0) + ")", FunctionTranslator.type("DATE"), false));
        form("TO_DOUBLE", 1, 1, a -> Casts.cast("(" + a.get(0) + ")", FunctionTranslator.type("FLOAT"), false));
        for (String name : List.of("TO_NUMBER", "TO_DECIMAL", "TO_NUMERIC")) {
            form(name, 1, 3, a -> Casts.cast("(" + a.get(0) + ")", number(name, a), false));
            form("TRY_" + name, 1, 3, a -> Casts.tryCast(a.get(0), number("TRY_" + name, a)));
        }
        form("TRY_TO_DATE", 1, 1, a -> "TRY_CAST(" + a.get(0) + " AS DATE)");
        form("TRY_TO_BOOLEAN", 1, 1, a -> "TRY_CAST(" + a.get(0) + " AS BOOLEAN)");
        form("TRY_TO_DOUBLE", 1, 1, a -> "TRY_CAST(" + a.get(0) + " AS DOUBLE)");
        for (String name : List.of("TIMESTAMP", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ")) {
            String duck = DuckType.of(FunctionTranslator.type(name));
            form("TO_" + name, 1, 1, a -> "CAST(" + a.get(0) + " AS " + duck + ")");
            form("TRY_TO_" + name, 1, 1, a -> "TRY_CAST(" + a.get(0) + " AS " + duck + ")");
        }
        form("CURRENT_TIMESTAMP", 0, 1, a -> "now()");
        form("SYSDATE", 0, 0, a -> "timezone('UTC', now())");
        form("GETDATE", 0, 0, a -> "now()");
        form("LOCALTIMESTAMP", 0, 0, a -> "now()");
        form("CURRENT_DATE", 0, 0, a -> "today()");
        form("CURRENT_TIME", 0, 1, a -> "CAST(now() AS TIME)");
        form("DATE_TRUNC", 2, 2, a -> "date_trunc(" + part(a.get(0)) + ", " + a.get(1) + ")");
        form("DATE_PART", 2, 2, a -> "date_part(" + part(a.get(0)) + ", " + a.get(1) + ")");
        for (String name : List.of("DATEDIFF", "TIMEDIFF", "TIMESTAMPDIFF")) {
            form(name, 3, 3, a -> "date_diff(" + part(a.get(0)) + ", " + a.get(1) + ", " + a.get(2) + ")");
        }
        for (String name : List.of("DATEADD", "TIMEADD", "TIMESTAMPADD")) {
            form(name, 3, 3, Functions::dateAdd);
        }
    }

    private Functions() {}

    /// Functions that may be called without brackets.
    static boolean isNiladic(String name) {
        return NILADIC.contains(name);
    }

    static Optional<Form> form(String name) {
        return Optional.ofNullable(FORMS.get(name));
    }

    static void refuse(String name) {
        if (REFUSED.contains(name)
                || name.startsWith("SYSTEM$")
                || FORBIDDEN.matcher(name).matches()) {
            throw SnowflakeError.unsupported("The function " + name);
        }
    }

    private static void rename(String name, String duck, int least, int most) {
        form(name, least, most, a -> duck + "(" + String.join(", ", a) + ")");
    }

    private static void form(String name, int least, int most, Form form) {
        FORMS.put(name, arguments -> {
            if (arguments.size() < least) {
                throw SnowflakeError.SYNTAX.with("not enough arguments for function [" + name + "], expected " + least
                        + ", got " + arguments.size());
            }
            if (arguments.size() > most) {
                throw SnowflakeError.unsupported("The function " + name + " with " + arguments.size() + " arguments");
            }
            return form.apply(arguments);
        });
    }

    private static String decode(List<String> a) {
        StringBuilder text = new StringBuilder("(CASE");
        int i = 1;
        for (; i + 1 < a.size(); i += 2) {
            text.append(" WHEN ")
                    .append(a.getFirst())
                    .append(" IS NOT DISTINCT FROM ")
                    .append(a.get(i));
            text.append(" THEN ").append(a.get(i + 1));
        }
        return text.append(i < a.size() ? " ELSE " + a.get(i) : "")
                .append(" END)")
                .toString();
    }

    private static String unlessAnyNull(List<String> a, String otherwise) {
        String nulls = a.stream().map(one -> one + " IS NULL").collect(Collectors.joining(" OR "));
        return "(CASE WHEN " + nulls + " THEN NULL ELSE " + otherwise + " END)";
    }

    private static dev.feedline.snowflake.SnowflakeType number(String name, List<String> a) {
        if (!IntStream.range(1, a.size()).allMatch(i -> a.get(i).matches("\\d+"))) {
            throw SnowflakeError.unsupported("The function " + name + " with a format");
        }
        return FunctionTranslator.type(
                a.size() == 1 ? "NUMBER" : "NUMBER(" + String.join(",", a.subList(1, a.size())) + ")");
    }

    /// A date or time part, written as a word or a string, as DuckDB's string.
    private static String part(String argument) {
        String name = argument.replace("'", "").toUpperCase(Locale.ROOT);
        String duck = switch (name) {
            case "YEAR", "Y", "YY", "YYY", "YYYY", "YR", "YEARS", "YRS" -> "year";
            case "QUARTER", "Q", "QTR", "QTRS", "QUARTERS" -> "quarter";
            case "MONTH", "MM", "MON", "MONS", "MONTHS" -> "month";
            case "WEEK", "W", "WK", "WEEKS" -> "week";
            case "DAY", "D", "DD", "DAYS", "DAYOFMONTH" -> "day";
            case "HOUR", "H", "HH", "HR", "HOURS", "HRS" -> "hour";
            case "MINUTE", "M", "MI", "MIN", "MINUTES", "MINS" -> "minute";
            case "SECOND", "S", "SEC", "SECONDS", "SECS" -> "second";
            case "MILLISECOND", "MS", "MSEC", "MILLISECONDS" -> "millisecond";
            case "MICROSECOND", "US", "USEC", "MICROSECONDS" -> "microsecond";
            case "EPOCH_SECOND", "EPOCH" -> "epoch";
            default -> throw SnowflakeError.unsupported("The date or time part " + argument);
        };
        return Quoting.literal(duck);
    }

    private static String dateAdd(List<String> a) {
        String part = part(a.get(0));
        String unit = switch (part) {
            case "'year'" -> "to_years";
            case "'quarter'" -> "to_quarters";
            case "'month'" -> "to_months";
            case "'week'" -> "to_weeks";
            case "'day'" -> "to_days";
            case "'hour'" -> "to_hours";
            case "'minute'" -> "to_minutes";
            case "'second'" -> "to_seconds";
            case "'millisecond'" -> "to_milliseconds";
            case "'microsecond'" -> "to_microseconds";
            default -> throw SnowflakeError.unsupported("DATEADD with the part " + a.get(0));
        };
        boolean days =
                List.of("'year'", "'quarter'", "'month'", "'week'", "'day'").contains(part);
        // On a DATE DuckDB gives a TIMESTAMP, Snowflake a DATE when whole days are added.
        return "(" + a.get(2) + " + " + unit + "(CAST(" + a.get(1) + " AS " + (days ? "INTEGER" : "BIGINT") + ")))";
    }
}
