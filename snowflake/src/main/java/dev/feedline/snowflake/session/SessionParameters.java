package dev.feedline.snowflake.session;

import dev.feedline.snowflake.Parameter;
import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.sql.Quoting;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A session's parameters: what it has set, else the defaults.
public final class SessionParameters {
    private final Map<String, Object> set = new LinkedHashMap<>();

    /// All of them with their values in this session.
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        Parameter.all()
                .forEach((name, parameter) -> values.put(name, set.getOrDefault(name, parameter.defaultValue())));
        return Collections.unmodifiableMap(values);
    }

    boolean isSet(String name) {
        return set.containsKey(name);
    }

    /// Takes over what another session has set, before the session's first statement.
    void copy(SessionParameters other, SessionState state) throws SQLException {
        for (Map.Entry<String, Object> one : other.set.entrySet()) {
            if (!one.getKey().equals("AUTOCOMMIT")) {
                change(state, one.getKey(), Optional.of(one.getValue().toString()));
            }
        }
    }

    /// ALTER SESSION.
    ///
    /// @param text empty to go back to the default
    void change(SessionState state, String name, Optional<String> text) throws SQLException {
        Parameter parameter = Parameter.named(name)
                .orElseThrow(() -> SnowflakeError.INVALID_VALUE.with("invalid parameter '" + name + "'"));
        Object value = text.isPresent() ? parameter.value(text.get()) : parameter.defaultValue();
        switch (parameter.name()) {
            case "AUTOCOMMIT" -> state.setAutocommit((Boolean) value);
            case "TIMEZONE" -> timeZone(state, value.toString());
            case "WEEK_START" -> {
                if ((Long) value < 0 || (Long) value > 7) {
                    throw SnowflakeError.INVALID_VALUE.with("WEEK_START must be between 0 and 7, not " + value + ".");
                }
            }
            case "JSON_INDENT" -> {
                if ((Long) value > 16) {
                    throw SnowflakeError.INVALID_VALUE.with("JSON_INDENT must be between 0 and 16, not " + value + ".");
                }
            }
            default -> {
                // The gateway and the drivers read it.
            }
        }
        if (text.isPresent()) {
            set.put(parameter.name(), value);
        } else {
            set.remove(parameter.name());
        }
    }

    private static void timeZone(SessionState state, String zone) throws SQLException {
        try {
            ZoneId known = ZoneId.of(zone);
            state.duck().execute("SET TimeZone = " + Quoting.literal(known.getId()));
        } catch (DateTimeException | SQLException e) {
            throw SnowflakeError.INVALID_VALUE.with("invalid value [" + zone + "] for parameter 'TIMEZONE'", e);
        }
    }
}
