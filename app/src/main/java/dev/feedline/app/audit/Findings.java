package dev.feedline.app.audit;

import dev.feedline.feeds.FileState;
import java.util.ArrayList;
import java.util.List;

/// Counts what a comparison finds, and keeps the first differences.
final class Findings {
    private static final int MOST_KEPT = 10;

    private final List<Difference> first = new ArrayList<>();
    private long differences;
    private long compared;
    private long quarantined;

    void compared() {
        compared++;
    }

    void quarantined() {
        quarantined++;
    }

    long rows() {
        return compared + quarantined;
    }

    void add(Difference difference) {
        differences++;
        if (first.size() < MOST_KEPT) {
            first.add(difference);
        }
    }

    Verdict verdict(FileState file, String reason) {
        Verdict.Outcome outcome = differences == 0 ? Verdict.Outcome.EQUAL : Verdict.Outcome.DIFFERENT;
        return new Verdict(file, outcome, compared, quarantined, differences, first, reason);
    }
}
