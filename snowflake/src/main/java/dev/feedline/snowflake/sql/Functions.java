package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Snowflake's functions that DuckDB calls otherwise, or means otherwise.
///
/// The families are in files of their own. To add one: a line in its family's table with the arguments it takes, and a
/// row in the test beside the
/// documentation's example.
final class Functions {
    private static final FunctionTable TABLE = new FunctionTable();

    private static final Set<String> NILADIC =
            Set.of("CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME", "LOCALTIMESTAMP", "LOCALTIME");

    static {
        form("COALESCE", 1, 255, Functions::coalesce);
        form("NULLIF", 2, 2, a -> nullIf(a.get(0), a.get(1)));
        TABLE.same(1, 255, "GROUPING", "GROUPING_ID");
        for (String grouping : List.of("ROLLUP", "CUBE")) {
            form(grouping, 0, 255, a -> grouping + " (" + String.join(", ", a) + ")");
        }
        form("NVL", 2, 2, Functions::coalesce);
        form("IFNULL", 2, 2, Functions::coalesce);
        rename("UUID_STRING", "uuid", 0, 0);
        rename("BOOLAND_AGG", "bool_and", 1, 1);
        rename("BOOLOR_AGG", "bool_or", 1, 1);
        rename("APPROX_COUNT_DISTINCT", "approx_count_distinct", 1, 1);
        form("IFF", 3, 3, a -> choice(a.get(0), a.subList(1, 3)));
        form("NVL2", 3, 3, a -> choice(a.get(0) + " IS NOT NULL", a.subList(1, 3)));
        form("ZEROIFNULL", 1, 1, a -> "coalesce(" + a.get(0) + ", 0)");
        form("NULLIFZERO", 1, 1, a -> "nullif(" + a.get(0) + ", 0)");
        form(
                "DIV0",
                2,
                2,
                a -> "(CASE WHEN " + a.get(1) + " = 0 THEN 0 ELSE " + Division.of(a.get(0), a.get(1)) + " END)");
        form("EQUAL_NULL", 2, 2, a -> "(" + same(a.get(0), a.get(1)) + ")");
        form("DECODE", 3, 255, Functions::decode);
        // Snowflake's CONCAT, GREATEST and LEAST are NULL when any argument is; DuckDB's skip NULLs.
        form("CONCAT", 1, 255, a -> "(" + a.stream().map(Casts::asText).collect(Collectors.joining(" || ")) + ")");
        form("GREATEST", 1, 255, a -> unlessAnyNull(ordered("GREATEST", a), "greatest(" + String.join(", ", a) + ")"));
        form("LEAST", 1, 255, a -> unlessAnyNull(ordered("LEAST", a), "least(" + String.join(", ", a) + ")"));
        form("CONCAT_WS", 2, 255, a -> unlessAnyNull(a, "concat_ws(" + texts(a) + ")"));
        form("TO_VARCHAR", 1, 2, Functions::toText);
        form("TO_CHAR", 1, 2, Functions::toText);
        form("TO_BOOLEAN", 1, 1, a -> bool(a.get(0)));
        form("TO_DOUBLE", 1, 1, a -> Casts.cast("(" + a.get(0) + ")", FunctionTranslator.type("FLOAT"), false));
        for (String name : List.of("TO_NUMBER", "TO_DECIMAL", "TO_NUMERIC")) {
            form(name, 1, 4, a -> toNumber(name, a));
            form("TRY_" + name, 1, 4, a -> tryToNumber("TRY_" + name, a));
        }
        form("TRY_TO_BOOLEAN", 1, 1, a -> "TRY(" + bool(a.get(0)) + ")");
        form("TRY_TO_DOUBLE", 1, 1, a -> "TRY_CAST(" + a.get(0) + " AS DOUBLE)");
        TextForms.add(TABLE);
        NumberForms.add(TABLE);
        DateForms.add(TABLE);
        JsonForms.add(TABLE);
        RegexForms.add(TABLE);
        WindowForms.add(TABLE);
        RandomForms.add(TABLE);
    }

    private Functions() {}

    /// Functions that may be called without brackets.
    static boolean isNiladic(String name) {
        return NILADIC.contains(name);
    }

    static Optional<FunctionTable.Form> form(String name) {
        return TABLE.form(name);
    }

    /// All that are translated.
    static Set<String> names() {
        return TABLE.names();
    }

    private static void rename(String name, String duck, int least, int most) {
        TABLE.rename(name, duck, least, most);
    }

    private static void form(String name, int least, int most, FunctionTable.Form form) {
        TABLE.form(name, least, most, form);
    }

    private static String texts(List<String> a) {
        return a.stream().map(Casts::asText).collect(Collectors.joining(", "));
    }

    private static String coalesce(List<String> a) {
        return "coalesce(" + String.join(", ", Casts.alike(a)) + ")";
    }

    private static String choice(String condition, List<String> values) {
        List<String> alike = Casts.alike(values);
        return "(CASE WHEN " + condition + " THEN " + alike.get(0) + " ELSE " + alike.get(1) + " END)";
    }

    private static String bool(String value) {
        return Casts.cast("(" + value + ")", SnowflakeType.BOOLEAN, false);
    }

    private static String toText(List<String> a) {
        if (a.size() == 1) {
            return Casts.cast("(" + a.get(0) + ")", FunctionTranslator.type("VARCHAR"), false);
        }
        String format = FunctionTable.literal("TO_CHAR", a.get(1));
        if (NumberModel.parse(format).isPresent()) {
            return Names.FORMATTED + "(" + Names.TEXT + "(" + a.get(0) + "), " + a.get(1) + ")";
        }
        if (!DateFormat.isOne(format)) {
            throw SnowflakeError.unsupported("TO_CHAR of a number with the format '" + format + "'");
        }
        return Names.WRITTEN + "(" + a.get(0) + ", " + Quoting.literal(DateFormat.toDuck(format)) + ")";
    }

    private static String same(String one, String other) {
        return LiteralComparison.compared(one, "IS NOT DISTINCT FROM", other);
    }

    private static String nullIf(String value, String other) {
        return LiteralComparison.isOne(value, other)
                ? "(CASE WHEN NOT coalesce(" + LiteralComparison.compared(value, "=", other) + ", false) THEN " + value
                        + " END)"
                : "nullif(" + value + ", " + other + ")";
    }

    private static String decode(List<String> a) {
        StringBuilder text = new StringBuilder("(CASE");
        int i = 1;
        for (; i + 1 < a.size(); i += 2) {
            text.append(" WHEN ").append(same(a.getFirst(), a.get(i)));
            text.append(" THEN ").append(a.get(i + 1));
        }
        return text.append(i < a.size() ? " ELSE " + a.get(i) : "")
                .append(" END)")
                .toString();
    }

    private static List<String> ordered(String name, List<String> a) {
        if (a.stream().anyMatch(Casts::isElement)) {
            throw SnowflakeError.unsupported(name + " of a path that has no cast (add ::type)");
        }
        return a;
    }

    private static String unlessAnyNull(List<String> a, String otherwise) {
        String nulls = a.stream().map(one -> one + " IS NULL").collect(Collectors.joining(" OR "));
        return "(CASE WHEN " + nulls + " THEN NULL ELSE " + otherwise + " END)";
    }

    private static String toNumber(String name, List<String> a) {
        return hasFormat(a)
                ? Casts.castText(parsed(name, a, "0"), number(name, a.subList(1, a.size())))
                : Casts.cast("(" + a.get(0) + ")", number(name, a), false);
    }

    private static String tryToNumber(String name, List<String> a) {
        return hasFormat(a)
                ? Casts.tryCast(parsed(name, a, "1"), number(name, a.subList(1, a.size())))
                : Casts.tryCast(a.get(0), number(name, a));
    }

    private static boolean hasFormat(List<String> a) {
        return a.size() > 1 && Casts.isString(a.get(1));
    }

    /// @param lenient 1 for NULL where no format reads the text, 0 for an error
    private static String parsed(String name, List<String> a, String lenient) {
        String format = FunctionTable.literal(name, a.get(1));
        if (NumberModel.alternatives(format).isEmpty()) {
            throw SnowflakeError.unsupported("The function " + name + " with the format '" + format + "'");
        }
        return Names.PARSED_NUMBER + "(" + Names.TEXT + "(" + a.get(0) + "), " + a.get(1) + ", '" + lenient + "')";
    }

    /// @param a precision and scale are its second and third
    private static SnowflakeType number(String name, List<String> a) {
        if (a.size() > 3 || !IntStream.range(1, a.size()).allMatch(i -> a.get(i).matches("\\d+"))) {
            throw SnowflakeError.unsupported("The function " + name + " with a format that is no literal, or a scale");
        }
        return FunctionTranslator.type(
                a.size() == 1 ? "NUMBER" : "NUMBER(" + String.join(",", a.subList(1, a.size())) + ")");
    }
}
