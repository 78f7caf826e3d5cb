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
    private final transient RowText text;

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

    /// The bad row's own text.
    ///
    /// @param byteOffset of the place, from the beginning of the uncompressed file
    /// @param record what stands there, or its beginning
    record RowText(
            @Nullable Span span,
            @Nullable Long byteOffset,
            @Nullable String record) {
        static final RowText UNKNOWN = new RowText(null, null, null);
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
        this(error, message, place, cause, RowText.UNKNOWN);
    }

    private FileFailure(SnowflakeError error, String message, Place place, @Nullable Throwable cause, RowText text) {
        super(message, cause);
        this.error = error;
        this.place = place;
        this.text = text;
    }

    /// The same, of a row whose text stands there.
    FileFailure of(Span span) {
        return with(new RowText(span, text.byteOffset(), text.record()));
    }

    /// The same, with what is known of its row's text.
    FileFailure with(RowText known) {
        return new FileFailure(error, message(), place, getCause(), known);
    }

    RowText text() {
        return text;
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
