package dev.feedline.convert;

import dev.feedline.rows.JsonLines;
import dev.feedline.rows.Marked;
import dev.feedline.rows.RawRow;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// The rows of one chunk from all its runs, in row order, each row once.
///
/// A run is fetched when its first row is due, so only runs that overlap are open together: rows that came once and in
/// order need one.
final class RowMerge implements Closeable {
    private final Bodies landing;
    private final boolean dropRepeats;
    private final Deque<RunAt> toCome;
    private final PriorityQueue<OpenRun> open = new PriorityQueue<>(Comparator.comparingLong(OpenRun::row));
    private long lastRow;

    RowMerge(Bodies landing, List<RunAt> runs, boolean dropRepeats) {
        this.landing = landing;
        this.dropRepeats = dropRepeats;
        this.toCome = new ArrayDeque<>(runs.stream()
                .sorted(Comparator.comparingLong(at -> at.run().first()))
                .toList());
    }

    /// The next row, or null after the last.
    @Nullable
    Marked next() throws IOException {
        while (true) {
            openWhatIsDue();
            OpenRun lowest = open.poll();
            if (lowest == null) {
                return null;
            }
            Marked row = lowest.take();
            if (lowest.isOpen()) {
                open.add(lowest);
            }
            if (row.row() > lastRow || !dropRepeats) {
                lastRow = row.row();
                return row;
            }
        }
    }

    private void openWhatIsDue() throws IOException {
        while (!toCome.isEmpty()
                && (open.isEmpty() || toCome.peek().run().first() <= open.peek().row())) {
            open.add(new OpenRun(fetch(toCome.remove())));
        }
    }

    private Spool fetch(RunAt at) throws IOException {
        Spool spool = new Spool();
        try (InputStream body =
                landing.readRange(at.landingKey(), at.run().offset(), at.run().length())) {
            body.transferTo(spool);
            return spool;
        } catch (IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        for (OpenRun run : open) {
            run.close();
        }
    }

    /// A run with one row in hand.
    private static final class OpenRun implements Closeable {
        private final Spool spool;
        private final JsonLines lines;
        private @Nullable Marked current;

        OpenRun(Spool spool) throws IOException {
            this.spool = spool;
            this.lines = new JsonLines(spool.read(), LandingIndexer.MAX_LINE_BYTES);
            advance();
        }

        boolean isOpen() {
            return current != null;
        }

        long row() {
            return held().row();
        }

        Marked take() throws IOException {
            Marked taken = held();
            advance();
            return taken;
        }

        private Marked held() {
            if (current == null) {
                throw new IllegalStateException("the run is at its end");
            }
            return current;
        }

        private void advance() throws IOException {
            RawRow row = lines.next();
            current = row == null ? null : LandingIndexer.markOf(row);
            if (row != null && current == null) {
                throw new IOException(
                        "a line inside a run carries no mark: the landing object is not what was indexed");
            }
            if (row == null) {
                close();
            }
        }

        @Override
        public void close() throws IOException {
            lines.close();
            spool.close();
        }
    }
}
