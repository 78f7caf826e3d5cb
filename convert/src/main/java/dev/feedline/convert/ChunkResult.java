package dev.feedline.convert;

import java.io.Serializable;

/// What became of one chunk, as the one who converted it says to the run.
///
/// @param rows how many rows were put into the lake; none unless it was converted here
/// @param reason why it is damaged, empty when it is not
public record ChunkResult(ChunkName chunk, ChunkOutcome outcome, long rows, String reason) implements Serializable {
    static ChunkResult of(ReadyChunk chunk, ChunkOutcome outcome, long rows) {
        return new ChunkResult(chunk.name(), outcome, rows, "");
    }

    static ChunkResult damaged(ReadyChunk chunk, DamagedChunkException why) {
        return new ChunkResult(chunk.name(), ChunkOutcome.DAMAGED, 0, String.valueOf(why.getMessage()));
    }
}
