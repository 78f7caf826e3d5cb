package dev.feedline.snowflake.session;

import dev.feedline.snowflake.SnowflakeError;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/// ALTER SESSION: the parameters that the embedded warehouse honours, and no others.
final class SessionParameters {
    private SessionParameters() {}

    static void set(SessionState state, String name, Optional<String> value) throws SQLException {
        switch (name) {
            case "AUTOCOMMIT" ->
                state.setAutocommit(Boolean.parseBoolean(value.orElse("TRUE").toLowerCase(Locale.ROOT)));
            case "TIMEZONE" -> {
                String zone = value.orElse("UTC");
                if (!zone.equals("UTC") && !zone.equals("Etc/UTC")) {
                    throw SnowflakeError.unsupported("The session's TIMEZONE = " + zone);
                }
            }
            default -> throw SnowflakeError.unsupported("The session parameter " + name);
        }
    }
}
