package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.sql.DuckType;
import dev.feedline.snowflake.sql.Quoting;
import java.util.Optional;
import java.util.OptionalLong;

/// How a Parquet value becomes a table's value: exactly, or not at all.
///
/// DuckDB's cast would make 2 of 1.5. Where the types alone do not promise exactness, the expression
/// casts back and compares, and raises an error that [LoadError] reads.
final class LosslessCast {
    /// Begins the message of an error raised inside DuckDB; then row, column and text, separated by
    /// `|`.
    static final String MARK = "feedline-row|";

    private final FileColumn from;
    private final String column;
    private final SnowflakeType to;
    private final String value;
    private final String duck;

    private LosslessCast(FileColumn from, String column, SnowflakeType to) {
        this.from = from;
        this.column = column;
        this.to = to;
        this.value = Quoting.identifier(from.duckName());
        this.duck = DuckType.of(to);
    }

    /// @param column the table's column, for the error
    static String of(FileColumn from, String column, SnowflakeType to) {
        return new LosslessCast(from, column, to).expression();
    }

    private String expression() {
        NestedType type = NestedType.parse(from.type());
        if (to.kind().semiStructured()) {
            return semiStructured(type);
        }
        if (!(type instanceof NestedType.Plain)) {
            if (to.kind() == SnowflakeType.Kind.VARCHAR) {
                return JsonText.of(value, type);
            }
            throw mismatch();
        }
        return switch (to.kind()) {
            case NUMBER -> number();
            case FLOAT -> real();
            case VARCHAR -> text();
            case BOOLEAN -> accepting("BOOLEAN");
            case DATE -> isTimestamp() ? checked(cast(value, "DATE"), back()) : accepting("DATE");
            case TIME -> accepting("TIME");
            case TIMESTAMP_NTZ -> local();
            case TIMESTAMP_LTZ, TIMESTAMP_TZ -> zoned();
            case BINARY -> accepting("BLOB");
            case VARIANT, OBJECT, ARRAY -> throw new IllegalStateException("handled above");
        };
    }

    private String semiStructured(NestedType type) {
        boolean fits = switch (to.kind()) {
            case OBJECT -> type instanceof NestedType.Struct || type instanceof NestedType.MapOf;
            case ARRAY -> type instanceof NestedType.ListOf;
            default -> true;
        };
        if (!fits) {
            throw mismatch();
        }
        return JsonText.of(value, type);
    }

    private String number() {
        String type = from.type();
        int digits = to.precision() - to.scale();
        if (type.startsWith("DECIMAL(")) {
            SnowflakeType source = DuckType.toSnowflake(type);
            boolean fits = source.scale() <= to.scale() && source.precision() - source.scale() <= digits;
            return fits ? cast(value, duck) : checked(cast(value, duck), back());
        }
        return switch (type) {
            case "TINYINT", "UTINYINT" -> digits >= 3 ? cast(value, duck) : checked(cast(value, duck), back());
            case "SMALLINT", "USMALLINT" -> digits >= 5 ? cast(value, duck) : checked(cast(value, duck), back());
            case "INTEGER", "UINTEGER" -> digits >= 10 ? cast(value, duck) : checked(cast(value, duck), back());
            case "BIGINT", "UBIGINT" -> digits >= 20 ? cast(value, duck) : checked(cast(value, duck), back());
            case "HUGEINT", "UHUGEINT", "FLOAT", "DOUBLE" -> checked(cast(value, duck), back());
            case "VARCHAR" -> checked(cast("trim(" + value + ")", duck), exactText());
            default -> throw mismatch();
        };
    }

    /// Text that names a number with no more digits behind the point than the column keeps.
    private String exactText() {
        return "regexp_full_match(trim(" + value + "), '[+-]?[0-9]*([.][0-9]{0," + to.scale() + "}0*)?')";
    }

    private String real() {
        return switch (from.type()) {
            case "FLOAT", "DOUBLE", "TINYINT", "UTINYINT", "SMALLINT", "USMALLINT", "INTEGER", "UINTEGER" ->
                cast(value, duck);
            case "BIGINT", "UBIGINT", "HUGEINT", "UHUGEINT" -> checked(cast(value, duck), back());
            case "VARCHAR" -> checked(cast(value, duck), "true");
            default -> {
                if (from.type().startsWith("DECIMAL(")) {
                    yield checked(cast(value, duck), back());
                }
                throw mismatch();
            }
        };
    }

    /// Binary without a logical type is read as text, as Snowflake does by default; `decode` refuses
    /// what is no UTF-8.
    private String text() {
        return from.type().equals("BLOB") ? "decode(" + value + ")" : cast(value, "VARCHAR");
    }

    private String local() {
        return switch (from.type()) {
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "DATE" -> cast(value, duck);
            case "TIMESTAMP_NS" -> checked(cast(value, duck), back());
            case "TIMESTAMP WITH TIME ZONE" -> "timezone('UTC', " + value + ")";
            case "VARCHAR" -> checked(cast(value, duck), microseconds());
            default -> throw mismatch();
        };
    }

    private String zoned() {
        return switch (from.type()) {
            case "TIMESTAMP WITH TIME ZONE" -> value;
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS" -> "timezone('UTC', CAST(" + value + " AS TIMESTAMP))";
            case "VARCHAR" -> checked(cast(value, duck), microseconds());
            default -> throw mismatch();
        };
    }

    /// DuckDB's timestamps hold microseconds; finer text would be cut.
    private String microseconds() {
        return "NOT regexp_matches(" + value + ", '[.][0-9]{6}0*[1-9]')";
    }

    /// The same type as it is, text if it can be read.
    private String accepting(String type) {
        if (from.type().equals(type)) {
            return value;
        }
        if (from.type().equals("VARCHAR") && !type.equals("BLOB")) {
            return checked(cast(value, duck), "true");
        }
        throw mismatch();
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

    private String checked(String cast, String exact) {
        String message = "error(" + Quoting.literal(MARK) + " || (file_row_number + 1) || '|' || "
                + Quoting.literal(column.replace("|", "/") + "|Failed to cast value ") + " || CAST(" + value
                + " AS VARCHAR) || " + Quoting.literal(" to " + to.sql()) + ")";
        return "CASE WHEN " + value + " IS NULL THEN NULL WHEN " + cast + " IS NOT NULL AND " + exact + " THEN " + cast
                + " ELSE " + message + " END";
    }

    private FileFailure mismatch() {
        return new FileFailure(
                SnowflakeError.VALUE_NOT_RECOGNIZED,
                "Column " + from.name() + " of the file is " + from.type() + ", which does not cast to " + to.sql(),
                OptionalLong.empty(),
                Optional.of(column),
                null);
    }
}
