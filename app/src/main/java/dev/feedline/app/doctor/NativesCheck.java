package dev.feedline.app.doctor;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// The two engines that are native code: whether they load on this machine and answer.
final class NativesCheck {
    List<Finding> look() {
        return List.of(
                engine("duckdb", "jdbc:duckdb:", "SELECT version()"),
                engine("sqlite", "jdbc:sqlite::memory:", "SELECT sqlite_version()"));
    }

    private static Finding engine(String name, String url, String question) {
        long start = System.nanoTime();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return Finding.ok(
                    name, answer.getString(1) + " loads, in " + (System.nanoTime() - start) / 1_000_000 + " ms");
        } catch (SQLException | LinkageError e) {
            return Finding.fail(
                    name,
                    "does not load: " + e.getMessage(),
                    "It unpacks its library into " + System.getProperty("java.io.tmpdir")
                            + ", which must be writable, have 200 MB free and allow execution; or name another folder"
                            + " with FEEDLINE_JAVA_OPTIONS=-Djava.io.tmpdir=DIR.");
        }
    }
}
