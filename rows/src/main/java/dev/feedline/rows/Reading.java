package dev.feedline.rows;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// How a file is read as rows, settled before its first row is.
///
/// @param csv where the rows are CSV
public record Reading(
        Kind kind, TextEncoding encoding, @Nullable CsvDialect csv) {
    public static final Reading JSON_LINES = new Reading(Kind.JSON_LINES, TextEncoding.UTF_8, null);

    /// What separates rows.
    public enum Kind {
        /// One object a line.
        JSON_LINES,
        /// Arrays of objects, or objects one after another.
        JSON,
        /// Delimited cells, TSV as well.
        CSV
    }

    public Reading {
        if ((kind == Kind.CSV) != (csv != null)) {
            throw new IllegalArgumentException("a dialect is what CSV has, and nothing else");
        }
    }

    /// The rows from a position on.
    ///
    /// @param source the decompressed file from the position's offset on
    /// @param maxRowBytes the longest row handed out whole, usually [RowLimits#maxSourceBytes]
    public RowSplitter split(InputStream source, int maxRowBytes, Position start) {
        InputStream utf8 = encoding.toUtf8(source);
        if (csv != null) {
            return new CsvRows(utf8, encoding, csv, maxRowBytes, start);
        }
        return kind == Kind.JSON
                ? new JsonElements(utf8, encoding, maxRowBytes, start)
                : new JsonLines(utf8, encoding, maxRowBytes, start);
    }

    /// How the values of its rows are written as they travel.
    public CellForm cellForm() {
        return csv == null ? CellForm.JSON : CellForm.TEXT;
    }
}
