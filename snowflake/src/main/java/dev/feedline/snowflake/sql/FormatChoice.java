package dev.feedline.snowflake.sql;

/// FILE_FORMAT: a named one, or one spelled out in place.
public sealed interface FormatChoice {
    record Named(ObjectName name) implements FormatChoice {}

    record Inline(FileFormat format) implements FormatChoice {}
}
