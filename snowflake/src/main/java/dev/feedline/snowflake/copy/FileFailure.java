package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What is wrong with a staged file, or with one of its rows: the file, not the machine. Raised while it is loaded,
/// caught by [Loads].
final class FileFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final SnowflakeError error;
    private final transient Place place;
    private final transient @Nullable Span span;
    private final transient @Nullable Long byteOffset;
    private final transient @Nullable String record;

    /// Where the bad row's text begins and ends, lines and characters from 1.
    record Span(long line, long character, long endLine, long endCharacter) {}

    /// Where in the file.
    ///
    /// @param row the row's number in the file, from 1
    /// @param line the line's, from 1; of Parquet the row's
    /// @param character in the line, from 1
    /// @param column the table's column, or `[n]` for the nth field where there is none
    /// @param startLine the line that the row begins on, where that may be another
    record Place(
            @Nullable Long row,
            @Nullable Long line,
            @Nullable Long character,
            @Nullable String column,
            @Nullable Long startLine) {
        static final Place NOWHERE = new Place(null, null, null, null);

        Place(@Nullable Long row, @Nullable Long line, @Nullable Long character, @Nullable String column) {
            this(row, line, character, column, null);
        }
    }

    FileFailure(SnowflakeError error, String message) {
        this(error, message, Place.NOWHERE, null);
    }

    /// @param row the row's number in the file, from 1
    FileFailure(
            SnowflakeError error,
            String message,
            OptionalLong row,
            Optional<String> column,
            @Nullable Throwable cause) {
        this(
                error,
                message,
                new Place(
                        row.isPresent() ? row.getAsLong() : null,
                        row.isPresent() ? row.getAsLong() : null,
                        null,
                        column.orElse(null)),
                cause);
    }

    FileFailure(SnowflakeError error, String message, Place place, @Nullable Throwable cause) {
        this(error, message, place, cause, null, null, null);
    }

    private FileFailure(
            SnowflakeError error,
            String message,
            Place place,
            @Nullable Throwable cause,
            @Nullable Span span,
            @Nullable Long byteOffset,
            @Nullable String record) {
        super(message, cause);
        this.error = error;
        this.place = place;
        this.span = span;
        this.byteOffset = byteOffset;
        this.record = record;
    }

    /// The same, of a row whose text stands there.
    FileFailure of(Span text) {
        return new FileFailure(error, message(), place, getCause(), text, byteOffset, record);
    }

    /// The same, with what a second reading has found.
    FileFailure found(@Nullable Long offset, @Nullable String text) {
        return new FileFailure(error, message(), place, getCause(), span, offset, text);
    }

    @Nullable
    Span span() {
        return span;
    }

    /// From the file's beginning, uncompressed; null where it is not known.
    @Nullable
    Long byteOffset() {
        return byteOffset;
    }

    /// The row's text, or its beginning; null where it is not known.
    @Nullable
    String record() {
        return record;
    }

    /// The same, found in this row, at this line and character of the file.
    FileFailure at(long row, long line, long character) {
        return new FileFailure(error, message(), new Place(row, line, character, place.column()), getCause());
    }

    /// The same, in a row that begins on this line.
    FileFailure startingOn(long startLine) {
        return new FileFailure(
                error,
                message(),
                new Place(place.row(), place.line(), place.character(), place.column(), startLine),
                getCause());
    }

    SnowflakeError error() {
        return error;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    Place place() {
        return place;
    }
}
