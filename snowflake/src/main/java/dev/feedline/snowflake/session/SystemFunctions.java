package dev.feedline.snowflake.session;

import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.sql.ObjectName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The functions that look into the warehouse itself: SYSTEM$…, INFORMATION_SCHEMA.
public interface SystemFunctions {
    /// @return empty when there is no such function
    Optional<String> value(SessionState state, String function, List<String> arguments);

    /// @return DuckDB's subquery, or empty when there is no such function
    Optional<String> tableFunction(SessionState state, ObjectName name, Map<String, String> arguments);

    /// @return DuckDB's name, or empty when there is no such sequence
    Optional<String> sequence(SessionState state, ObjectName name);

    /// @param temporary the session's own tables that the view is to tell of
    /// @param counted whether it is asked for numbers of rows
    /// @param lasting whether it is for a view, which would keep what is so at this moment
    /// @return DuckDB's subquery, or empty when there is no such view
    Optional<String> informationSchema(
            SessionState state, ObjectName name, Set<Qualified> temporary, boolean counted, boolean lasting);
}
