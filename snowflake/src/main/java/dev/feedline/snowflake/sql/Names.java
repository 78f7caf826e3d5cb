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

    /// (number or text) → the step of a JSON path that it is as a subscript
    public static final String STEP = "memory.main.feedline_step";

    /// (dividend, divisor): two decimals give one of six more decimals, up to twelve.
    public static final String DIVIDE = "memory.main.feedline_divide";

    /// (interval, date or timestamp): where its slice begins
    public static final String SLICE = "memory.main.feedline_slice";

    /// (time or timestamp, fractional digits), without the digits behind them
    public static final String CUT = "memory.main.feedline_cut";

    /// (number): whole where it is
    public static final String CUBE_ROOT = "memory.main.feedline_cbrt";

    /// (list of numbers): their average as [#DIVIDE] gives it, NULL for none
    public static final String AVERAGE = "memory.main.feedline_average";

    /// (dividend, divisor) as texts → the exact quotient as Snowflake rounds it
    public static final String QUOTIENT = "feedline_quotient";

    /// (value): of a VARIANT the text without quotes, of a moment or a double Snowflake's text
    public static final String TEXT = "memory.main.feedline_text";

    /// (value): fails for a VARIANT
    public static final String TYPED = "memory.main.feedline_typed";

    /// (operation, JSON text, another) → a key or JSON text; see [Variants]
    public static final String VARIANT = "feedline_variant";

    /// (value), of a VARIANT with one text for equal values
    public static final String CANONICAL = "memory.main.feedline_canonical";

    /// (SAME or RANKED, side, other side, the other side where its value matters, value of the type it takes): a side
    /// of a comparison
    public static final String SIDE = "memory.main.feedline_side";

    /// (side, other side) → the field of the side's type
    public static final String SIDE_TYPE = "memory.main.feedline_side_type";

    /// (value, value of the type it takes): what ORDER BY sorts by
    public static final String RANKED = "memory.main.feedline_ranked";

    /// (value, value of the type it takes): of a VARIANT the text without quotes
    public static final String VALUE = "memory.main.feedline_value";

    /// (value): as a VARIANT; fails for a text, which is none
    public static final String REQUIRED = "memory.main.feedline_variant_only";

    /// (value) → the field of the type that RANKED and VALUE take
    public static final String RANK_TYPE = "memory.main.feedline_rank_type";

    /// (value) → BOOLEAN: of a text what its words mean
    public static final String BOOL = "memory.main.feedline_bool";

    /// (number as text, format) → text; see [NumberModel]
    public static final String FORMATTED = "feedline_number_text";

    /// (text, formats, 1 for NULL where none reads it) → number as text
    public static final String PARSED_NUMBER = "feedline_number";

    /// (text, length): fails for a longer one
    public static final String SIZED = "memory.main.feedline_sized";

    /// (value) → DATE: of a text in one of the formats that Snowflake finds by itself
    public static final String DAY = "memory.main.feedline_day";

    /// (text or binary) → BLOB: a text's bytes
    public static final String BYTES = "memory.main.feedline_bytes";

    /// (text or binary): characters, or bytes
    public static final String LENGTH = "memory.main.feedline_length";

    /// (value, key, whether a NULL counts) → the text of an object's pair
    public static final String PAIR = "memory.main.feedline_pair";

    /// (value) → the literal it is written as
    public static final String LITERAL = "memory.main.feedline_literal";

    /// (date or timestamp, 1 to 7 for the day that weeks begin with)
    public static final String WEEK = "memory.main.feedline_week";

    /// (date, timestamp or time, strftime's format)
    public static final String WRITTEN = "memory.main.feedline_written";

    /// (number), of its own type
    public static final String FLOOR = "memory.main.feedline_floor";

    public static final String CEIL = "memory.main.feedline_ceil";

    /// (operation, array as JSON, argument, argument) → JSON
    public static final String ARRAY = "feedline_array";

    /// (operation, object as JSON, key or JSON array of keys, JSON value) → JSON
    public static final String OBJECT = "feedline_object";

    /// (operation, subject, pattern, position, occurrence, options, replacement or group)
    public static final String REGEXP = "feedline_regexp";

    /// (function, text, argument)
    public static final String WORDS = "feedline_words";

    /// (value, scale) → TIMESTAMP: a number counts seconds, or 10^-scale of one, since 1970
    public static final String MOMENT = "memory.main.feedline_moment";

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
