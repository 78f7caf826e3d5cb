package dev.feedline.parquet;

import java.util.Locale;

/// How whole numbers lie in the pages of columns without a dictionary: counts, dates, moments, and
/// decimals of up to 18 digits.
public enum NumberEncoding {
    /// Four or eight bytes each; every reader takes it.
    PLAIN,

    /// As differences, packed in as few bits as they need, where that makes a page smaller: by far where
    /// numbers rise from row to row. Read by DuckDB, parquet-java, Spark since 3.3 and pyarrow; Snowflake's
    /// documentation does not say whether it is.
    DELTA_BINARY_PACKED;

    /// Reads an encoding's name as the Parquet format has it, in any case, also with `-` for `_`.
    ///
    /// @throws IllegalArgumentException naming the encoding that Feedline does not write
    public static NumberEncoding named(String name) {
        return switch (name.toUpperCase(Locale.ROOT).replace('-', '_')) {
            case "PLAIN" -> PLAIN;
            case "DELTA_BINARY_PACKED" -> DELTA_BINARY_PACKED;
            default ->
                throw new IllegalArgumentException(
                        "Parquet encoding " + name + " is not written; choose PLAIN or DELTA_BINARY_PACKED");
        };
    }
}
