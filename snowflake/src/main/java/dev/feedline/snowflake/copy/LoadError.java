package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeException;
import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.engine.DuckDbErrors;
import dev.feedline.snowflake.sql.FileFormat;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Tells a bad file from a machine in trouble, by DuckDB's error.
final class LoadError {
    private LoadError() {}

    /// Whether the load may be tried again and the file is not to blame.
    static boolean isInfrastructure(SQLException failure) {
        String message = DuckDbErrors.firstLine(failure);
        return DuckDbErrors.isResource(failure)
                || DuckDbErrors.isConflict(failure)
                || message.startsWith("FATAL Error")
                || message.startsWith("INTERNAL Error")
                || message.startsWith("TransactionContext Error")
                || message.startsWith("Interrupt Error")
                || message.startsWith("Permission Error");
    }

    /// A type as Snowflake's messages of failed casts write it.
    static String typeName(SnowflakeType type) {
        return type.kind().wireName().toUpperCase(Locale.ROOT);
    }

    /// What [LosslessCast] says of a row: `column|error|message`.
    static FileFailure ofText(long row, String text, @Nullable Throwable cause) {
        String[] parts = text.split("\\|", 3);
        return new FileFailure(
                SnowflakeError.valueOf(parts[1]), parts[2], OptionalLong.of(row), Optional.of(parts[0]), cause);
    }

    /// What is wrong with the file.
    static FileFailure of(SQLException failure, FileFormat.Type format) {
        String message = DuckDbErrors.firstLine(failure);
        int mark = message.indexOf(LosslessCast.MARK);
        if (mark >= 0) {
            String[] parts =
                    message.substring(mark + LosslessCast.MARK.length()).split("\\|", 2);
            return ofText(Long.parseLong(parts[0]), parts[1], failure);
        }
        SnowflakeException translated = DuckDbErrors.translate(failure);
        if (format != FileFormat.Type.PARQUET
                || message.startsWith("Constraint Error")
                || translated.error() == SnowflakeError.DIVISION_BY_ZERO) {
            return new FileFailure(
                    translated.error(), translated.getMessage(), OptionalLong.empty(), Optional.empty(), failure);
        }
        // DuckDB names the local copy; what the user knows is in the file's own name beside the
        // message.
        return new FileFailure(
                SnowflakeError.BAD_FILE,
                "Error parsing the parquet file: "
                        + DuckDbErrors.detail(message)
                                .replaceAll("'?\"?/[^'\" ]*/incoming/[0-9]+\\.file\"?'?", "file")
                                .replaceFirst("^Failed to read file file: ", ""),
                OptionalLong.empty(),
                Optional.empty(),
                failure);
    }
}
