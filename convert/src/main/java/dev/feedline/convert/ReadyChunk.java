package dev.feedline.convert;

import java.io.Serializable;
import java.util.List;

/// A chunk whose record exists, whose lake object does not, and whose rows may all have landed.
public record ReadyChunk(String feed, ChunkName name, List<RunAt> runs) implements Serializable {
    public ReadyChunk {
        runs = List.copyOf(runs);
    }

    /// What its rows take in the landing bucket.
    public long bytes() {
        return runs.stream().mapToLong(at -> at.run().length()).sum();
    }
}
