package dev.feedline.snowflake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// Parquet files for tests, written by DuckDB itself.
public final class ParquetFiles {
    private static final Connection CONNECTION = connect();

    private ParquetFiles() {}

    /// The file that holds the rows of a DuckDB SELECT.
    public static synchronized byte[] of(String select) {
        try {
            Path file = Files.createTempFile("rows", ".parquet");
            try (var statement = CONNECTION.createStatement()) {
                statement.execute("COPY (" + select + ") TO '" + file + "' (FORMAT PARQUET)");
                return Files.readAllBytes(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Connection connect() {
        try {
            Connection connection = DriverManager.getConnection("jdbc:duckdb:");
            try (var statement = connection.createStatement()) {
                statement.execute("SET TimeZone = 'UTC'");
            }
            return connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
