package dev.feedline.feeds.ingest;

import dev.feedline.convert.ChunkRecord;

/// The rows of a file, added up over the records of its chunks.
record Totals(long received, long good, long bad, long chunks) {
    static final Totals NONE = new Totals(0, 0, 0, 0);

    Totals plus(ChunkRecord chunk) {
        return new Totals(received + chunk.good() + chunk.bad(), good + chunk.good(), bad + chunk.bad(), chunks + 1);
    }
}
