package dev.feedline.snowflake;

/// A statement that failed, as Snowflake reports it: code, SQL state and message.
public final class SnowflakeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final SnowflakeError error;

    public SnowflakeException(SnowflakeError error, String message) {
        super(message);
        this.error = error;
    }

    public SnowflakeException(SnowflakeError error, String message, Throwable cause) {
        super(message, cause);
        this.error = error;
    }

    public SnowflakeError error() {
        return error;
    }

    public String code() {
        return error.code();
    }

    public String sqlState() {
        return error.sqlState();
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
