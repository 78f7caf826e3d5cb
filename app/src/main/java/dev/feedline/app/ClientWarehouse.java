package dev.feedline.app;

import dev.feedline.app.warehouse.Cells;
import dev.feedline.app.warehouse.RowSink;
import dev.feedline.app.warehouse.SnowflakeClient;
import dev.feedline.app.warehouse.SqlColumn;
import dev.feedline.feeds.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The pipeline's warehouse through a session of its own; every value is its text, as people read it.
final class ClientWarehouse implements Warehouse {
    private final SnowflakeClient session;

    ClientWarehouse(SnowflakeClient session) {
        this.session = session;
    }

    @Override
    public List<Map<String, Object>> query(String sql) {
        List<Map<String, Object>> rows = new ArrayList<>();
        try {
            session.query(sql, new Named(rows));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    @Override
    public void execute(String sql) {
        query(sql);
    }

    private static final class Named implements RowSink {
        private final List<Map<String, Object>> rows;
        private List<SqlColumn> columns = List.of();

        Named(List<Map<String, Object>> rows) {
            this.rows = rows;
        }

        @Override
        public void columns(List<SqlColumn> columns) {
            this.columns = columns;
        }

        @Override
        public void row(List<@Nullable String> cells) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (int i = 0; i < cells.size(); i++) {
                String cell = cells.get(i);
                if (cell != null) {
                    row.put(columns.get(i).name(), Cells.text(columns.get(i), cell));
                }
            }
            rows.add(row);
        }
    }
}
