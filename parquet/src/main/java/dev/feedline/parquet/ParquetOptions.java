package dev.feedline.parquet;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// How a file is written.
///
/// `rowGroupBytes` is what a row group may hold in memory before it is written (values, levels, dictionary ids and
/// finished pages); `pageBytes` is about the size of a data page before compression, and the most a dictionary may
/// take. `numbers` is how whole numbers are written where there is no dictionary. The metadata is written in the order
/// of its keys, so that equal options give equal bytes.
public record ParquetOptions(
        Compression compression,
        long rowGroupBytes,
        int pageBytes,
        NumberEncoding numbers,
        Map<String, String> keyValueMetadata,
        String createdBy) {
    /// SNAPPY, row groups of 64 MiB, pages of 1 MiB.
    public static final ParquetOptions DEFAULT =
            new ParquetOptions(Compression.SNAPPY, 64L << 20, 1 << 20, Map.of(), "feedline version 0.1.0");

    /// A page is a Java array before it is compressed, and one row may go over the mark.
    private static final int MAX_PAGE_BYTES = 256 << 20;

    /// What a row group holds is counted and kept in Java arrays.
    private static final long MAX_ROW_GROUP_BYTES = Integer.MAX_VALUE;

    /// With PLAIN numbers.
    public ParquetOptions(
            Compression compression,
            long rowGroupBytes,
            int pageBytes,
            Map<String, String> keyValueMetadata,
            String createdBy) {
        this(compression, rowGroupBytes, pageBytes, NumberEncoding.PLAIN, keyValueMetadata, createdBy);
    }

    public ParquetOptions {
        if (rowGroupBytes < 1 || rowGroupBytes > MAX_ROW_GROUP_BYTES) {
            throw new IllegalArgumentException(
                    "rowGroupBytes must be 1 to " + MAX_ROW_GROUP_BYTES + ", not " + rowGroupBytes);
        }
        if (pageBytes < 1 || pageBytes > MAX_PAGE_BYTES) {
            throw new IllegalArgumentException("pageBytes must be 1 to " + MAX_PAGE_BYTES + ", not " + pageBytes);
        }
        keyValueMetadata = Collections.unmodifiableMap(new TreeMap<>(keyValueMetadata));
    }

    public ParquetOptions compression(Compression other) {
        return new ParquetOptions(other, rowGroupBytes, pageBytes, numbers, keyValueMetadata, createdBy);
    }

    public ParquetOptions rowGroupBytes(long other) {
        return new ParquetOptions(compression, other, pageBytes, numbers, keyValueMetadata, createdBy);
    }

    public ParquetOptions pageBytes(int other) {
        return new ParquetOptions(compression, rowGroupBytes, other, numbers, keyValueMetadata, createdBy);
    }

    public ParquetOptions numbers(NumberEncoding other) {
        return new ParquetOptions(compression, rowGroupBytes, pageBytes, other, keyValueMetadata, createdBy);
    }

    public ParquetOptions keyValueMetadata(Map<String, String> other) {
        return new ParquetOptions(compression, rowGroupBytes, pageBytes, numbers, other, createdBy);
    }
}
