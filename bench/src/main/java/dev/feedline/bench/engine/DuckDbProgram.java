package dev.feedline.bench.engine;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/// DuckDB over JDBC: a setting once, a statement again and again.
final class DuckDbProgram {
    private DuckDbProgram() {}

    /// @param arguments the setting and the statement
    public static void main(String[] arguments) throws Exception {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute(arguments[0]);
            Turns.take(() -> statement.execute(arguments[1]));
        }
    }
}
