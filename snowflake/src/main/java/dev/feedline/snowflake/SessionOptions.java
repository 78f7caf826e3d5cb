package dev.feedline.snowflake;

import java.util.Locale;
import java.util.Optional;

/// What a session begins with; names as the catalogue has them (upper case unless quoted).
///
/// @param database empty: none is current; one that does not exist is left out, as Snowflake does at
///     login
public record SessionOptions(
        String user, String role, String warehouse, Optional<String> database, Optional<String> schema) {
    public static final SessionOptions NONE =
            new SessionOptions("FEEDLINE", "ACCOUNTADMIN", "FEEDLINE", Optional.empty(), Optional.empty());

    /// A name as people write it in a connection's settings: folded to upper case unless it is quoted.
    public static String name(String written) {
        return written.length() > 1 && written.startsWith("\"") && written.endsWith("\"")
                ? written.substring(1, written.length() - 1).replace("\"\"", "\"")
                : written.toUpperCase(Locale.ROOT);
    }

    public static SessionOptions in(String database, String schema) {
        return new SessionOptions("FEEDLINE", "ACCOUNTADMIN", "FEEDLINE", Optional.of(database), Optional.of(schema));
    }
}
