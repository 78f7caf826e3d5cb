package dev.feedline.snowflake;

import java.util.List;

/// What a statement would answer, found out without running it.
///
/// @param binds how many values it takes for its `?`
/// @param arrayBinds whether it can be run with many rows of values at once
public record Description(StatementType type, List<ResultColumn> columns, int binds, boolean arrayBinds) {
    public Description {
        columns = List.copyOf(columns);
    }
}
