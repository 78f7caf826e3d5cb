package dev.feedline.bench;

import dev.feedline.app.warehouse.SnowflakeClient;
import java.io.IOException;
import java.util.List;

/// What the warehouse answers a question of a measurement, as text.
final class Answer {
    private Answer() {}

    /// All rows; NULL is `null`.
    static List<List<String>> of(SnowflakeClient warehouse, String sql) throws IOException {
        return warehouse.rows(sql).stream()
                .map(row -> row.stream().map(String::valueOf).toList())
                .toList();
    }
}
