package dev.feedline.parquet;

import dev.feedline.rows.Schema;
import dev.feedline.rows.Type;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Reads Parquet files with DuckDB, and turns what it hands out into the values of `Type`.
final class DuckDb implements AutoCloseable {
    private final Connection connection;

    DuckDb() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
    }

    /// All rows in file order, in the form of [Seen].
    List<Object> rows(Path file, Schema schema) throws SQLException {
        var rows = new ArrayList<>();
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT * FROM read_parquet('" + file + "')")) {
            while (result.next()) {
                rows.add(row(result, schema));
            }
        }
        return rows;
    }

    void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// The rows of any query as text.
    List<List<String>> query(String sql) throws SQLException {
        var rows = new ArrayList<List<String>>();
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                var row = new ArrayList<String>();
                for (int column = 1; column <= columns; column++) {
                    row.add(result.getString(column));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static Object row(ResultSet result, Schema schema) throws SQLException {
        var values = new Object[schema.columns().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(result.getObject(i + 1), schema.columns().get(i).type());
        }
        return Seen.value(values);
    }

    private static Object value(Object found, Type type) throws SQLException {
        return switch (type) {
            case Type _ when found == null -> null;
            case Type.Struct struct -> struct(found, struct);
            case Type.ListOf list -> list(((Array) found).getArray(), list);
            case Type.Date _ -> found instanceof Date date ? date.toLocalDate() : (LocalDate) found;
            case Type.Timestamp _ -> instant(found);
            case Type.Bool _, Type.Int64 _, Type.Float64 _, Type.Decimal _, Type.Text _ -> found;
        };
    }

    private static Object struct(Object found, Type.Struct type) throws SQLException {
        var attributes = found instanceof Map<?, ?> map ? map.values().toArray() : ((Struct) found).getAttributes();
        var values = new Object[attributes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(attributes[i], type.fields().get(i).type());
        }
        return values;
    }

    private static Object list(Object found, Type.ListOf type) throws SQLException {
        var values = new ArrayList<>();
        for (var element : Arrays.asList((Object[]) found)) {
            values.add(value(element, type.element()));
        }
        return values;
    }

    private static Instant instant(Object found) {
        return switch (found) {
            case OffsetDateTime time -> time.toInstant();
            case Timestamp time -> time.toInstant();
            default -> throw new IllegalArgumentException(found.getClass().toString());
        };
    }
}
