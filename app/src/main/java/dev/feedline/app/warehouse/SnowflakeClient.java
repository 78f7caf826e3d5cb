package dev.feedline.app.warehouse;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A session of the warehouse: ask, log out.
///
/// Results are read as they arrive: a result of any size passes through a small memory.
public interface SnowflakeClient extends AutoCloseable {
    /// A session of the warehouse that a Feedline serves itself.
    static SnowflakeClient logIn(URI endpoint, String user, String password) throws IOException {
        return ProtocolClient.logIn(endpoint, user, password);
    }

    /// Runs one statement and hands its result to the sink.
    ///
    /// @throws SqlFailure when the warehouse refuses it
    void query(String sql, RowSink sink) throws IOException;

    /// Runs one statement and keeps its rows; for results known to be small.
    default List<List<@Nullable String>> rows(String sql) throws IOException {
        List<List<@Nullable String>> rows = new ArrayList<>();
        query(sql, new RowSink() {
            @Override
            public void columns(List<SqlColumn> columns) {}

            @Override
            public void row(List<@Nullable String> cells) {
                rows.add(cells);
            }
        });
        return rows;
    }

    @Override
    void close();
}
