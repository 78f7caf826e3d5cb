package dev.feedline.app.audit;

import dev.feedline.feeds.FileState;
import java.util.List;

/// What comparing one file with the warehouse came to.
///
/// @param compared rows that are in the file and in the table
/// @param quarantined rows that are in the file and in quarantine
/// @param differences how many there are; `first` holds the first of them
/// @param reason why it was not compared, or what there was to compare when no row was sent
public record Verdict(
        FileState file,
        Outcome outcome,
        long compared,
        long quarantined,
        long differences,
        List<Difference> first,
        String reason) {
    public Verdict {
        first = List.copyOf(first);
    }

    /// How it ended.
    public enum Outcome {
        /// Every value is equal, and every row is in its place.
        EQUAL,
        /// Something differs.
        DIFFERENT,
        /// It could not be compared, for the reason given.
        NOT_COMPARED
    }

    static Verdict notCompared(FileState file, String reason) {
        return new Verdict(file, Outcome.NOT_COMPARED, 0, 0, 0, List.of(), reason);
    }
}
