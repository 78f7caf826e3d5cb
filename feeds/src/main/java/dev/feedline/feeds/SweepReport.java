package dev.feedline.feeds;

import java.util.Set;

/// What a sweep found undone and set going.
///
/// @param ingests files without a receipt
/// @param jobStarted whether a chunk had no lake object
/// @param refreshed pipes with objects that may not be loaded
public record SweepReport(long ingests, boolean jobStarted, Set<String> refreshed) {
    public SweepReport {
        refreshed = Set.copyOf(refreshed);
    }

    /// Whether everything there is was done.
    public boolean foundNothing() {
        return ingests == 0 && !jobStarted && refreshed.isEmpty();
    }
}
