package dev.feedline.convert;

/// What became of a chunk that looked ready.
public enum ChunkOutcome {
    /// Its lake object was put.
    CONVERTED,
    /// Its lake object was there already; somebody else put the same.
    ALREADY_THERE,
    /// Some of its good rows have not landed yet.
    INCOMPLETE,
    /// The rows that landed are not those that its record tells of; nothing was put into the lake.
    DAMAGED
}
