package dev.feedline.parquet;

import java.util.List;

/// A written row group.
record RowGroup(List<ColumnChunk> columns, long rows) {
    long start() {
        return columns.get(0).start();
    }

    long size() {
        return columns.stream().mapToLong(ColumnChunk::size).sum();
    }

    long uncompressedSize() {
        return columns.stream().mapToLong(ColumnChunk::uncompressedSize).sum();
    }
}
