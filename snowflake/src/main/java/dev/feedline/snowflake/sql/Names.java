package dev.feedline.snowflake.sql;

/// What Feedline's own functions and macros inside DuckDB are called; macros by their whole name, so that views find
/// them.
public final class Names {
    /// (date or timestamp, interval)
    public static final String ADD = "memory.main.feedline_add";

    /// (part, date or timestamp)
    public static final String TRUNCATE = "memory.main.feedline_trunc";

    /// Fails for 0, by which Snowflake does not divide.
    public static final String DIVISOR = "memory.main.feedline_divisor";

    /// (text, delimiters)
    public static final String INITCAP = "feedline_initcap";

    /// (text, separator) → a JSON array of strings
    public static final String SPLIT = "feedline_split";

    /// (text, delimiters, which)
    public static final String STRTOK = "feedline_strtok";

    /// (JSON text, path, options) → the rows of FLATTEN as a JSON array
    public static final String FLATTEN = "feedline_flatten";

    private Names() {}
}
