package dev.feedline.snowflake.sql;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Functions of weeks and their days in a session whose weeks begin with a day of its own (`WEEK_START`).
///
/// A week belongs to the year that has at least four of its days, as with `WEEK_OF_YEAR_POLICY = 0`.
///
/// Source: docs.snowflake.com/en/sql-reference/functions-date-time, calendar weeks and weekdays
final class WeekForms {
    private static final Set<String> FUNCTIONS = Set.of(
            "DAYOFWEEK",
            "WEEK",
            "WEEKOFYEAR",
            "YEAROFWEEK",
            "DATE_PART",
            "DATE_TRUNC",
            "DATEDIFF",
            "TIMEDIFF",
            "TIMESTAMPDIFF",
            "LAST_DAY",
            "TRUNC");

    private final long start;
    private final List<String> arguments;

    private WeekForms(long start, List<String> arguments) {
        this.start = start;
        this.arguments = arguments;
    }

    /// Empty where the session's weeks are the usual ones, or the function has nothing to do with weeks.
    static Optional<String> call(Scene scene, String function, List<Node> inside) {
        if (!FUNCTIONS.contains(function)
                || inside.isEmpty()
                || !(scene.context().parameter("WEEK_START") instanceof Long day)
                || day == 0) {
            return Optional.empty();
        }
        return new WeekForms(day, scene.each(Node.splitAtCommas(inside))).call(function);
    }

    private Optional<String> call(String function) {
        String moment = DateForms.moment(arguments.getFirst());
        return switch (function) {
            case "DAYOFWEEK" -> Optional.of(dayOfWeek(moment));
            case "WEEK", "WEEKOFYEAR" -> Optional.of(week(moment));
            case "YEAROFWEEK" -> Optional.of(year(moment));
            case "DATE_PART" -> arguments.size() == 2 ? part() : Optional.empty();
            case "LAST_DAY", "TRUNC" -> inWeeks(function, 1);
            default -> inWeeks(function, 0);
        };
    }

    /// 1 is the day that weeks begin with.
    private String dayOfWeek(String moment) {
        return "((isodow(" + moment + ") - " + start + " + 7) % 7 + 1)";
    }

    private String begin(String moment) {
        return Names.WEEK + "(" + moment + ", " + start + ")";
    }

    /// The week's fourth day, whose year is the week's.
    private String middle(String moment) {
        return "(CAST(" + begin(moment) + " AS DATE) + 3)";
    }

    private String week(String moment) {
        return "((dayofyear(" + middle(moment) + ") - 1) // 7 + 1)";
    }

    private String year(String moment) {
        return "year(" + middle(moment) + ")";
    }

    private Optional<String> part() {
        String moment = DateForms.moment(arguments.get(1));
        return switch (word(0)) {
            case "WEEK", "W", "WK", "WEEKOFYEAR", "WOY", "WY" -> Optional.of(week(moment));
            case "DAYOFWEEK", "WEEKDAY", "DOW", "DW" -> Optional.of(dayOfWeek(moment));
            case "YEAROFWEEK" -> Optional.of(year(moment));
            default -> Optional.empty();
        };
    }

    /// @param part which argument names the part
    private Optional<String> inWeeks(String function, int part) {
        boolean weeks = arguments.size() > Math.max(part, 1)
                && Set.of("WEEK", "W", "WK", "WEEKS", "WEEKOFYEAR", "WOY", "WY").contains(word(part));
        if (!weeks) {
            return Optional.empty();
        }
        String first = DateForms.moment(arguments.get(part == 0 ? 1 : 0));
        return Optional.of(
                switch (function) {
                    case "DATE_TRUNC", "TRUNC" -> begin(first);
                    case "LAST_DAY" -> "CAST(" + begin(first) + " + INTERVAL 6 DAY AS DATE)";
                    default ->
                        "(date_diff('day', " + begin(first) + ", " + begin(DateForms.moment(arguments.get(2)))
                                + ") // 7)";
                });
    }

    private String word(int argument) {
        return Token.fold(arguments.get(argument).replace("'", "").replace("\"", ""));
    }
}
