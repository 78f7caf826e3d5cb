package dev.feedline.snowflake.engine;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeException;
import dev.feedline.snowflake.sql.DuckType;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// DuckDB's messages as Snowflake's errors.
public final class DuckDbErrors {
    private static final Pattern TABLE = Pattern.compile("Table with name \"?([^\"\\s]+)\"? does not exist");
    private static final Pattern SCHEMA = Pattern.compile("Schema with name \"?([^\"\\s]+)\"? does not exist");
    private static final Pattern FUNCTION = Pattern.compile("Function with name \"?([^\"\\s]+)\"? does not exist");
    private static final Pattern COLUMN =
            Pattern.compile("[Cc]olumn \"?([^\"\\s]+)\"? (?:not found|was not found|does)");

    /// `Could not convert string 'x' to BOOL`, `invalid date field format: "x"`
    private static final Pattern UNCONVERTED = Pattern.compile(
            "(?:Could not convert string|invalid (date|time|timestamp) field format:) ([\"'])(.*)\\2(?: to (\\w+))?");

    /// `No function matches the given name and argument types 'sum(VARCHAR)'`, `Macro feedline_add() does not support
    /// …`
    private static final Pattern ARGUMENTS = Pattern.compile(
            "(?:argument types '|function call \"|Macro )([^(\\s]+)(\\([^'\"]+\\))?(?:'|\"|\\(\\) does not support)");

    /// `Could not cast value 1000 to DECIMAL(3,0)`
    private static final Pattern TOO_WIDE = Pattern.compile("Could not cast value (\\S+) to DECIMAL");

    /// `Casting value "9.99" to type DECIMAL(2,1) failed: value is out of range!`
    private static final Pattern OUT_OF_RANGE =
            Pattern.compile("Casting value \"([^\"]*)\" to type DECIMAL\\(.*value is out of range");

    /// `date field value out of range: "2024-02-30"`
    private static final Pattern NO_DATE = Pattern.compile("date field value out of range: \"([^\"]*)\"");

    /// `Unimplemented type for cast (INTEGER -> DATE)`
    private static final Pattern NO_CAST = Pattern.compile("Unimplemented type for cast \\((.*) -> (.*)\\)");

    /// `Column with name "A" already exists!`, in one CREATE TABLE
    private static final Pattern TWICE = Pattern.compile("Column with name \"([^\"]+)\" already exists");

    /// `Table "T" does not have a column named "N"`; of an INSERT's list `with name`
    private static final Pattern COLUMN_OF =
            Pattern.compile("Table \"([^\"]+)\" does not have a column (named|with name) \"([^\"]+)\"");

    /// `Referenced table "T" not found!`, where `T.N` is meant
    private static final Pattern QUALIFIER = Pattern.compile("Referenced table \"([^\"]+)\" not found");

    /// `table "T" has 2 columns but 1 values were supplied`, `… expected 1 columns but 2 values were supplied`
    private static final Pattern VALUES =
            Pattern.compile("(?:has|expected) (\\d+) columns? but (\\d+) values? were supplied");

    /// `column "A" must appear in the GROUP BY clause …`
    private static final Pattern NOT_GROUPED =
            Pattern.compile("column \"?([^\" ]+)\"? must appear in the GROUP BY clause");

    /// `Ambiguous reference to column name "A" (use: …)`
    private static final Pattern AMBIGUOUS = Pattern.compile("Ambiguous reference to column name \"([^\"]+)\"");

    private DuckDbErrors() {}

    public static SnowflakeException translate(SQLException failure) {
        String message = firstLine(failure);
        String kind = message.contains(":") ? message.substring(0, message.indexOf(':')) : "";
        return switch (kind) {
            case "Catalog Error" -> catalog(message, failure);
            case "Binder Error" -> binder(message, failure);
            case "Parser Error" -> SnowflakeError.SYNTAX.with(detail(message), failure);
            case "Out of Range Error" -> outOfRange(message, failure);
            case "Conversion Error" -> conversion(message, failure);
            case "Constraint Error" -> constraint(message, failure);
            case "TransactionContext Error", "Transaction Error" -> transaction(message, failure);
            case "Out of Memory Error" -> SnowflakeError.RESOURCE.with(detail(message), failure);
            case "IO Error" ->
                (noSpace(message) ? SnowflakeError.RESOURCE : SnowflakeError.INTERNAL).with(detail(message), failure);
            case "Permission Error" -> SnowflakeError.UNSUPPORTED.with(detail(message), failure);
            case "Interrupt Error", "INTERRUPT Error", "Interrupted" ->
                SnowflakeError.CANCELED.with("SQL execution canceled", failure);
            case "Invalid Input Error" -> invalid(message, failure);
            default -> SnowflakeError.INTERNAL.with(message, failure);
        };
    }

    /// Whether a second try of the whole transaction may succeed.
    public static boolean isConflict(SQLException failure) {
        String message = firstLine(failure);
        return message.contains("Transaction conflict") || message.contains("write-write conflict");
    }

    /// Whether DuckDB refuses all further work until it is opened again.
    static boolean isFatal(SQLException failure) {
        String message = firstLine(failure);
        return message.startsWith("FATAL Error") || message.contains("database has been invalidated");
    }

    /// Whether the machine, not the statement or the file, is in the way.
    public static boolean isResource(SQLException failure) {
        String message = firstLine(failure);
        return message.startsWith("Out of Memory Error") || noSpace(message);
    }

    public static String firstLine(SQLException failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .strip();
    }

    /// The message without its kind.
    public static String detail(String message) {
        int colon = message.indexOf(": ");
        String detail = colon < 0 ? message : message.substring(colon + 2);
        // What Feedline's own functions throw inside DuckDB.
        return detail.replaceFirst("^java\\.lang\\.\\w+Exception: ", "");
    }

    private static boolean noSpace(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        return lower.contains("no space left") || lower.contains("disk full") || lower.contains("max_temp_directory");
    }

    private static SnowflakeException invalid(String message, SQLException failure) {
        if (message.contains("Invalid floating point operation")) {
            return SnowflakeError.INVALID_VALUE.with(detail(message), failure);
        }
        if (message.contains("Comparing a VARIANT")) {
            return SnowflakeError.UNSUPPORTED.with(
                    detail(message) + " is not supported by the embedded warehouse (add ::type)", failure);
        }
        if (message.contains("Expression type does not match column data type")) {
            return SnowflakeError.COLUMN_TYPE.with(detail(message), failure);
        }
        if (message.contains("Error parsing JSON")) {
            return SnowflakeError.BAD_FILE.with(detail(message), failure);
        }
        if (message.contains("Division by zero")) {
            return SnowflakeError.DIVISION_BY_ZERO.with("Division by zero", failure);
        }
        if (message.contains("cannot affect the same target row more than once")) {
            return SnowflakeError.DUPLICATE_ROW.with("Duplicate row detected during DML action", failure);
        }
        if (message.contains("is too long and would be truncated")) {
            return SnowflakeError.STRING_TOO_LONG.with(detail(message), failure);
        }
        if (message.toLowerCase(Locale.ROOT).contains("hex")) {
            return SnowflakeError.BINARY_NOT_RECOGNIZED.with(
                    "The string is not a legal hex-encoded value: " + detail(message), failure);
        }
        return SnowflakeError.VALUE_NOT_RECOGNIZED.with(detail(message), failure);
    }

    private static SnowflakeException outOfRange(String message, SQLException failure) {
        return message.contains("field value out of range")
                ? conversion(message, failure)
                : SnowflakeError.NUMBER_OVERFLOW.with("Number out of representable range: " + detail(message), failure);
    }

    private static SnowflakeException conversion(String message, SQLException failure) {
        Matcher wide = TOO_WIDE.matcher(message);
        if (wide.find()) {
            return SnowflakeError.NUMBER_OUT_OF_RANGE.with(
                    "Numeric value '" + wide.group(1) + "' is out of range", failure);
        }
        Matcher cast = NO_CAST.matcher(message);
        if (cast.find()) {
            return SnowflakeError.INVALID_VALUE.with(
                    "invalid type conversion from " + types("(" + cast.group(1) + ")") + " to "
                            + types("(" + cast.group(2) + ")"),
                    failure);
        }
        Matcher ranged = OUT_OF_RANGE.matcher(message);
        if (ranged.find()) {
            return SnowflakeError.NUMBER_OUT_OF_RANGE.with(
                    "Numeric value '" + ranged.group(1) + "' is out of range", failure);
        }
        Matcher none = NO_DATE.matcher(message);
        if (none.find()) {
            return SnowflakeError.DATE_NOT_RECOGNIZED.with("Date '" + none.group(1) + "' is not recognized", failure);
        }
        Matcher value = UNCONVERTED.matcher(message);
        if (!value.find()) {
            return SnowflakeError.VALUE_NOT_RECOGNIZED.with(detail(message), failure);
        }
        String text = "'" + value.group(3) + "' is not recognized";
        String type = (value.group(1) + "/" + value.group(4)).toUpperCase(Locale.ROOT);
        if (type.contains("TIME")) {
            return SnowflakeError.TIMESTAMP_NOT_RECOGNIZED.with("Timestamp " + text, failure);
        }
        if (type.contains("DATE")) {
            return SnowflakeError.DATE_NOT_RECOGNIZED.with("Date " + text, failure);
        }
        return type.contains("BOOL")
                ? SnowflakeError.BOOLEAN_NOT_RECOGNIZED.with("Boolean value " + text, failure)
                : SnowflakeError.VALUE_NOT_RECOGNIZED.with("Numeric value " + text, failure);
    }

    private static SnowflakeException catalog(String message, SQLException failure) {
        Matcher table = TABLE.matcher(message);
        if (table.find()) {
            return SnowflakeError.TABLE_NOT_FOUND.with(
                    "Object '" + table.group(1).toUpperCase(Locale.ROOT) + "' does not exist or not authorized.",
                    failure);
        }
        Matcher function = FUNCTION.matcher(message);
        if (function.find()) {
            return SnowflakeError.UNKNOWN_FUNCTION.with(
                    "Unknown function " + function.group(1).toUpperCase(Locale.ROOT) + ".", failure);
        }
        Matcher schema = SCHEMA.matcher(message);
        if (schema.find()) {
            return SnowflakeError.OBJECT_NOT_FOUND.with(
                    "Schema '" + schema.group(1).toUpperCase(Locale.ROOT) + "' does not exist or not authorized.",
                    failure);
        }
        Matcher twice = TWICE.matcher(message);
        if (twice.find()) {
            return SnowflakeError.COLUMN_EXISTS.with("duplicate column name '" + twice.group(1) + "'", failure);
        }
        if (message.contains("already exists")) {
            return SnowflakeError.OBJECT_EXISTS.with(detail(message), failure);
        }
        return message.contains("does not exist")
                ? SnowflakeError.TABLE_NOT_FOUND.with(detail(message), failure)
                : SnowflakeError.SYNTAX.with(detail(message), failure);
    }

    /// DuckDB's types in brackets, as Snowflake calls them.
    private static String types(String duck) {
        return Arrays.stream(duck.substring(1, duck.length() - 1).split(", "))
                .map(type -> switch (type) {
                    case "STRING_LITERAL" -> "VARCHAR";
                    case "INTEGER_LITERAL" -> "NUMBER(38,0)";
                    case "NULL" -> type;
                    default -> DuckType.toSnowflake(type).sql();
                })
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static SnowflakeException binder(String message, SQLException failure) {
        Matcher arguments = ARGUMENTS.matcher(message);
        if (arguments.find()) {
            return SnowflakeError.ARGUMENT_TYPES.with(
                    "Invalid argument types for function '"
                            + arguments.group(1).toUpperCase(Locale.ROOT).replace("FEEDLINE_", "") + "'"
                            + (arguments.group(2) == null ? "" : ": " + types(arguments.group(2))),
                    failure);
        }
        Matcher column = COLUMN.matcher(message);
        if (column.find()) {
            return identifier(column.group(1), failure);
        }
        Optional<SnowflakeException> named = named(message, failure);
        if (named.isPresent()) {
            return named.get();
        }
        if (message.contains("Catalog \"") || message.contains("Schema")) {
            return SnowflakeError.OBJECT_NOT_FOUND.with(detail(message), failure);
        }
        return SnowflakeError.SYNTAX.with(detail(message), failure);
    }

    /// What a statement names, or lists, and what does not fit.
    private static Optional<SnowflakeException> named(String message, SQLException failure) {
        Matcher of = COLUMN_OF.matcher(message);
        if (of.find()) {
            String column = of.group(2).equals("named") ? of.group(1) + "." + of.group(3) : of.group(3);
            return Optional.of(identifier(column, failure));
        }
        Matcher qualifier = QUALIFIER.matcher(message);
        if (qualifier.find()) {
            return Optional.of(identifier(qualifier.group(1), failure));
        }
        Matcher values = VALUES.matcher(message);
        if (values.find()) {
            return Optional.of(SnowflakeError.COLUMN_LIST.with(
                    "Insert value list does not match column list expecting " + values.group(1) + " but got "
                            + values.group(2),
                    failure));
        }
        Matcher grouped = NOT_GROUPED.matcher(message);
        if (grouped.find()) {
            return Optional.of(SnowflakeError.NOT_GROUPED.with(
                    "'" + grouped.group(1).toUpperCase(Locale.ROOT)
                            + "' in select clause is neither an aggregate nor in the group by clause.",
                    failure));
        }
        Matcher ambiguous = AMBIGUOUS.matcher(message);
        if (ambiguous.find()) {
            return Optional.of(SnowflakeError.SYNTAX.with(
                    "ambiguous column name '" + ambiguous.group(1).toUpperCase(Locale.ROOT) + "'", failure));
        }
        return message.contains("Set operations can only apply to expressions with the same number of result columns")
                ? Optional.of(SnowflakeError.SET_COLUMNS.with(
                        "invalid number of result columns for set operator input branches", failure))
                : Optional.empty();
    }

    private static SnowflakeException identifier(String name, SQLException failure) {
        return SnowflakeError.INVALID_IDENTIFIER.with(
                "error: invalid identifier '" + name.toUpperCase(Locale.ROOT) + "'", failure);
    }

    private static SnowflakeException constraint(String message, SQLException failure) {
        if (message.contains("NOT NULL constraint failed")) {
            String column = message.substring(message.lastIndexOf(':') + 1).strip();
            return SnowflakeError.NULL_NOT_ALLOWED.with(
                    "NULL result in a non-nullable column " + column.substring(column.lastIndexOf('.') + 1), failure);
        }
        return message.contains("CHECK constraint failed")
                ? SnowflakeError.STRING_TOO_LONG.with("String is too long and would be truncated", failure)
                : SnowflakeError.VALUE_NOT_RECOGNIZED.with(detail(message), failure);
    }

    private static SnowflakeException transaction(String message, SQLException failure) {
        return message.contains("aborted")
                ? SnowflakeError.TRANSACTION_ABORTED.with(
                        "The transaction was rolled back by an earlier error.", failure)
                : SnowflakeError.CONFLICT.with(detail(message), failure);
    }
}
