package dev.feedline.rows;

/// How the values of a file's rows are written as they travel.
public enum CellForm {
    /// As JSON values: a string never becomes a number.
    JSON,
    /// As the text of cells, all of them strings: a column reads its values from that, see [RowReader].
    TEXT
}
