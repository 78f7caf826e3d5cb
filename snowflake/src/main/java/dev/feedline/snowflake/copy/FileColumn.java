package dev.feedline.snowflake.copy;

/// A column of a staged Parquet file.
///
/// @param duckName what DuckDB calls it: another name where two differ only in case
/// @param type DuckDB's type
record FileColumn(String name, String duckName, String type) {}
