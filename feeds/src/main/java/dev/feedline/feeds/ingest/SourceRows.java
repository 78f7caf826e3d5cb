package dev.feedline.feeds.ingest;

import dev.feedline.rows.BadRowCode;
import dev.feedline.rows.BrokenFeedException;
import dev.feedline.rows.Flaw;
import dev.feedline.rows.Mark;
import dev.feedline.rows.Position;
import dev.feedline.rows.RawRow;
import dev.feedline.rows.RowSplitter;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The rows of a source file from some position on; a container that was cut off ends in one row that is its tail.
///
/// In a landing object only the lines without a mark are rows of its own; they are numbered among themselves.
final class SourceRows implements Closeable {
    private final RowSplitter splitter;
    private final boolean unmarkedOnly;
    private Position behind;
    private @Nullable SourceRow ahead;
    private boolean atTail;

    /// @param splitter goes on at the position
    SourceRows(RowSplitter splitter, Position start, boolean unmarkedOnly) throws IOException {
        this.splitter = splitter;
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
        ahead = atTail ? null : read(taken.row().number() + 1);
    }

    /// Behind the last row gone past.
    Position position() {
        return behind;
    }

    private @Nullable SourceRow read(long number) throws IOException {
        try {
            RawRow row = splitter.next();
            while (row != null
                    && unmarkedOnly
                    && !row.tooLong()
                    && Mark.parse(row.bytes()).isPresent()) {
                row = splitter.next();
            }
            return row == null ? null : at(row.numbered(number));
        } catch (BrokenFeedException e) {
            if (e.getCause() instanceof TruncatedContainerException cut) {
                atTail = true;
                Flaw flaw = new Flaw(BadRowCode.TRUNCATED_CONTAINER, String.valueOf(cut.getMessage()));
                return at(e.unfinished().numbered(number).flawed(flaw));
            }
            // Damage is for the first pass to find; everything else is trouble underway that a retry may not meet.
            throw e;
        }
    }

    private SourceRow at(RawRow row) {
        Position end = splitter.position();
        return new SourceRow(row, new Position(row.number(), end.lines(), end.offset(), end.inArray()));
    }

    @Override
    public void close() throws IOException {
        splitter.close();
    }
}
