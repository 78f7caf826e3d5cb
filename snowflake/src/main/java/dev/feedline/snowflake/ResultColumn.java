package dev.feedline.snowflake;

/// A column of a result; the name is as Snowflake shows it (upper case unless quoted).
public record ResultColumn(String name, SnowflakeType type, boolean nullable) {
    public static ResultColumn text(String name) {
        return new ResultColumn(name, SnowflakeType.VARCHAR, true);
    }

    public static ResultColumn number(String name) {
        return new ResultColumn(name, SnowflakeType.NUMBER, true);
    }
}
