package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.sql.DuckType;
import dev.feedline.snowflake.sql.Quoting;
import java.util.Optional;

/// How a Parquet value becomes a table's value: exactly, or not at all.
///
/// DuckDB's cast would make 2 of 1.5. Where the types alone do not promise exactness, the expression
/// casts back and compares, and raises an error that [LoadError] reads.
final class LosslessCast {
    /// Begins the message of an error raised inside DuckDB; then row, column, error and text, separated by
    /// `|`.
    static final String MARK = "feedline-row|";

    /// Characters of a value that a message shows.
    private static final int LONGEST_SHOWN = 200;

    private final FileColumn from;
    private final String column;
    private final SnowflakeType to;
    private final String value;
    private final String duck;

    private LosslessCast(FileColumn from, String column, SnowflakeType to) {
        this.from = from;
        this.column = column;
        this.to = to;
        this.value = from.value();
        this.duck = DuckType.of(to);
    }

    /// @param column the table's column, for the error
    static String of(FileColumn from, String column, SnowflakeType to) {
        return new LosslessCast(from, column, to).expression();
    }

    /// What is wrong with a row's value, as text that [LoadError#ofText] reads; NULL where it fits. Empty when every
    /// value fits.
    static Optional<String> flaw(FileColumn from, String column, SnowflakeType to) {
        return new LosslessCast(from, column, to).flaw();
    }

    /// @param value in the table's type
    /// @param exact whether that is the file's value; empty when it always is
    private record Conversion(String value, Optional<String> exact) {}

    /// Nothing but NULL fits.
    private static final Conversion NEVER = new Conversion("NULL", Optional.of("false"));

    private String expression() {
        Conversion conversion = conversion();
        return conversion
                .exact()
                .map(exact -> "CASE WHEN " + value + " IS NULL THEN NULL WHEN " + conversion.value()
                        + " IS NOT NULL AND " + exact + " THEN " + conversion.value() + " ELSE " + error(message())
                        + " END")
                .orElse(conversion.value());
    }

    private Optional<String> flaw() {
        Conversion conversion = conversion();
        return conversion
                .exact()
                .map(exact -> "CASE WHEN " + value + " IS NOT NULL AND NOT coalesce(" + conversion.value()
                        + " IS NOT NULL AND " + exact + ", false) THEN " + message() + " END");
    }

    /// Raises what is wrong with a row.
    ///
    /// @param flaw an expression of text that [LoadError#ofText] reads
    static String error(String flaw) {
        return "error(" + Quoting.literal(MARK) + " || (file_row_number + 1) || '|' || " + flaw + ")";
    }

    /// `column|error|message` of the row's value.
    private String message() {
        String text = "left(CAST(" + value + " AS VARCHAR), " + LONGEST_SHOWN + ")";
        if (to.kind() == SnowflakeType.Kind.VARCHAR) {
            return from.type().equals("BLOB")
                    ? "CASE WHEN " + decoded() + " IS NULL THEN "
                            + said(SnowflakeError.INVALID_CHARACTERS, "Invalid UTF8 detected in string '0x", hex(), "'")
                            + " ELSE " + tooLong("left(" + decoded() + ", " + LONGEST_SHOWN + ")") + " END"
                    : tooLong(text);
        }
        String shown = from.type().equals("VARCHAR") ? "CAST(to_json(" + text + ") AS VARCHAR)" : text;
        return said(
                SnowflakeError.CAST_FAILED, "Failed to cast variant value ", shown, " to " + LoadError.typeName(to));
    }

    private String tooLong(String text) {
        return said(
                SnowflakeError.STRING_LIMIT,
                "User character length limit (" + to.precision() + ") exceeded by string '",
                text,
                "'");
    }

    /// @param text an expression; what stands around it is not
    private String said(SnowflakeError error, String before, String text, String behind) {
        return Quoting.literal(column.replace("|", "/") + "|" + error + "|" + before) + " || " + text + " || "
                + Quoting.literal(behind);
    }

    private String hex() {
        return "left(hex(" + value + "), " + LONGEST_SHOWN + ")";
    }

    private String decoded() {
        return "TRY(decode(" + value + "))";
    }

    private Conversion conversion() {
        NestedType type = NestedType.parse(from.type());
        if (to.kind().semiStructured()) {
            return semiStructured(type);
        }
        if (!(type instanceof NestedType.Plain)) {
            if (to.kind() == SnowflakeType.Kind.VARCHAR) {
                return sized(always(JsonText.of(value, type)));
            }
            return NEVER;
        }
        return switch (to.kind()) {
            case NUMBER -> number();
            case FLOAT -> real();
            case VARCHAR -> sized(text());
            case BOOLEAN -> accepting("BOOLEAN");
            case DATE -> isTimestamp() ? checked(cast(value, "DATE"), back()) : accepting("DATE");
            case TIME -> accepting("TIME");
            case TIMESTAMP_NTZ -> local();
            case TIMESTAMP_LTZ, TIMESTAMP_TZ -> zoned();
            case BINARY -> accepting("BLOB");
            case VARIANT, OBJECT, ARRAY -> throw new IllegalStateException("handled above");
        };
    }

    private static Conversion always(String value) {
        return new Conversion(value, Optional.empty());
    }

    private static Conversion checked(String value, String exact) {
        return new Conversion(value, Optional.of(exact));
    }

    /// A text that is longer than the column is refused, not cut.
    private Conversion sized(Conversion text) {
        if (to.precision() >= SnowflakeType.LONGEST_VARCHAR) {
            return text;
        }
        String fits = "length(" + text.value() + ") <= " + to.precision();
        return checked(
                text.value(), text.exact().map(exact -> exact + " AND " + fits).orElse(fits));
    }

    private Conversion semiStructured(NestedType type) {
        boolean fits = switch (to.kind()) {
            case OBJECT -> type instanceof NestedType.Struct || type instanceof NestedType.MapOf;
            case ARRAY -> type instanceof NestedType.ListOf;
            default -> true;
        };
        return fits ? always(JsonText.json(value, type)) : NEVER;
    }

    private Conversion number() {
        String type = from.type();
        int digits = to.precision() - to.scale();
        if (type.startsWith("DECIMAL(")) {
            SnowflakeType source = DuckType.toSnowflake(type);
            boolean fits = source.scale() <= to.scale() && source.precision() - source.scale() <= digits;
            return fits ? always(cast(value, duck)) : checked(cast(value, duck), back());
        }
        return switch (type) {
            case "TINYINT", "UTINYINT" -> digits >= 3 ? always(cast(value, duck)) : checked(cast(value, duck), back());
            case "SMALLINT", "USMALLINT" ->
                digits >= 5 ? always(cast(value, duck)) : checked(cast(value, duck), back());
            case "INTEGER", "UINTEGER" -> digits >= 10 ? always(cast(value, duck)) : checked(cast(value, duck), back());
            case "BIGINT", "UBIGINT" -> digits >= 20 ? always(cast(value, duck)) : checked(cast(value, duck), back());
            case "HUGEINT", "UHUGEINT", "FLOAT", "DOUBLE" -> checked(cast(value, duck), back());
            case "VARCHAR" -> checked(cast("trim(" + value + ")", duck), exactText());
            default -> NEVER;
        };
    }

    /// Text that names a number with no more digits behind the point than the column keeps.
    private String exactText() {
        return "regexp_full_match(trim(" + value + "), '[+-]?[0-9]*([.][0-9]{0," + to.scale() + "}0*)?')";
    }

    private Conversion real() {
        return switch (from.type()) {
            case "FLOAT", "DOUBLE", "TINYINT", "UTINYINT", "SMALLINT", "USMALLINT", "INTEGER", "UINTEGER" ->
                always(cast(value, duck));
            case "BIGINT", "UBIGINT", "HUGEINT", "UHUGEINT" -> checked(cast(value, duck), back());
            case "VARCHAR" -> checked(cast(value, duck), "true");
            default -> {
                if (from.type().startsWith("DECIMAL(")) {
                    yield checked(cast(value, duck), back());
                }
                yield NEVER;
            }
        };
    }

    /// Binary without a logical type is read as text, as Snowflake does by default; `decode` refuses
    /// what is no UTF-8.
    private Conversion text() {
        if (from.type().equals("BINARY")) {
            return always("hex(" + value + ")");
        }
        return from.type().equals("BLOB") ? checked(decoded(), "true") : always(cast(value, "VARCHAR"));
    }

    private Conversion local() {
        return switch (from.type()) {
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "DATE" -> always(cast(value, duck));
            case "TIMESTAMP_NS" -> checked(cast(value, duck), back());
            case "TIMESTAMP WITH TIME ZONE" -> always("timezone('UTC', " + value + ")");
            case "VARCHAR" -> checked(cast(value, duck), microseconds());
            default -> NEVER;
        };
    }

    private Conversion zoned() {
        return switch (from.type()) {
            case "TIMESTAMP WITH TIME ZONE" -> always(value);
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS" ->
                always("timezone('UTC', CAST(" + value + " AS TIMESTAMP))");
            case "VARCHAR" -> checked(cast(value, duck), microseconds());
            default -> NEVER;
        };
    }

    /// DuckDB's timestamps hold microseconds; finer text would be cut.
    private String microseconds() {
        return "NOT regexp_matches(" + value + ", '[.][0-9]{6}0*[1-9]')";
    }

    /// The same type as it is, text if it can be read.
    private Conversion accepting(String type) {
        if (from.type().equals(type) || (from.type().equals("BINARY") && type.equals("BLOB"))) {
            return always(value);
        }
        if (from.type().equals("VARCHAR") && !type.equals("BLOB")) {
            return checked(cast(value, duck), "true");
        }
        return NEVER;
    }

    private boolean isTimestamp() {
        return from.type().startsWith("TIMESTAMP") && !from.type().endsWith("ZONE");
    }

    private static String cast(String what, String type) {
        return "TRY_CAST(" + what + " AS " + type + ")";
    }

    /// Whether the cast and its way back give the same value.
    private String back() {
        return "TRY_CAST(" + cast(value, duck) + " AS " + from.type() + ") = " + value;
    }
}
