package dev.feedline.snowflake.copy;

import org.jspecify.annotations.Nullable;

/// How the load of one file ended.
public record FileOutcome(
        StagedFile file,
        Status status,
        long rowsParsed,
        long rowsLoaded,
        @Nullable Failure failure) {
    public enum Status {
        LOADED,
        LOAD_FAILED
    }

    /// The first error of a file that failed.
    ///
    /// @param line the row's number in the file, from 1
    public record Failure(
            String message, @Nullable Long line, @Nullable String column) {}

    static FileOutcome loaded(StagedFile file, long rows) {
        return new FileOutcome(file, Status.LOADED, rows, rows, null);
    }

    static FileOutcome failed(StagedFile file, FileFailure failure) {
        return new FileOutcome(
                file,
                Status.LOAD_FAILED,
                failure.line() == null ? 0 : failure.line(),
                0,
                new Failure(failure.message(), failure.line(), failure.column()));
    }

    public long errorsSeen() {
        return failure == null ? 0 : 1;
    }
}
