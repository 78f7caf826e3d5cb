package dev.feedline.snowflake.sql;

/// How staged files are read.
///
/// @param useLogicalType Parquet: read timestamps and the like by their logical type; Snowflake's
///     default is false
/// @param stripOuterArray JSON: the elements of an outer array are the rows
public record FileFormat(Type type, boolean useLogicalType, boolean stripOuterArray, Compression compression) {
    public enum Type {
        PARQUET,
        JSON
    }

    public enum Compression {
        AUTO,
        GZIP,
        NONE,
        SNAPPY
    }
}
