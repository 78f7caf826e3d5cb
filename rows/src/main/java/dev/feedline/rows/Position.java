package dev.feedline.rows;

/// Where a splitter stands between two rows: how many rows and physical lines are behind it, and the
/// offset of the next byte in the decompressed source.
///
/// @param inArray whether a JSON array of rows is open there
public record Position(long rows, long lines, long offset, boolean inArray) {
    public static final Position START = new Position(0, 0, 0);

    public Position(long rows, long lines, long offset) {
        this(rows, lines, offset, false);
    }
}
