package dev.feedline.rows;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Splits a CSV file into rows by RFC 4180: a row ends at a line end outside of quotes.
///
/// LF and CRLF end a line; a lone CR does where the dialect says so. Lines with nothing on them are no
/// rows, and neither is the header. A quote counts only at the beginning of a cell. One that is never
/// closed makes everything from its row's beginning to the end of the file one bad row,
/// [BadRowCode#UNPARSED_TAIL].
public final class CsvRows implements RowSplitter {
    private final FeedBytes bytes;
    private final int delimiter;
    private final int quote;
    private final int escape;
    private final boolean returnsEndLines;
    private boolean atHeader;
    private long rows;
    private Place place = Place.CELL_START;
    private @Nullable BrokenFeedException broken;

    private enum Place {
        CELL_START,
        PLAIN,
        QUOTED,
        /// Behind a quote within quotes: it was the end, or half of a doubled one.
        QUOTE,
        ESCAPE_IN_PLAIN,
        ESCAPE_IN_QUOTED
    }

    /// @param in UTF-8 that begins at the position's offset
    /// @param encoding what the source was before it became UTF-8
    /// @param maxRowBytes the longest row handed out whole, usually [RowLimits#maxSourceBytes]
    public CsvRows(InputStream in, TextEncoding encoding, CsvDialect dialect, int maxRowBytes, Position start) {
        this.returnsEndLines = dialect.returnsEndLines();
        this.bytes = new FeedBytes(in, encoding, maxRowBytes, returnsEndLines, start);
        this.delimiter = dialect.delimiter();
        this.quote = dialect.quoteByte();
        this.escape = dialect.escapeByte();
        this.atHeader = dialect.header() && start.offset() == 0;
        this.rows = start.rows();
    }

    @Override
    public @Nullable RawRow next() throws BrokenFeedException {
        if (broken != null) {
            throw broken;
        }
        try {
            return find();
        } catch (IOException e) {
            broken = new BrokenFeedException(bytes.row(rows + 1, null), e);
            throw broken;
        }
    }

    @Override
    public Position position() {
        return new Position(rows, bytes.lines(), bytes.offset());
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    private @Nullable RawRow find() throws IOException {
        while (true) {
            bytes.beginRow(); // so that nothing of the row before is left when the source breaks off here
            bytes.more(); // so that a byte order mark is behind us
            bytes.beginRow();
            boolean ended = throughRow();
            if (!bytes.isEmptyRow()) {
                if (!atHeader) {
                    return bytes.row(++rows, flaw());
                }
                atHeader = false;
            } else if (!ended) {
                return null;
            }
        }
    }

    private @Nullable Flaw flaw() {
        return place == Place.QUOTED || place == Place.ESCAPE_IN_QUOTED
                ? new Flaw(BadRowCode.UNPARSED_TAIL, "a quote that the row opens is not closed before the file ends")
                : null;
    }

    /// Takes a row and its line end; false when the file ends first.
    private boolean throughRow() throws IOException {
        place = Place.CELL_START;
        while (bytes.more()) {
            int lineEnd = lineEnd();
            if (lineEnd >= 0) {
                bytes.keepTo(lineEnd);
                bytes.at++;
                takeLineFeedBehindReturn(bytes.buffer[lineEnd]);
                return true;
            }
            bytes.keepTo(bytes.end);
        }
        return false;
    }

    private void takeLineFeedBehindReturn(byte lineEnd) throws IOException {
        if (lineEnd == '\n') {
            bytes.dropReturn();
        } else if (bytes.peek() == '\n') {
            bytes.at++;
        }
    }

    /// Where in the buffer the row ends, or -1 when it goes on beyond.
    private int lineEnd() {
        byte[] buffer = bytes.buffer;
        int end = bytes.end;
        Place at = place;
        for (int i = bytes.at; i < end; i++) {
            byte b = buffer[i];
            switch (at) {
                case QUOTED -> {
                    while (b != quote && b != escape && ++i < end) {
                        b = buffer[i];
                    }
                    if (i < end) {
                        at = b == quote ? Place.QUOTE : Place.ESCAPE_IN_QUOTED;
                    }
                }
                case ESCAPE_IN_QUOTED -> at = Place.QUOTED;
                case ESCAPE_IN_PLAIN -> at = Place.PLAIN;
                case CELL_START, PLAIN, QUOTE -> {
                    if (b == '\n' || (b == '\r' && returnsEndLines)) {
                        place = at;
                        return i;
                    }
                    if (b == delimiter) {
                        at = Place.CELL_START;
                    } else if (b == escape) {
                        at = Place.ESCAPE_IN_PLAIN;
                    } else if (b == quote && at != Place.PLAIN) {
                        at = Place.QUOTED;
                    } else {
                        at = Place.PLAIN;
                    }
                }
            }
        }
        place = at;
        return -1;
    }
}
