package dev.feedline.rows.batch;

/// How many rows a batch has, which its leaves have to know: the one that is being read is the
/// next.
final class RowCount {
    int rows;
}
