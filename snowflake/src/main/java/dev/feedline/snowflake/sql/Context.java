package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.Parameter;
import dev.feedline.snowflake.SnowflakeError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a translation needs to know of the session that asks.
public interface Context {
    /// The value of a function that only the session knows, such as CURRENT_DATABASE() or
    /// SYSTEM$PIPE_STATUS('P').
    ///
    /// @param arguments its arguments, all string literals
    /// @return empty when there is no such function; inside, empty for NULL
    default Optional<Optional<String>> value(String function, List<String> arguments) {
        return Optional.empty();
    }

    /// A table function of INFORMATION_SCHEMA as a DuckDB subquery, without its brackets.
    ///
    /// @param arguments translated expressions by name
    default Optional<String> tableFunction(ObjectName name, Map<String, String> arguments) {
        return Optional.empty();
    }

    /// DuckDB's name of a sequence; empty when there is none of that name.
    default Optional<String> sequence(ObjectName name) {
        return Optional.empty();
    }

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

    /// @param variant whether it is a VARIANT, OBJECT or ARRAY
    record Column(String name, boolean variant) {}

    /// The columns of a table in their order; none where there is no such table.
    default List<Column> columns(ObjectName table) {
        return List.of();
    }

    /// The literals, in one column, that a query of DuckDB's answers with now.
    default List<String> literals(String duckQuery) {
        throw SnowflakeError.unsupported("PIVOT … IN (ANY) or a subquery here");
    }

    /// A session parameter's value.
    default Object parameter(String name) {
        return Parameter.named(name).orElseThrow().defaultValue();
    }

    /// The VARIANT, OBJECT and ARRAY columns of the tables and views of these names, each with its least place among a
    /// table's columns; empty where they are not known, or will be others when the statement is run.
    default Optional<Map<String, Integer>> variants(Set<String> tables) {
        return Optional.of(presentVariants(tables));
    }

    /// The same as they are now.
    default Map<String, Integer> presentVariants(Set<String> tables) {
        return Map.of();
    }

    /// A view of INFORMATION_SCHEMA as a DuckDB subquery, without its brackets.
    ///
    /// @param counted whether it is asked for numbers of rows
    default Optional<String> informationSchema(ObjectName name, boolean counted) {
        return Optional.empty();
    }
}
