package dev.feedline.rows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells from a CSV file's first bytes how it is written.
///
/// The quote is `"`, unless cells begin with `'` and none with `"`. The delimiter is the one of comma,
/// semicolon, tab and bar that gives the first row at least two cells and most of the next rows as many;
/// of several, the one that gives the most cells. A lone CR ends rows where no LF outside of quotes
/// does.
///
/// @param isCertain whether there are two rows or more and all have as many cells
public record CsvSniff(char delimiter, char quote, boolean returnsEndLines, boolean isCertain) {
    private static final String DELIMITERS = ",;\t|";
    private static final int ROWS_LOOKED_AT = 100;

    /// @param head the first bytes in UTF-8
    /// @param isWhole whether that is all of the file; else its last row is left out
    /// @param delimiter where it is known already
    /// @param quote where it is known already; NUL for none
    public static CsvSniff of(byte[] head, boolean isWhole, @Nullable Character delimiter, @Nullable Character quote) {
        char enclosing = quote == null ? quote(head) : quote;
        boolean returns = returnsEndLines(head, enclosing);
        CsvSniff best = new CsvSniff(delimiter == null ? ',' : delimiter, enclosing, returns, false);
        double bestShare = 0;
        int mostCells = 1;
        String candidates = delimiter == null ? DELIMITERS : delimiter.toString();
        for (char candidate : candidates.toCharArray()) {
            List<Integer> cells = cells(head, isWhole, candidate, enclosing, returns);
            int first = cells.isEmpty() ? 0 : cells.get(0);
            long alike = cells.stream().filter(count -> count == first).count();
            double share = cells.isEmpty() ? 0 : (double) alike / cells.size();
            if (first > 1 && (share > bestShare || (share == bestShare && first > mostCells))) {
                best = new CsvSniff(candidate, enclosing, returns, cells.size() > 1 && share == 1);
                bestShare = share;
                mostCells = first;
            }
        }
        return best;
    }

    private static List<Integer> cells(byte[] head, boolean isWhole, char delimiter, char quote, boolean returns) {
        CsvDialect dialect = new CsvDialect(
                delimiter, quote == 0 || quote == delimiter ? null : quote, null, returns, false, List.of(), List.of());
        List<Integer> counts = new java.util.ArrayList<>();
        try (CsvRows rows = new CsvRows(
                new ByteArrayInputStream(head), TextEncoding.UTF_8, dialect, head.length + 1, Position.START)) {
            for (RawRow row = rows.next(); row != null && counts.size() < ROWS_LOOKED_AT; row = rows.next()) {
                boolean isCut = !isWhole && rows.position().offset() == head.length;
                if (!isCut && row.flaw() == null) {
                    counts.add(CsvCells.texts(dialect, row.bytes()).size());
                }
            }
            return counts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static char quote(byte[] head) {
        int single = 0;
        boolean atCellStart = true;
        for (byte b : head) {
            if (atCellStart && b == '"') {
                return '"';
            }
            single += atCellStart && b == '\'' ? 1 : 0;
            atCellStart = b == '\n' || b == '\r' || DELIMITERS.indexOf(b) >= 0;
        }
        return single > 0 && single <= closed(head) ? '\'' : '"';
    }

    /// How many `'` stand at the end of a cell.
    private static int closed(byte[] head) {
        int closed = 0;
        for (int i = 0; i < head.length; i++) {
            boolean atEnd = i + 1 == head.length
                    || head[i + 1] == '\n'
                    || head[i + 1] == '\r'
                    || DELIMITERS.indexOf(head[i + 1]) >= 0;
            closed += head[i] == '\'' && atEnd ? 1 : 0;
        }
        return closed;
    }

    private static boolean returnsEndLines(byte[] head, char quote) {
        boolean quoted = false;
        boolean returns = false;
        for (byte b : head) {
            quoted ^= b == quote;
            if (!quoted && b == '\n') {
                return false;
            }
            returns |= !quoted && b == '\r';
        }
        return returns;
    }
}
