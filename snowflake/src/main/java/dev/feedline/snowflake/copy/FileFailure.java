package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What is wrong with a staged file: the file, not the machine. Raised while it is loaded, caught by
/// [Loads].
final class FileFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final SnowflakeError error;
    private final @Nullable Long line;
    private final @Nullable String column;

    FileFailure(SnowflakeError error, String message) {
        this(error, message, OptionalLong.empty(), Optional.empty(), null);
    }

    /// @param line the row's number in the file, from 1
    FileFailure(
            SnowflakeError error,
            String message,
            OptionalLong line,
            Optional<String> column,
            @Nullable Throwable cause) {
        super(message, cause);
        this.error = error;
        this.line = line.isPresent() ? line.getAsLong() : null;
        this.column = column.orElse(null);
    }

    SnowflakeError error() {
        return error;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    @Nullable
    Long line() {
        return line;
    }

    @Nullable
    String column() {
        return column;
    }
}
