package dev.feedline.convert;

import dev.feedline.rows.JsonLines;
import dev.feedline.rows.Mark;
import dev.feedline.rows.Marked;
import dev.feedline.rows.RawRow;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads a landing object once and notes which rows of which chunks lie where.
final class LandingIndexer {
    /// Longer lines are no rows of ours (a marked row has at most 900 KiB), so their marks are not believed.
    static final int MAX_LINE_BYTES = 1024 * 1024;

    private final Map<ChunkName, List<Run>> runs = new TreeMap<>();
    private long unmarked;
    private @Nullable ChunkName chunk;
    private long runOffset;
    private long runEnd;
    private long first;
    private long last;
    private long rows;

    private LandingIndexer() {}

    static LandingIndex index(InputStream body) throws IOException {
        LandingIndexer indexer = new LandingIndexer();
        try (JsonLines lines = new JsonLines(body, MAX_LINE_BYTES)) {
            for (RawRow row = lines.next(); row != null; row = lines.next()) {
                indexer.line(row, lines.position().offset());
            }
        }
        indexer.endRun();
        return new LandingIndex(indexer.runs, indexer.unmarked);
    }

    private void line(RawRow row, long end) {
        Marked mark = markOf(row);
        if (mark == null) {
            endRun();
            unmarked++;
            return;
        }
        ChunkName name = new ChunkName(mark.fileId(), mark.chunk());
        if (!name.equals(chunk) || mark.row() <= last) {
            endRun();
            chunk = name;
            runOffset = row.offset();
            first = mark.row();
        }
        last = mark.row();
        runEnd = end;
        rows++;
    }

    static @Nullable Marked markOf(RawRow row) {
        return row.tooLong() ? null : Mark.parse(row.bytes()).orElse(null);
    }

    private void endRun() {
        if (chunk != null) {
            runs.computeIfAbsent(chunk, name -> new ArrayList<>())
                    .add(new Run(runOffset, runEnd - runOffset, first, last, rows));
        }
        chunk = null;
        last = 0;
        rows = 0;
    }
}
