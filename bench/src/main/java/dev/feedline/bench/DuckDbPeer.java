package dev.feedline.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/// DuckDB by itself reading the same file straight into a table on disk: no stream, no landing, no lake, no verdicts.
///
/// It has two threads as Feedline's has, and four times its memory.
final class DuckDbPeer {
    private DuckDbPeer() {}

    static double seconds(Path file, Path folder) throws Exception {
        Properties settings = new Properties();
        settings.setProperty("threads", "2");
        settings.setProperty("memory_limit", "2GB");
        settings.setProperty("temp_directory", folder.resolve("duckdb.tmp").toString());
        Path database = folder.resolve("peer.duckdb");
        long begin;
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:" + database, settings);
                Statement statement = duck.createStatement()) {
            begin = System.nanoTime();
            create(statement, file);
            statement.execute("CHECKPOINT");
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        Files.delete(database);
        return seconds;
    }

    private static void create(Statement statement, Path file) throws SQLException {
        statement.execute("CREATE TABLE orders AS SELECT * FROM read_json('" + file
                + "', format = 'newline_delimited', maximum_object_size = 1048576)");
    }
}
