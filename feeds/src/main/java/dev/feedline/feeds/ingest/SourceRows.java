package dev.feedline.feeds.ingest;

import dev.feedline.rows.BrokenFeedException;
import dev.feedline.rows.JsonLines;
import dev.feedline.rows.JsonLines.Position;
import dev.feedline.rows.Mark;
import dev.feedline.rows.RawRow;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// The rows of a source file from some position on; a container that was cut off ends in one row that is its tail.
///
/// In a landing object only the lines without a mark are rows of its own; they are numbered among themselves.
final class SourceRows implements Closeable {
    private final JsonLines lines;
    private final boolean unmarkedOnly;
    private Position behind;
    private @Nullable SourceRow ahead;

    /// @param in begins at the position's offset
    SourceRows(InputStream in, int maxRowBytes, Position start, boolean unmarkedOnly) throws IOException {
        this.lines = new JsonLines(in, maxRowBytes, start);
        this.unmarkedOnly = unmarkedOnly;
        this.behind = start;
        this.ahead = read(start.rows() + 1);
    }

    /// The next row, which stays the next; null after the last.
    @Nullable
    SourceRow peek() {
        return ahead;
    }

    /// Goes on behind the next row.
    void advance() throws IOException {
        SourceRow taken = ahead;
        if (taken == null) {
            throw new IllegalStateException("the file is at its end");
        }
        behind = taken.end();
        ahead = taken.tail() == null ? read(taken.row().number() + 1) : null;
    }

    /// Behind the last row gone past.
    Position position() {
        return behind;
    }

    private @Nullable SourceRow read(long number) throws IOException {
        try {
            RawRow row = lines.next();
            while (row != null
                    && unmarkedOnly
                    && !row.tooLong()
                    && Mark.parse(row.bytes()).isPresent()) {
                row = lines.next();
            }
            return row == null ? null : new SourceRow(numbered(row, number), behind(number), null);
        } catch (BrokenFeedException e) {
            if (e.getCause() instanceof TruncatedContainerException cut) {
                return new SourceRow(
                        numbered(e.unfinished(), number), behind(number), String.valueOf(cut.getMessage()));
            }
            // Damage is for the first pass to find; everything else is trouble underway that a retry may not meet.
            throw e;
        }
    }

    private Position behind(long number) {
        return new Position(number, lines.position().lines(), lines.position().offset());
    }

    private static RawRow numbered(RawRow row, long number) {
        return row.number() == number ? row : new RawRow(number, row.line(), row.offset(), row.bytes(), row.tooLong());
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
