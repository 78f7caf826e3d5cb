package dev.feedline.convert;

import java.util.List;

/// What a run of the conversion job did.
///
/// @param converted lake objects put
/// @param rows rows in them
/// @param alreadyThere chunks that somebody else had converted meanwhile
/// @param waiting chunks with rows in the landing bucket that are not complete yet
/// @param streamedFiles landing objects with rows of other producers that were handed to ingest
/// @param failures chunks that could not be converted, and why; the run fails when there is one, after all others
public record ConversionReport(
        long converted, long rows, long alreadyThere, long waiting, long streamedFiles, List<String> failures) {
    static final ConversionReport NOTHING = new ConversionReport(0, 0, 0, 0, 0, List.of());

    public ConversionReport {
        failures = List.copyOf(failures);
    }

    /// This look and the one before it: work done adds up, what is left is what the last look left.
    ConversionReport after(ConversionReport before) {
        return new ConversionReport(
                before.converted + converted,
                before.rows + rows,
                before.alreadyThere + alreadyThere,
                waiting,
                before.streamedFiles + streamedFiles,
                failures);
    }

    ConversionReport beside(ConversionReport other) {
        return new ConversionReport(
                converted + other.converted,
                rows + other.rows,
                alreadyThere + other.alreadyThere,
                waiting + other.waiting,
                streamedFiles + other.streamedFiles,
                java.util.stream.Stream.concat(failures.stream(), other.failures.stream())
                        .toList());
    }

    boolean didSomething() {
        return converted + streamedFiles > 0;
    }
}
