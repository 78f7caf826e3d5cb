package dev.feedline.app;

import dev.feedline.feeds.Warehouse;
import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.ResultColumn;
import dev.feedline.snowflake.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The pipeline's warehouse, inside the process: a session for each statement.
final class SessionWarehouse implements Warehouse {
    private final Supplier<Session> opening;

    SessionWarehouse(Supplier<Session> opening) {
        this.opening = opening;
    }

    @Override
    public List<Map<String, Object>> query(String sql) {
        try (Session session = opening.get();
                Result result = session.execute(sql, List.of())) {
            List<Map<String, Object>> rows = new ArrayList<>();
            List<ResultColumn> columns = result.columns();
            for (List<@Nullable Object> row = result.next(); row != null; row = result.next()) {
                Map<String, Object> named = new LinkedHashMap<>();
                for (int i = 0; i < columns.size(); i++) {
                    named.put(columns.get(i).name(), row.get(i));
                }
                rows.add(named);
            }
            return rows;
        }
    }

    @Override
    public void execute(String sql) {
        try (Session session = opening.get()) {
            session.execute(sql, List.of()).close();
        }
    }
}
