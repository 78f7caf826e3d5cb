package dev.feedline.rows.batch;

/// Reads the values of one column, or of one field of it, from JSON text straight into its
/// leaves.
///
/// It takes what is written as most rows are written. All else is [#NOT_PLAIN]: the row is then
/// read by [dev.feedline.rows.RowReader], which knows every form, and its values are [#append]ed.
abstract class ColumnReader {
    static final int NOT_PLAIN = -1;

    /// Reads the value that begins at `at`, null included, and returns where it ends, or
    /// [#NOT_PLAIN].
    ///
    /// @param definition the level that the parents have reached
    abstract int read(byte[] text, int at, int repetition, int definition);

    /// Whether a leaf below repeats, so that its entries are not the rows.
    abstract boolean repeats();

    /// Adds to every leaf below that a parent is missing from level `definition` on.
    abstract void addAbsent(int repetition, int definition);

    /// Adds a value as [dev.feedline.rows.RowReader] reads it.
    abstract void append(Object value, int repetition, int definition);
}
