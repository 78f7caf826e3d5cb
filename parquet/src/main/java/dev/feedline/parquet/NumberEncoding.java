package dev.feedline.parquet;

/// How whole numbers lie in the pages of columns without a dictionary: counts, dates, moments, and
/// decimals of up to 18 digits.
public enum NumberEncoding {
    /// Four or eight bytes each; every reader takes it.
    PLAIN,

    /// As differences, packed in as few bits as they need, where that makes a page smaller: by far where
    /// numbers rise from row to row. DuckDB, parquet-java, Hardwood and Spark 4.1 read it here; Snowflake's
    /// documentation does not say whether it is read there.
    DELTA_BINARY_PACKED
}
