package dev.feedline.bench.conversion;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.rows.Column;
import dev.feedline.rows.Schema;
import dev.feedline.rows.Type;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file that differs in any value fails the measurement.
class SameRowsTest {
    private static final Schema SCHEMA = new Schema(List.of(
            column("id", "bigint"),
            column("amount", "decimal(12,2)"),
            column("at", "timestamp"),
            column("who", "struct<name:string,tags:array<string>>")));
    private static final String ROW =
            "SELECT i AS id, 1.10::DECIMAL(12,2) AS amount, TIMESTAMP '2026-11-27 01:02:03' AS at,"
                    + " {'name': 'Ada', 'tags': ['a', NULL]} AS who FROM range(100) t(i)";

    @TempDir
    Path folder;

    @Test
    void otherTypesOfTheSameValuesAreTheSame() throws SQLException {
        Path ours = write("ours", ROW.replace("TIMESTAMP", "TIMESTAMPTZ").replace("03'", "03Z'"));
        Path theirs = write("theirs", ROW.replace("DECIMAL(12,2)", "DOUBLE"));
        try (SameRows same = new SameRows(folder)) {
            assertThatCode(() -> same.require(SCHEMA, ours, theirs)).doesNotThrowAnyException();
        }
    }

    @Test
    void oneOtherValueIsFoundInAnyColumn() throws SQLException {
        Path ours = write("ours", ROW);
        requireDifferent(ours, ROW.replace("1.10", "CASE i WHEN 71 THEN 1.11 ELSE 1.10 END"), "amount in 1 rows");
        requireDifferent(ours, ROW.replace("NULL", "CASE i WHEN 3 THEN 'b' END"), "who in 1 rows");
        requireDifferent(ours, ROW.replace("TIMESTAMP '", "NULLIF(i, 9) * INTERVAL 0 DAY + TIMESTAMP '"), "at in 1");
    }

    @Test
    void theOrderOfRowsCounts() throws SQLException {
        requireDifferent(write("ours", ROW), ROW + " ORDER BY i DESC", "id in 100 rows");
    }

    @Test
    void aRowTooManyIsFound() throws SQLException {
        requireDifferent(write("ours", ROW), ROW.replace("range(100)", "range(101)"), "101");
    }

    private void requireDifferent(Path ours, String rows, String what) throws SQLException {
        Path theirs = write("theirs", rows);
        try (SameRows same = new SameRows(folder)) {
            assertThatThrownBy(() -> same.require(SCHEMA, ours, theirs))
                    .isInstanceOf(WrongOutputException.class)
                    .hasMessageContaining(what);
        }
    }

    private Path write(String name, String rows) throws SQLException {
        Path file = folder.resolve(name + ".parquet");
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("COPY (" + rows + ") TO '" + file + "' (FORMAT parquet)");
        }
        return file;
    }

    private static Column column(String name, String type) {
        return new Column(name, Type.parse(type));
    }
}
