package dev.feedline.convert;

import dev.feedline.rows.ContentSum;
import dev.feedline.rows.Marked;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// The conversion job: rows that landed in any order, any number of times, become one lake object per chunk.
///
/// A lake object is a pure function of its chunk's record and rows, and its name is the chunk's. So it does not matter
/// who converts, how often, or how many at once.
public final class Conversion {
    private final Bodies landing;
    private final Bodies lake;
    private final LakeFormat format;
    private final RowLimits limits;
    private final Safety safety;
    private final Landing looking;

    public Conversion(Bodies landing, Bodies lake, LakeFormat format, RowLimits limits) {
        this(landing, lake, format, limits, Safety.FULL);
    }

    /// @param safety anything but [Safety#FULL] is for tests that show what it is for
    public Conversion(Bodies landing, Bodies lake, LakeFormat format, RowLimits limits, Safety safety) {
        this.landing = landing;
        this.lake = lake;
        this.format = format;
        this.limits = limits;
        this.safety = safety;
        this.looking = new Landing(landing, lake, safety);
    }

    /// Indexes what landed lately and says which chunks can be converted now.
    public Landed look(String feed) throws IOException {
        return looking.look(feed);
    }

    /// The landing objects that a look would have to index first.
    public List<String> unindexed(String feed) throws IOException {
        return looking.unindexed(feed);
    }

    /// Writes the index of a landing object, for looks to come.
    public void index(String feed, String landingKey) throws IOException {
        looking.makeIndex(feed, landingKey);
    }

    /// Converts one chunk, if all its rows are there and are those of its record.
    public ChunkResult convert(ReadyChunk chunk) throws IOException {
        try {
            return put(chunk);
        } catch (DamagedChunkException e) {
            return ChunkResult.damaged(chunk, e);
        }
    }

    private ChunkResult put(ReadyChunk chunk) throws IOException {
        try (InputStream record = landing.read(Keys.chunkRecord(chunk.feed(), chunk.name()));
                Spool body = new Spool()) {
            ChunkRecord verdict = ChunkRecordJson.readHeader(record);
            if (!writeRows(chunk, verdict, new BadRows(verdict, record), body)) {
                return ChunkResult.of(chunk, ChunkOutcome.INCOMPLETE, 0);
            }
            boolean put = lake.putIfAbsent(Keys.lake(chunk.feed(), chunk.name()), body);
            return put
                    ? ChunkResult.of(chunk, ChunkOutcome.CONVERTED, verdict.good())
                    : ChunkResult.of(chunk, ChunkOutcome.ALREADY_THERE, 0);
        }
    }

    private boolean writeRows(ReadyChunk chunk, ChunkRecord verdict, BadRows bad, Spool body) throws IOException {
        ContentSum sum = new ContentSum();
        long good = 0;
        try (RowMerge rows = new RowMerge(landing, chunk.runs(), safety.dropRepeats());
                LakeFormat.Rows out = format.open(body, verdict, limits)) {
            for (Marked row = rows.next(); row != null; row = rows.next()) {
                if (bad.isGood(row.row())) {
                    sum.add(row);
                    good++;
                    add(chunk, row, out);
                } else if (!safety.followVerdict()) {
                    out.add(row);
                }
            }
        }
        if (good < verdict.good() && safety.awaitAllRows()) {
            return false;
        }
        if (safety.verifyContentSum() && !sum.hex().equals(verdict.contentSum())) {
            throw new DamagedChunkException(
                    chunk,
                    "its " + good + " rows add up to " + sum.hex() + ", its record says " + verdict.contentSum());
        }
        return true;
    }

    private static void add(ReadyChunk chunk, Marked row, LakeFormat.Rows out) throws IOException {
        Verdict.Bad bad = out.add(row);
        if (bad != null) {
            throw new DamagedChunkException(chunk, "row " + row.row() + " was good at ingest and is now " + bad);
        }
    }
}
