package dev.feedline.snowflake.copy;

import org.jspecify.annotations.Nullable;

/// The bad rows of one file: the first one ends the load, or all are counted and left out.
final class RowErrors {
    private final boolean tolerant;
    private long count;
    private @Nullable FileFailure first;

    private RowErrors(boolean tolerant) {
        this.tolerant = tolerant;
    }

    static RowErrors endingTheLoad() {
        return new RowErrors(false);
    }

    static RowErrors counting() {
        return new RowErrors(true);
    }

    /// Whether a bad row is left out and the load goes on.
    boolean tolerant() {
        return tolerant;
    }

    void add(FileFailure failure) {
        if (!tolerant) {
            throw failure;
        }
        add(failure, 1);
    }

    /// Several bad rows, of which one is known.
    void add(FileFailure one, long rows) {
        count += rows;
        if (first == null || row(one) < row(first)) {
            first = one;
        }
    }

    private static long row(FileFailure failure) {
        Long row = failure.place().row();
        return row == null ? Long.MAX_VALUE : row;
    }

    long count() {
        return count;
    }

    @Nullable
    FileFailure first() {
        return first;
    }
}
