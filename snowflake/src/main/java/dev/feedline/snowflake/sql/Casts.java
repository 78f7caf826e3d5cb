package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import java.util.List;
import java.util.regex.Pattern;

/// How `x::TYPE` and CAST are said to DuckDB.
final class Casts {
    /// `$1`, but not the column `"$1"` of a staged file.
    private static final Pattern BIND = Pattern.compile("(?<!\")\\$\\d");

    /// A time zone's offset after a blank, which Snowflake reads and DuckDB does not.
    private static final Pattern ZONE_APART = Pattern.compile("(?<=\\d) ([+-]\\d{2}:?\\d{2})'$");

    static final Pattern NAME = Pattern.compile("(?:\"[^\"]+\"|[\\w$]+)(?:\\.(?:\"[^\"]+\"|[\\w$]+))*");

    /// An element of a JSON value, as [Operands] and [JsonForms] write it.
    private static final Pattern ELEMENT =
            Pattern.compile("(?s)CAST\\(" + JsonPath.ELEMENT + "\\((.*'\\$[^']*'\\)) AS JSON\\)");

    private Casts() {}

    static boolean isBound(String operand) {
        return BIND.matcher(operand).find();
    }

    static boolean isString(String operand) {
        return operand.matches("(?s)'(?:[^']|'')*'");
    }

    /// Whether it is an element of a JSON value, whose text DuckDB would compare.
    static boolean isElement(String operand) {
        return ELEMENT.matcher(operand).matches();
    }

    /// Beside an element of a JSON value any other value is one, too.
    static List<String> alike(List<String> operands) {
        return operands.stream().noneMatch(Casts::isElement)
                ? operands
                : operands.stream()
                        .map(one -> isElement(one) || one.equals("NULL") ? one : JsonForms.variant(one))
                        .toList();
    }

    /// An argument where a text is wanted: a VARIANT's string without its quotes. Only a name's type is not known here.
    static String asText(String operand) {
        var element = ELEMENT.matcher(operand);
        if (element.matches()) {
            return JsonPath.TEXT + "(" + element.group(1);
        }
        if (operand.matches("\\d+(\\.\\d+)?")) {
            return Quoting.literal(operand);
        }
        if (operand.equals("NULL")) {
            return "CAST(NULL AS VARCHAR)";
        }
        boolean name = NAME.matcher(operand).matches() && !operand.matches("\\d.*|NULL|TRUE|FALSE");
        return name || operand.contains(" AS JSON)") ? Names.TEXT + "(" + operand + ")" : operand;
    }

    /// Casts an operand whose type is not known here.
    ///
    /// A JSON operand is first unwrapped by Feedline's own function: DuckDB's cast would keep a
    /// string's quotes and read a long number as a double. `typeof` of a bound expression is a
    /// constant to DuckDB, so the choice costs nothing.
    static String cast(String operand, SnowflakeType type, boolean literal) {
        if (type.kind().semiStructured()) {
            return JsonForms.variant(operand);
        }
        if (type.kind() == SnowflakeType.Kind.BINARY) {
            return "unhex(" + Names.TEXT + "(" + operand + "))";
        }
        if (type.kind() == SnowflakeType.Kind.BOOLEAN) {
            return Names.BOOL + "(" + operand + ")";
        }
        if (type.kind() == SnowflakeType.Kind.DATE && !isBound(operand)) {
            return Names.DAY + "(" + operand + ")";
        }
        if (literal && type.kind() == SnowflakeType.Kind.VARCHAR && operand.matches("[\\d.]+[eE][+-]?\\d+")) {
            return sized(Names.TEXT + "(" + operand + ")", type);
        }
        // A bind's type is not known when the statement is prepared.
        if (literal || isBound(operand)) {
            String value = ZONE_APART.matcher(operand).replaceFirst("$1'");
            return sized("CAST(" + value + " AS " + DuckType.of(type) + ")", type);
        }
        String duck = DuckType.of(type);
        if (type.kind() == SnowflakeType.Kind.VARCHAR) {
            return sized(Names.TEXT + "(" + operand + ")", type);
        }
        return sized(
                "(CASE WHEN typeof(" + operand + ") = 'JSON' THEN CAST(" + JsonPath.TEXT + "(CAST(" + operand
                        + " AS VARCHAR), '$') AS " + duck + ") ELSE CAST(" + operand + " AS " + duck + ") END)",
                type);
    }

    static boolean isLiteral(String operand) {
        return operand.matches("(?s)'(?:[^']|'')*'|\\d+(\\.\\d*)?");
    }

    /// Casts what [JsonPath#TEXT] gave.
    static String castText(String text, SnowflakeType type) {
        if (type.kind() == SnowflakeType.Kind.BINARY) {
            return "unhex(" + text + ")";
        }
        return sized("CAST(" + text + " AS " + DuckType.of(type) + ")", type);
    }

    static String tryCast(String operand, SnowflakeType type) {
        if (type.kind().semiStructured()) {
            throw SnowflakeError.unsupported("TRY_CAST to " + type.kind());
        }
        if (type.kind() == SnowflakeType.Kind.BINARY) {
            return "TRY(unhex(" + operand + "))";
        }
        if (type.isLimitedText()) {
            String text = Names.TEXT + "(" + operand + ")";
            return "(CASE WHEN length(" + text + ") <= " + type.precision() + " THEN " + text + " END)";
        }
        String cast = "TRY_CAST(" + operand + " AS " + DuckType.of(type) + ")";
        return type.isShortMoment() ? Names.CUT + "(" + cast + ", " + type.precision() + ")" : cast;
    }

    /// What is longer than the VARCHAR is an error. Source: docs.snowflake.com/en/sql-reference/functions/cast
    private static String sized(String cast, SnowflakeType type) {
        if (type.isShortMoment()) {
            return Names.CUT + "(" + cast + ", " + type.precision() + ")";
        }
        return type.isLimitedText() ? Names.SIZED + "(" + cast + ", " + type.precision() + ")" : cast;
    }
}
