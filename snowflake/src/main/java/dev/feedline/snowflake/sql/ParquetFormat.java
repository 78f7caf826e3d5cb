package dev.feedline.snowflake.sql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How Parquet is read.
///
/// @param binaryAsText whether binary without a logical type is text
/// @param useLogicalType whether timestamps and the like are read by their logical type; Snowflake's default is false
/// @param useVectorizedScanner stored and shown; here there is one scanner
public record ParquetFormat(
        Compression compression,
        boolean trimSpace,
        boolean binaryAsText,
        boolean useLogicalType,
        boolean useVectorizedScanner,
        List<String> nullIf)
        implements FileFormat {
    public ParquetFormat {
        nullIf = List.copyOf(nullIf);
    }

    @Override
    public Type type() {
        return Type.PARQUET;
    }

    @Override
    public Map<String, Object> options() {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("TYPE", "PARQUET");
        options.put("COMPRESSION", compression.name());
        options.put("TRIM_SPACE", trimSpace);
        options.put("BINARY_AS_TEXT", binaryAsText);
        options.put("USE_LOGICAL_TYPE", useLogicalType);
        options.put("USE_VECTORIZED_SCANNER", useVectorizedScanner);
        options.put("NULL_IF", nullIf);
        return options;
    }
}
