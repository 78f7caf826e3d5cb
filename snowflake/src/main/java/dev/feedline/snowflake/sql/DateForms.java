package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.List;
import java.util.Locale;

/// Functions on dates and times. Source: docs.snowflake.com/en/sql-reference/functions-date-time.
final class DateForms {
    private DateForms() {}

    static void add(FunctionTable table) {
        table.form("CURRENT_TIMESTAMP", 0, 1, a -> "now()")
                .form("SYSDATE", 0, 0, a -> "timezone('UTC', now())")
                .form("GETDATE", 0, 0, a -> "now()")
                .form("SYSTIMESTAMP", 0, 0, a -> "now()")
                .form("LOCALTIMESTAMP", 0, 0, a -> "now()")
                .form("CURRENT_DATE", 0, 0, a -> "today()")
                .form("CURRENT_TIME", 0, 1, a -> "CAST(CAST(now() AS TIMESTAMP) AS TIME)")
                .form("LOCALTIME", 0, 1, a -> "CAST(CAST(now() AS TIMESTAMP) AS TIME)")
                .form("DATE_TRUNC", 2, 2, a -> Names.TRUNCATE + "(" + part(a.get(0)) + ", " + moment(a.get(1)) + ")")
                .form("DATE_PART", 2, 2, a -> datePart(a.get(0), a.get(1)))
                .form("DAYNAME", 1, 1, a -> "left(dayname(" + moment(a.get(0)) + "), 3)")
                .form("MONTHNAME", 1, 1, a -> "left(monthname(" + moment(a.get(0)) + "), 3)")
                .rename("WEEKISO", "week", 1, 1)
                .rename("DAYOFWEEKISO", "isodow", 1, 1)
                .rename("YEAROFWEEK", "isoyear", 1, 1)
                .rename("YEAROFWEEKISO", "isoyear", 1, 1)
                .form("LAST_DAY", 1, 2, DateForms::lastDay)
                .form("MONTHS_BETWEEN", 2, 2, DateForms::monthsBetween)
                .form("NEXT_DAY", 2, 2, a -> weekday(a, true))
                .form("PREVIOUS_DAY", 2, 2, a -> weekday(a, false))
                .form("ADD_MONTHS", 2, 2, DateForms::addMonths)
                .form("TIME_SLICE", 3, 4, DateForms::slice)
                .form("CONVERT_TIMEZONE", 2, 3, DateForms::converted);
        for (String name : List.of("DATE_FROM_PARTS", "DATEFROMPARTS")) {
            table.form(name, 3, 3, a -> "CAST(" + day(a) + " AS DATE)");
        }
        for (String name : List.of("TIME_FROM_PARTS", "TIMEFROMPARTS")) {
            table.form(name, 3, 4, a -> "CAST((TIMESTAMP '1970-01-01'" + time(a) + ") AS TIME)");
        }
        for (String name :
                List.of("YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND", "DAYOFYEAR")) {
            table.form(name, 1, 1, a -> name.toLowerCase(Locale.ROOT) + "(" + moment(a.getFirst()) + ")");
        }
        for (String name : List.of("DAYOFWEEK", "DAYOFMONTH", "WEEKOFYEAR")) {
            table.form(name, 1, 1, a -> name.toLowerCase(Locale.ROOT) + "(" + moment(a.getFirst()) + ")");
        }
        for (String name : List.of("TIMESTAMP_FROM_PARTS", "TIMESTAMP_NTZ_FROM_PARTS", "TIMESTAMPNTZFROMPARTS")) {
            table.form(name, 2, 7, a -> switch (a.size()) {
                case 2 -> "(CAST(" + a.get(0) + " AS DATE) + CAST(" + a.get(1) + " AS TIME))";
                case 6, 7 -> "(" + day(a.subList(0, 3)) + time(a.subList(3, a.size())) + ")";
                default ->
                    throw SnowflakeError.SYNTAX.with(
                            "not enough arguments for function [" + name + "], expected 6, got " + a.size());
            });
        }
        for (String name : List.of("DATEDIFF", "TIMEDIFF", "TIMESTAMPDIFF")) {
            table.form(name, 3, 3, DateForms::dateDiff);
        }
        for (String name : List.of("DATEADD", "TIMEADD", "TIMESTAMPADD")) {
            table.form(name, 3, 3, DateForms::dateAdd);
        }
        conversions(table);
    }

    private static void conversions(FunctionTable table) {
        table.form("TO_DATE", 1, 2, a -> converted(a, "DATE", "strptime", "CAST"))
                .form("DATE", 1, 2, a -> converted(a, "DATE", "strptime", "CAST"))
                .form("TRY_TO_DATE", 1, 2, a -> converted(a, "DATE", "try_strptime", "TRY_CAST"))
                .form("TO_TIME", 1, 2, a -> converted(a, "TIME", "strptime", "CAST"))
                .form("TRY_TO_TIME", 1, 2, a -> converted(a, "TIME", "try_strptime", "TRY_CAST"));
        for (String name : List.of("TIMESTAMP", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ")) {
            String duck = DuckType.of(FunctionTranslator.type(name));
            table.form("TO_" + name, 1, 2, a -> converted(a, duck, "strptime", "CAST"));
            table.form("TRY_TO_" + name, 1, 2, a -> converted(a, duck, "try_strptime", "TRY_CAST"));
        }
    }

    private static String converted(List<String> a, String duck, String parsing, String cast) {
        if (a.size() == 2 && duck.startsWith("TIMESTAMP") && a.get(1).matches("[0-9]")) {
            return zoned(Names.MOMENT + "(" + a.get(0) + ", " + a.get(1) + ")", duck);
        }
        if (a.size() == 2) {
            String format = FunctionTable.literal("TO_DATE or TO_TIMESTAMP", a.get(1));
            return "CAST(" + parsing + "(" + a.get(0) + ", " + Quoting.literal(DateFormat.toDuck(format)) + ") AS "
                    + duck + ")";
        }
        if (duck.startsWith("TIMESTAMP") && !a.get(0).matches("(?s)'.*[^\\d'-].*'")) {
            String moment = Names.MOMENT + "(" + a.get(0) + ", 0)";
            return cast.equals("CAST") ? zoned(moment, duck) : "TRY(" + zoned(moment, duck) + ")";
        }
        if (cast.equals("CAST")) {
            return Casts.cast(
                    Casts.isLiteral(a.get(0)) ? a.get(0) : "(" + a.get(0) + ")",
                    FunctionTranslator.type(duck.equals("TIMESTAMP WITH TIME ZONE") ? "TIMESTAMP_LTZ" : duck),
                    Casts.isLiteral(a.get(0)));
        }
        return "TRY_CAST(" + a.get(0) + " AS " + duck + ")";
    }

    /// Seconds since 1970 are UTC's in any session.
    private static String zoned(String moment, String duck) {
        return duck.equals("TIMESTAMP") ? moment : "CAST(" + moment + " AS " + duck + ")";
    }

    /// DuckDB gives seconds since 1970 as a double.
    private static String datePart(String argument, String moment) {
        String name = argument.replace("'", "").replace("\"", "").toUpperCase(Locale.ROOT);
        return switch (name) {
            case "EPOCH_MILLISECOND", "EPOCH_MILLISECONDS" -> "epoch_ms(" + moment(moment) + ")";
            case "EPOCH_MICROSECOND", "EPOCH_MICROSECONDS" -> "epoch_us(" + moment(moment) + ")";
            case "EPOCH_NANOSECOND", "EPOCH_NANOSECONDS" -> "epoch_ns(" + moment(moment) + ")";
            case "NANOSECOND", "NS", "NSEC", "NANOSEC", "NSECOND", "NANOSECONDS", "NANOSECS", "NSECONDS" ->
                "(date_part('microsecond', " + moment(moment) + ") % 1000000 * 1000)";
            default -> {
                String part = part(argument);
                String read = "date_part(" + part + ", " + moment(moment) + ")";
                yield part.equals("'epoch'") ? "CAST(floor(" + read + ") AS BIGINT)" : read;
            }
        };
    }

    private static String lastDay(List<String> a) {
        String day = "CAST(" + moment(a.get(0)) + " AS DATE)";
        return switch (a.size() == 1 ? "'month'" : part(a.get(1))) {
            case "'month'" -> "last_day(" + day + ")";
            case "'year'" -> "make_date(year(" + day + "), 12, 31)";
            case "'quarter'" -> "last_day(CAST(date_trunc('quarter', " + day + ") + INTERVAL 2 MONTH AS DATE))";
            case "'week'" -> "CAST(date_trunc('week', " + day + ") + INTERVAL 6 DAY AS DATE)";
            default -> throw SnowflakeError.unsupported("LAST_DAY of the part " + a.get(1));
        };
    }

    /// Whole months between the same days of a month or two last days; else what is over in 31sts.
    private static String monthsBetween(List<String> a) {
        String one = "CAST(" + moment(a.get(0)) + " AS TIMESTAMP)";
        String other = "CAST(" + moment(a.get(1)) + " AS TIMESTAMP)";
        String months = "((year(" + one + ") - year(" + other + ")) * 12 + month(" + one + ") - month(" + other + "))";
        String days = "(epoch(" + one + ") - epoch(date_trunc('month', " + one + ")) - epoch(" + other
                + ") + epoch(date_trunc('month', " + other + ")))";
        return "CAST(CASE WHEN day(" + one + ") = day(" + other + ") OR (CAST(" + one + " AS DATE) = last_day(" + one
                + ") AND CAST(" + other + " AS DATE) = last_day(" + other + ")) THEN " + months + " ELSE " + months
                + " + " + days + " / 86400 / 31 END AS DECIMAL(38,6))";
    }

    private static String weekday(List<String> a, boolean next) {
        String name = FunctionTable.literal("NEXT_DAY", a.get(1))
                .toLowerCase(Locale.ROOT)
                .strip();
        int day = List.of("su", "mo", "tu", "we", "th", "fr", "sa")
                .indexOf(name.substring(0, Math.min(2, name.length())));
        if (day < 0) {
            throw SnowflakeError.INVALID_VALUE.with("'" + name + "' is no day of the week.");
        }
        String date = "CAST(" + moment(a.get(0)) + " AS DATE)";
        String distance = next
                ? "(" + day + " - dayofweek(" + date + ") + 6) % 7 + 1"
                : "(dayofweek(" + date + ") - " + day + " + 6) % 7 + 1";
        return "(" + date + (next ? " + " : " - ") + "CAST(" + distance + " AS INTEGER))";
    }

    /// A literal string is a timestamp where a moment is wanted.
    static String moment(String argument) {
        return argument.startsWith("'") ? "CAST(" + argument + " AS TIMESTAMP)" : argument;
    }

    private static String real(String seconds) {
        return "CAST(" + seconds + " AS DOUBLE)";
    }

    /// DuckDB counts weeks as seven days, Snowflake the Mondays between.
    private static String dateDiff(List<String> a) {
        String part = part(a.get(0));
        if (part.equals("'week'")) {
            return "(date_diff('day', date_trunc('week', " + moment(a.get(1)) + "), date_trunc('week', "
                    + moment(a.get(2)) + ")) // 7)";
        }
        return "date_diff(" + part + ", " + moment(a.get(1)) + ", " + moment(a.get(2)) + ")";
    }

    /// From the last day of a month to the last day of the other.
    private static String addMonths(List<String> a) {
        String day = a.get(0).startsWith("'") ? "CAST(" + a.get(0) + " AS DATE)" : a.get(0);
        String added = Names.ADD + "(" + day + ", to_months(CAST(" + a.get(1) + " AS INTEGER)))";
        return "(CASE WHEN CAST(" + day + " AS DATE) = last_day(" + day + ") THEN " + Names.ADD + "(" + added
                + ", to_days(CAST(last_day(" + added + ") - CAST(" + added + " AS DATE) AS INTEGER))) ELSE " + added
                + " END)";
    }

    /// Parts beyond a month's or a day's go on into the next: a TIMESTAMP.
    ///
    /// Source: docs.snowflake.com/en/sql-reference/functions/date_from_parts
    private static String day(List<String> a) {
        return "(make_timestamp(CAST(" + a.get(0) + " AS BIGINT), 1, 1, 0, 0, 0) + to_months(CAST(" + a.get(1)
                + " - 1 AS INTEGER)) + to_days(CAST(" + a.get(2) + " - 1 AS INTEGER)))";
    }

    /// What hours, minutes, seconds and, where they are given, nanoseconds add to a timestamp.
    private static String time(List<String> a) {
        return " + to_hours(CAST(" + a.get(0) + " AS BIGINT)) + to_minutes(CAST(" + a.get(1) + " AS BIGINT))"
                + " + to_seconds(" + real(a.get(2)) + ")"
                + (a.size() == 4 ? " + to_microseconds(CAST(" + a.get(3) + " AS BIGINT) // 1000)" : "");
    }

    private static String converted(List<String> a) {
        if (a.size() == 2) {
            throw SnowflakeError.unsupported(
                    "CONVERT_TIMEZONE with two arguments, which gives a TIMESTAMP_TZ in that zone, but in a cast to DATE, TIME"
                            + " or TIMESTAMP_NTZ or a function of its parts (or name the source's zone, too)");
        }
        return "timezone(" + a.get(1) + ", timezone(" + a.get(0) + ", CAST(" + a.get(2) + " AS TIMESTAMP)))";
    }

    private static String slice(List<String> a) {
        String which =
                a.size() == 4 ? FunctionTable.literal("TIME_SLICE", a.get(3)).toUpperCase(Locale.ROOT) : "START";
        if (!which.equals("START") && !which.equals("END")) {
            throw SnowflakeError.INVALID_VALUE.with("TIME_SLICE gives the START or the END, not '" + which + "'.");
        }
        String unit = switch (part(a.get(2))) {
            case "'year'" -> "to_years";
            case "'quarter'" -> "to_quarters";
            case "'month'" -> "to_months";
            case "'day'" -> "to_days";
            case "'hour'" -> "to_hours";
            case "'minute'" -> "to_minutes";
            case "'second'" -> "to_seconds";
            default -> throw SnowflakeError.unsupported("TIME_SLICE with the part " + a.get(2));
        };
        String length = unit + "(CAST(" + a.get(1) + " AS INTEGER))";
        String start = Names.SLICE + "(" + length + ", " + moment(a.get(0)) + ")";
        return which.equals("END") ? Names.ADD + "(" + start + ", " + length + ")" : start;
    }

    private static String dateAdd(List<String> a) {
        return plus(a.get(0), a.get(1), moment(a.get(2)));
    }

    /// Whole days added to a date give a date.
    static String plus(String part, String number, String moment) {
        boolean days =
                List.of("'year'", "'quarter'", "'month'", "'week'", "'day'").contains(part(part));
        String interval = interval(part, number);
        return days ? Names.ADD + "(" + moment + ", " + interval + ")" : "(" + moment + " + " + interval + ")";
    }

    static String interval(String part, String number) {
        String unit = switch (part(part)) {
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
            default -> throw SnowflakeError.unsupported("Adding of the date or time part " + part);
        };
        boolean days = List.of("to_years", "to_quarters", "to_months", "to_weeks", "to_days")
                .contains(unit);
        return unit + "(CAST(" + number + " AS " + (days ? "INTEGER" : "BIGINT") + "))";
    }

    /// A date or time part, written as a word or a string, as DuckDB's string.
    static String part(String argument) {
        String name = argument.replace("'", "").replace("\"", "").toUpperCase(Locale.ROOT);
        String duck = switch (name) {
            case "YEAR", "Y", "YY", "YYY", "YYYY", "YR", "YEARS", "YRS" -> "year";
            case "QUARTER", "Q", "QTR", "QTRS", "QUARTERS" -> "quarter";
            case "MONTH", "MM", "MON", "MONS", "MONTHS" -> "month";
            case "WEEK", "W", "WK", "WEEKS", "WEEKOFYEAR", "WOY", "WY", "WEEK_ISO", "WEEKISO" -> "week";
            case "DAY", "D", "DD", "DAYS", "DAYOFMONTH" -> "day";
            case "DAYOFWEEK", "WEEKDAY", "DOW", "DW" -> "dow";
            case "DAYOFWEEKISO", "WEEKDAY_ISO", "DOW_ISO", "DW_ISO", "DAYOFWEEK_ISO" -> "isodow";
            case "YEAROFWEEK", "YEAROFWEEKISO" -> "isoyear";
            case "DAYOFYEAR", "YEARDAY", "DOY", "DY" -> "doy";
            case "HOUR", "H", "HH", "HR", "HOURS", "HRS" -> "hour";
            case "MINUTE", "M", "MI", "MIN", "MINUTES", "MINS" -> "minute";
            case "SECOND", "S", "SEC", "SECONDS", "SECS" -> "second";
            case "MILLISECOND", "MS", "MSEC", "MILLISECONDS" -> "millisecond";
            case "MICROSECOND", "US", "USEC", "MICROSECONDS" -> "microsecond";
            case "EPOCH_SECOND", "EPOCH", "EPOCH_SECONDS" -> "epoch";
            default -> throw SnowflakeError.unsupported("The date or time part " + argument);
        };
        return Quoting.literal(duck);
    }
}
