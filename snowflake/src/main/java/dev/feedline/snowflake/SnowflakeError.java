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
    UNKNOWN_FUNCTION("002140", "42601", Blame.CALLER),
    TABLE_NOT_FOUND("002003", "42S02", Blame.CALLER),
    OBJECT_NOT_FOUND("002003", "02000", Blame.CALLER),
    OBJECT_EXISTS("002002", "42710", Blame.CALLER),
    COLUMN_EXISTS("002025", "42S21", Blame.CALLER),
    NO_CURRENT_DATABASE("090105", "22000", Blame.CALLER),
    NO_CURRENT_SCHEMA("090106", "22000", Blame.CALLER),
    /// Parquet into a table of several columns without MATCH_BY_COLUMN_NAME.
    SEMI_STRUCTURED_COPY("002019", "0A000", Blame.CALLER),
    VALUE_NOT_RECOGNIZED("100038", "22018", Blame.CALLER),
    BOOLEAN_NOT_RECOGNIZED("100037", "22018", Blame.CALLER),
    DATE_NOT_RECOGNIZED("100040", "22007", Blame.CALLER),
    TIMESTAMP_NOT_RECOGNIZED("100035", "22007", Blame.CALLER),
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
