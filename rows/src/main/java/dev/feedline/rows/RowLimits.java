package dev.feedline.rows;

/// The bounds a row is read under.
///
/// @param maxRowBytes the longest row as it travels, with its mark and its line end
/// @param maxDepth how deep objects and arrays may nest; the row's own braces are depth 1
/// @param maxColumns how many columns and struct fields together a schema may grow to by inference
/// @param maxRawBytes how much of a bad row's text is kept
public record RowLimits(int maxRowBytes, int maxDepth, int maxColumns, int maxRawBytes) {
    public static final RowLimits DEFAULT = new RowLimits(900 * 1024, 100, 2000, 16 * 1024);

    public RowLimits {
        if (maxRowBytes <= Mark.MAX_BYTES || maxDepth < 1 || maxColumns < 1 || maxRawBytes < 0) {
            throw new IllegalArgumentException("no room for a row: " + maxRowBytes + " bytes, depth " + maxDepth + ", "
                    + maxColumns + " columns, " + maxRawBytes + " raw bytes");
        }
    }

    /// The longest row as the source writes it: room for the longest mark is set aside, so that whether
    /// a row is too long does not depend on its number.
    public int maxSourceBytes() {
        return maxRowBytes - Mark.MAX_BYTES;
    }
}
