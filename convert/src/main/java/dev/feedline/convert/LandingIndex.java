package dev.feedline.convert;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What one landing object holds: the runs of each chunk, and how many lines carry no mark.
///
/// A pure function of the landing object, so whoever writes it writes the same.
public record LandingIndex(Map<ChunkName, List<Run>> runs, long unmarked) {
    public LandingIndex {
        runs = java.util.Collections.unmodifiableMap(new TreeMap<>(runs));
    }

    int size() {
        return 1 + runs.values().stream().mapToInt(List::size).sum();
    }
}
