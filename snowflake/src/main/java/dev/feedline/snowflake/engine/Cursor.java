package dev.feedline.snowflake.engine;

import dev.feedline.snowflake.ResultColumn;
import dev.feedline.snowflake.SnowflakeError;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A running query: rows are fetched from DuckDB in batches, so that few of them are in memory at
/// once.
public final class Cursor implements AutoCloseable {
    /// Rows fetched in one call of the pool.
    static final int BATCH = 1024;

    private final Duck duck;
    private final PreparedStatement statement;
    private final ResultSet rows;
    private final List<ResultColumn> columns;
    private final List<Values.Reader> readers;
    private boolean closed;

    /// Made on a thread of the pool.
    Cursor(Duck duck, PreparedStatement statement, ResultSet rows) throws SQLException {
        this.duck = duck;
        this.statement = statement;
        this.rows = rows;
        ResultSetMetaData meta = rows.getMetaData();
        List<ResultColumn> found = new ArrayList<>();
        List<Values.Reader> reading = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            String type = meta.getColumnTypeName(i);
            refuseNested(meta.getColumnName(i), type);
            found.add(Values.column(meta.getColumnName(i), type));
            reading.add(Values.reader(type));
        }
        this.columns = List.copyOf(found);
        this.readers = List.copyOf(reading);
    }

    /// DuckDB's own nested values have no JSON text; the tables' nested values are JSON.
    private static void refuseNested(String name, String type) {
        if (type.equals("INTERVAL")
                || type.endsWith("]")
                || type.startsWith("STRUCT(")
                || type.startsWith("MAP(")
                || type.startsWith("UNION(")) {
            throw SnowflakeError.unsupported("The result column " + name + " of the type " + type);
        }
    }

    public List<ResultColumn> columns() {
        return columns;
    }

    /// The next rows; an empty list after the last.
    public List<List<@Nullable Object>> fetch() throws SQLException {
        if (closed) {
            return List.of();
        }
        return duck.call(connection -> {
            List<List<@Nullable Object>> batch = new ArrayList<>();
            while (batch.size() < BATCH && rows.next()) {
                List<@Nullable Object> row = new ArrayList<>(readers.size());
                for (int i = 0; i < readers.size(); i++) {
                    row.add(readers.get(i).read(rows, i + 1));
                }
                batch.add(row);
            }
            return batch;
        });
    }

    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        duck.call(connection -> {
            try (statement) {
                rows.close();
            }
            return null;
        });
    }
}
