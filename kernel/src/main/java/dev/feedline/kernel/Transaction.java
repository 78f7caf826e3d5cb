package dev.feedline.kernel;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a piece of work may do inside one transaction of a [Store]: plain SQL with `?` parameters.
///
/// Parameters may be `String`, `Long`, `Integer`, `Double`, `Boolean` (stored as 0 or 1), `byte[]` or null.
public final class Transaction {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Transaction(Connection connection) {
        this.connection = connection;
    }

    /// Turns one row of a result into a value; columns count from 1, as in JDBC.
    @FunctionalInterface
    public interface Row<T extends @Nullable Object> {
        T read(ResultSet row) throws SQLException;
    }

    /// Runs an INSERT, UPDATE or DELETE and returns how many rows it touched.
    public int update(String sql, @Nullable Object... parameters) throws SQLException {
        return with(sql, PreparedStatement::executeUpdate, parameters);
    }

    /// Runs an INSERT and returns the new row's id.
    public long insert(String sql, @Nullable Object... parameters) throws SQLException {
        update(sql, parameters);
        return first("SELECT last_insert_rowid()", row -> row.getLong(1)).orElseThrow();
    }

    /// All rows of a SELECT; the statement bounds them with LIMIT where they could be many.
    public <T> List<T> query(String sql, Row<T> read, @Nullable Object... parameters) throws SQLException {
        return with(
                sql,
                statement -> {
                    List<T> all = new ArrayList<>();
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            all.add(read.read(rows));
                        }
                    }
                    return all;
                },
                parameters);
    }

    /// The first row of a SELECT.
    public <T> Optional<T> first(String sql, Row<T> read, @Nullable Object... parameters) throws SQLException {
        return with(
                sql,
                statement -> {
                    try (ResultSet rows = statement.executeQuery()) {
                        return rows.next() ? Optional.of(read.read(rows)) : Optional.empty();
                    }
                },
                parameters);
    }

    @FunctionalInterface
    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private <T> T with(String sql, Use<T> use, @Nullable Object... parameters) throws SQLException {
        try {
            return use.of(bind(sql, parameters));
        } catch (SQLException e) {
            forget(sql, e);
            throw e;
        }
    }

    /// The driver closes a statement that failed of most errors (a full disk is one) and it never works again.
    private void forget(String sql, SQLException failure) {
        PreparedStatement statement = prepared.remove(sql);
        try {
            if (statement != null) {
                statement.close();
            }
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private PreparedStatement bind(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        statement.clearParameters();
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i] instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else if (parameters[i] instanceof Boolean flag) {
                statement.setInt(i + 1, flag ? 1 : 0);
            } else {
                statement.setObject(i + 1, parameters[i]);
            }
        }
        return statement;
    }
}
