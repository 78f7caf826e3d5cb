package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.sql.ParquetFormat;
import dev.feedline.snowflake.sql.Quoting;
import java.util.stream.Collectors;

/// A column of a staged Parquet file.
///
/// @param value DuckDB's expression for it, after TRIM_SPACE and NULL_IF
/// @param type DuckDB's type; BINARY for bytes that are not to be read as text
record FileColumn(String name, String value, String type) {
    static FileColumn of(String name, String duckName, String type, ParquetFormat format) {
        String value = Quoting.identifier(duckName);
        if (type.equals("VARCHAR")) {
            value = format.trimSpace() ? "trim(" + value + ")" : value;
            if (!format.nullIf().isEmpty()) {
                String nulls =
                        format.nullIf().stream().map(Quoting::literal).collect(Collectors.joining(", ", "(", ")"));
                value = "CASE WHEN " + value + " NOT IN " + nulls + " THEN " + value + " END";
            }
        }
        return new FileColumn(name, value, type.equals("BLOB") && !format.binaryAsText() ? "BINARY" : type);
    }
}
