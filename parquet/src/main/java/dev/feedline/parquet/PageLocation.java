package dev.feedline.parquet;

/// Where a written data page lies, and what the page index says of it; `firstRow` counts from the row group's start.
record PageLocation(long offset, int size, long firstRow, int entries, long nulls, Bounds bounds) {
    boolean isAllNull() {
        return nulls == entries;
    }
}
