package dev.feedline.app.audit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// The rows of a file of delimited cells, one in memory at a time: a row goes to the first line end that is in no
/// quoted cell.
///
/// Lines with nothing on them are no rows, nor is the header. A quoted cell that is never closed makes the rest of
/// the file one row that cannot be read.
final class CsvLines implements RowSource {
    private static final int END = -1;
    private static final int NOT_READ = -2;

    private final InputStream in;
    private final CsvDialectTerms dialect;
    private boolean headerIsAhead;
    private int ahead = NOT_READ;
    private long number;
    private boolean ended;

    /// @param in UTF-8
    CsvLines(InputStream in, CsvDialectTerms dialect) {
        this.in = in;
        this.dialect = dialect;
        this.headerIsAhead = dialect.header();
    }

    @Override
    public @Nullable SourceLine next() throws IOException {
        while (!ended) {
            RowBytes row = new RowBytes();
            SourceLine line;
            try {
                line = throughLine(row);
            } catch (EOFException e) {
                ended = true;
                return row.cutOff(number + 1);
            }
            boolean isHeader = headerIsAhead && line.bytes().length > 0;
            headerIsAhead &= !isHeader;
            if (line.bytes().length > 0 && !isHeader) {
                number++;
                return line;
            }
        }
        return null;
    }

    private SourceLine throughLine(RowBytes row) throws IOException {
        boolean atCellStart = true;
        for (int b = take(); b != END; b = take()) {
            if (isLineEnd(b)) {
                return b == '\n' ? row.line(number + 1) : row.row(number + 1, null);
            }
            row.add(b);
            if (atCellStart && b == dialect.quote()) {
                if (!throughQuotes(row)) {
                    ended = true;
                    return row.row(number + 1, "it opens a quote that the file does not close");
                }
                atCellStart = false;
                continue;
            }
            if (b == dialect.escape()) {
                addEscaped(row);
            }
            atCellStart = b == dialect.delimiter();
        }
        ended = true;
        return row.row(number + 1, null);
    }

    /// Takes what is left of a quoted cell; false when the file ends in it.
    private boolean throughQuotes(RowBytes row) throws IOException {
        for (int b = take(); b != END; b = take()) {
            row.add(b);
            if (b == dialect.escape()) {
                addEscaped(row);
            } else if (b == dialect.quote()) {
                if (peek() != dialect.quote()) {
                    return true;
                }
                row.add(take());
            }
        }
        return false;
    }

    private void addEscaped(RowBytes row) throws IOException {
        int escaped = take();
        if (escaped != END) {
            row.add(escaped);
        }
    }

    private boolean isLineEnd(int b) throws IOException {
        if (b == '\r' && dialect.returnsEndLines()) {
            if (peek() == '\n') {
                take();
            }
            return true;
        }
        return b == '\n';
    }

    private int peek() throws IOException {
        if (ahead == NOT_READ) {
            ahead = in.read();
        }
        return ahead;
    }

    private int take() throws IOException {
        int next = peek();
        ahead = next == END ? END : NOT_READ;
        return next;
    }
}
