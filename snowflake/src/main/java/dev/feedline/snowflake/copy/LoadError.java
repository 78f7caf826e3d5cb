package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeException;
import dev.feedline.snowflake.engine.DuckDbErrors;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

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

    /// What is wrong with the file.
    static FileFailure of(SQLException failure) {
        String message = DuckDbErrors.firstLine(failure);
        int mark = message.indexOf(LosslessCast.MARK);
        if (mark >= 0) {
            String[] parts = message.substring(mark).split("\\|", 4);
            return new FileFailure(
                    SnowflakeError.VALUE_NOT_RECOGNIZED,
                    parts[3],
                    OptionalLong.of(Long.parseLong(parts[1])),
                    Optional.of(parts[2]),
                    failure);
        }
        SnowflakeException translated = DuckDbErrors.translate(failure);
        if (message.startsWith("Constraint Error")) {
            return new FileFailure(
                    translated.error(), translated.getMessage(), OptionalLong.empty(), Optional.empty(), failure);
        }
        // DuckDB names the local copy; what the user knows is in the file's own name beside the
        // message.
        return new FileFailure(
                SnowflakeError.BAD_FILE,
                "Error parsing the file: "
                        + DuckDbErrors.detail(message).replaceAll("'?\"?/[^'\" ]*/incoming/[0-9]+\\.file\"?'?", "file"),
                OptionalLong.empty(),
                Optional.empty(),
                failure);
    }
}
