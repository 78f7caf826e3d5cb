package dev.feedline.snowflake.sql;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a translation needs to know of the session that asks.
public interface Context {
    /// The value of a function that only the session knows, such as CURRENT_DATABASE() or
    /// SYSTEM$PIPE_STATUS('P').
    ///
    /// @param arguments its arguments, all string literals
    /// @return empty when there is no such function; inside, empty for NULL
    Optional<Optional<String>> value(String function, List<String> arguments);

    /// A table function of INFORMATION_SCHEMA as a DuckDB subquery, without its brackets.
    ///
    /// @param arguments translated expressions by name
    Optional<String> tableFunction(ObjectName name, Map<String, String> arguments);

    /// DuckDB's name of a sequence; empty when there is none of that name.
    Optional<String> sequence(ObjectName name);

    /// A session's variable as a literal; empty when there is none of that name.
    default Optional<String> variable(String name) {
        return Optional.empty();
    }

    /// DuckDB's full name of what the session calls by this name; empty where it has no current schema.
    default Optional<String> qualified(ObjectName name) {
        return Optional.empty();
    }

    /// DuckDB's name of the session's own table or view; empty when it has none of that name.
    default Optional<String> temporary(ObjectName name) {
        return Optional.empty();
    }

    /// A view of INFORMATION_SCHEMA as a DuckDB subquery, without its brackets.
    ///
    /// @param counted whether it is asked for numbers of rows
    Optional<String> informationSchema(ObjectName name, boolean counted);
}
