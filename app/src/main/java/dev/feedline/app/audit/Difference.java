package dev.feedline.app.audit;

import org.jspecify.annotations.Nullable;

/// One place where file and warehouse do not agree.
///
/// @param row its number in the file
/// @param column of the table; null when the row as a whole is meant
/// @param source what the file has there; null for nothing
/// @param table what the warehouse has there; null for nothing
public record Difference(
        long row,
        @Nullable String column,
        String what,
        @Nullable String source,
        @Nullable String table) {
    static Difference ofRow(long row, String what) {
        return new Difference(row, null, what, null, null);
    }

    /// As a sentence.
    public String text() {
        return column == null
                ? "row " + row + " " + what
                : "row " + row + ", column " + column + ": the file has " + shown(source) + ", the table has "
                        + shown(table);
    }

    private static String shown(@Nullable String value) {
        return value == null ? "nothing" : value;
    }
}
