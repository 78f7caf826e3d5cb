package dev.feedline.snowflake.copy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The bad rows of one file: the first one ends the load, or all are counted and left out.
final class RowErrors {
    /// Errors of one file that are kept; those after them are counted only.
    static final int MOST_KEPT = 1000;

    private final boolean tolerant;
    private final boolean locating;
    private final List<FileFailure> kept = new ArrayList<>();
    private long count;

    private RowErrors(boolean tolerant, boolean locating) {
        this.tolerant = tolerant;
        this.locating = locating;
    }

    static RowErrors endingTheLoad() {
        return new RowErrors(false, false);
    }

    static RowErrors counting() {
        return new RowErrors(true, false);
    }

    /// With the bad rows' own texts.
    static RowErrors locating() {
        return new RowErrors(true, true);
    }

    /// Lets the file be read again for the texts of its bad rows, if they are wanted and there are any.
    void locate(RejectedRecords records, Charset charset) {
        if (locating && !kept.isEmpty() && charset.equals(StandardCharsets.UTF_8)) {
            List<FileFailure> located = records.locate(List.copyOf(kept));
            kept.clear();
            kept.addAll(located);
        }
    }

    /// Whether a bad row is left out and the load goes on.
    boolean tolerant() {
        return tolerant;
    }

    void add(FileFailure failure) {
        if (!tolerant) {
            throw failure;
        }
        addAll(List.of(failure), 1);
    }

    /// What ended the load of the file.
    void end(FileFailure failure) {
        addAll(List.of(failure), 1);
    }

    /// Several bad rows, of which these are told.
    void addAll(List<FileFailure> told, long rows) {
        count += rows;
        told.stream().limit(MOST_KEPT - (long) kept.size()).forEach(kept::add);
    }

    private static long row(FileFailure failure) {
        Long row = failure.place().row();
        return row == null ? Long.MAX_VALUE : row;
    }

    long count() {
        return count;
    }

    /// Those that are kept, by row; what is wrong with the file as a whole comes last.
    List<FileFailure> kept() {
        return kept.stream().sorted(Comparator.comparingLong(RowErrors::row)).toList();
    }
}
