package dev.feedline.snowflake.sql;

import java.util.Map;

/// How staged files are read: one of Snowflake's format types with its options.
///
/// Source: docs.snowflake.com/en/sql-reference/sql/create-file-format
public sealed interface FileFormat permits CsvFormat, JsonFormat, ParquetFormat {
    enum Type {
        CSV,
        JSON,
        PARQUET
    }

    enum Compression {
        /// Told by the file's first bytes.
        AUTO,
        GZIP,
        /// With a zlib header.
        DEFLATE,
        RAW_DEFLATE,
        NONE,
        /// Parquet's own, inside the file.
        SNAPPY
    }

    /// How text stands for the bytes of a BINARY.
    enum BinaryFormat {
        HEX,
        BASE64,
        UTF8
    }

    Type type();

    Compression compression();

    /// The options by name, each a text, a number, a boolean, or a list of texts; what is unset as Snowflake shows it.
    Map<String, Object> options();
}
