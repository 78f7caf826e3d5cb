package dev.feedline.snowflake;

import dev.feedline.kernel.Blame;

/// What can go wrong in the warehouse, with the code and SQL state that Snowflake's drivers see.
public enum SnowflakeError {
    /// The text is no statement Snowflake would parse.
    SYNTAX("001003", "42000", Blame.CALLER),
    /// Snowflake has it; the embedded warehouse does not, and says so instead of guessing.
    UNSUPPORTED("001003", "0A000", Blame.CALLER),
    EMPTY_STATEMENT("000900", "42601", Blame.CALLER),
    INVALID_IDENTIFIER("000904", "42000", Blame.CALLER),
    /// A value or property that the statement must not have.
    INVALID_VALUE("001008", "22023", Blame.CALLER),
    /// A function or an operator that does not take values of these types.
    ARGUMENT_TYPES("001044", "42P13", Blame.CALLER),
    UNKNOWN_FUNCTION("002140", "42601", Blame.CALLER),
    TABLE_NOT_FOUND("002003", "42S02", Blame.CALLER),
    OBJECT_NOT_FOUND("002003", "02000", Blame.CALLER),
    OBJECT_EXISTS("002002", "42710", Blame.CALLER),
    COLUMN_EXISTS("002025", "42S21", Blame.CALLER),
    /// A column's type that ALTER TABLE cannot change to.
    TYPE_CHANGE("002108", "22000", Blame.CALLER),
    COLUMN_TYPE("002023", "22000", Blame.CALLER),
    /// A temporary table cloned to one that lasts.
    TEMPORARY_CLONE("002119", "0A000", Blame.CALLER),
    TRANSIENT_CLONE("002120", "0A000", Blame.CALLER),
    NO_CURRENT_DATABASE("090105", "22000", Blame.CALLER),
    NO_CURRENT_SCHEMA("090106", "22000", Blame.CALLER),
    /// Parquet into a table of several columns without MATCH_BY_COLUMN_NAME.
    SEMI_STRUCTURED_COPY("002019", "0A000", Blame.CALLER),
    VALUE_NOT_RECOGNIZED("100038", "22018", Blame.CALLER),
    /// A value of a staged file that does not fit its column.
    CAST_FAILED("100071", "22000", Blame.CALLER),
    BOOLEAN_NOT_RECOGNIZED("100037", "22018", Blame.CALLER),
    DATE_NOT_RECOGNIZED("100040", "22007", Blame.CALLER),
    TIMESTAMP_NOT_RECOGNIZED("100035", "22007", Blame.CALLER),
    TIME_NOT_RECOGNIZED("100108", "22007", Blame.CALLER),
    BINARY_NOT_RECOGNIZED("100115", "22000", Blame.CALLER),
    /// The result of a computation.
    NUMBER_OVERFLOW("100046", "22003", Blame.CALLER),
    /// A row that several rows of a MERGE's source match.
    DUPLICATE_ROW("100090", "42P18", Blame.CALLER),
    NUMBER_OUT_OF_RANGE("100039", "22003", Blame.CALLER),
    /// A SELECT that gives more or fewer columns than the table takes.
    COLUMN_LIST("002020", "21S01", Blame.CALLER),
    /// A column of a query that groups, which is no group.
    NOT_GROUPED("001104", "42601", Blame.CALLER),
    /// UNION and its like, of queries of different widths.
    SET_COLUMNS("001789", "42601", Blame.CALLER),
    /// More or fewer fields in a file than columns in the table.
    COLUMN_COUNT("100080", "22000", Blame.CALLER),
    /// A field delimiter where the record should end.
    FIELD_DELIMITER("100016", "22000", Blame.CALLER),
    /// The record's end where a field should come, or anything else that is no record.
    END_OF_RECORD("100068", "22000", Blame.CALLER),
    INVALID_CHARACTERS("100144", "22000", Blame.CALLER),
    /// A value of a staged file that is longer than any column takes.
    VALUE_TOO_LARGE("100082", "22000", Blame.CALLER),
    /// An empty field of delimited text for a column that must have a value.
    EMPTY_FIELD("100088", "22000", Blame.CALLER),
    /// Text longer than a column of a staged file's table takes.
    STRING_LIMIT("100074", "54000", Blame.CALLER),
    DIVISION_BY_ZERO("100051", "22012", Blame.CALLER),
    STRING_TOO_LONG("100078", "22000", Blame.CALLER),
    NULL_NOT_ALLOWED("100072", "22000", Blame.CALLER),
    /// A staged file cannot be read or its rows do not fit the table.
    BAD_FILE("100069", "22P02", Blame.CALLER),
    /// A file named in FILES is not on the stage.
    FILE_NOT_FOUND("091016", "02000", Blame.CALLER),
    BIND_MISSING("002049", "42601", Blame.CALLER),
    /// The transaction was rolled back by an earlier error of its own.
    TRANSACTION_ABORTED("090232", "25000", Blame.CALLER),
    /// Another transaction changed the same rows or table first.
    CONFLICT("000625", "57014", Blame.CALLER),
    CANCELED("000604", "57014", Blame.CALLER),
    SESSION_CLOSED("390111", "08003", Blame.CALLER),
    /// Stage storage (S3) or a queue does not answer.
    STORAGE("100016", "58030", Blame.RESOURCE),
    RESOURCE("000606", "57P03", Blame.RESOURCE),
    INTERNAL("000603", "XX000", Blame.FEEDLINE);

    private final String code;
    private final String sqlState;
    private final Blame blame;

    SnowflakeError(String code, String sqlState, Blame blame) {
        this.code = code;
        this.sqlState = sqlState;
        this.blame = blame;
    }

    /// Six digits, as the drivers show them.
    public String code() {
        return code;
    }

    public String sqlState() {
        return sqlState;
    }

    public Blame blame() {
        return blame;
    }

    /// The exception of this error; compilation errors get Snowflake's first line before the message.
    public SnowflakeException with(String message) {
        return new SnowflakeException(this, prefix() + message);
    }

    public SnowflakeException with(String message, Throwable cause) {
        return new SnowflakeException(this, prefix() + message, cause);
    }

    private String prefix() {
        return code.startsWith("00") && blame == Blame.CALLER && this != CANCELED && this != CONFLICT
                ? "SQL compilation error:\n"
                : "";
    }

    /// The refusal of something that is Snowflake's and is not translated yet.
    public static SnowflakeException unsupported(String what) {
        return UNSUPPORTED.with(what + " is not supported by the embedded warehouse");
    }
}
