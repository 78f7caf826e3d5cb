package dev.feedline.convert;

import java.util.List;

/// What a look at the landing bucket found for one feed.
///
/// @param ready chunks to convert now
/// @param waiting chunks of which rows have landed, but not all, or not their record
/// @param unmarked landing objects with rows that carry no mark, put on the stream by somebody else
public record Landed(List<ReadyChunk> ready, List<ChunkName> waiting, List<String> unmarked) {
    public Landed {
        ready = List.copyOf(ready);
        waiting = List.copyOf(waiting);
        unmarked = List.copyOf(unmarked);
    }
}
