package dev.feedline.feeds;

import java.util.List;
import java.util.Map;

/// The warehouse, as far as the pipeline asks it: SQL in Snowflake's dialect, whoever runs it.
public interface Warehouse {
    /// The rows of a query, by column name; names are upper case unless they were quoted.
    List<Map<String, Object>> query(String sql);

    void execute(String sql);
}
