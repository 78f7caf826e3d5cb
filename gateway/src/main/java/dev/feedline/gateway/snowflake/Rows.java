package dev.feedline.gateway.snowflake;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A result's rows as drivers take them: the first ones in the answer, the others in chunks of a file.
///
/// @param first JSON rows with commas between them
/// @param file where the chunks are; empty when all rows are the first
record Rows(String first, long firstCount, List<Chunk> chunks, Optional<Path> file) {
    /// @param address unguessable; who knows it may fetch the chunk
    record Chunk(String address, long offset, long length, long rows) {}

    static final Rows NONE = new Rows("", 0, List.of(), Optional.empty());

    long total() {
        return firstCount + chunks.stream().mapToLong(Chunk::rows).sum();
    }

    long bytes() {
        return chunks.stream().mapToLong(Chunk::length).sum();
    }
}
