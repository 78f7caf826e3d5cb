package dev.feedline.bench.conversion;

import dev.feedline.parquet.ConversionSettings;
import dev.feedline.rows.Column;
import dev.feedline.rows.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/// Whether two Parquet files hold the same rows in the same order, every column compared as the
/// schema has it; a third reader, DuckDB in this process, says.
final class SameRows implements AutoCloseable {
    private static final String SCRATCH = "duckdb.tmp";

    private final Connection duck;

    SameRows(Path folder) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("memory_limit", "2GB");
        settings.setProperty("temp_directory", folder.resolve(SCRATCH).toString());
        duck = DriverManager.getConnection("jdbc:duckdb:", settings);
        try (Statement statement = duck.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
        }
    }

    /// All have every row, and hold what the first holds, which is ours.
    ///
    /// @throws WrongOutputException saying whose file is wrong
    void require(List<Contestant> contestants) throws SQLException {
        Contestant ours = contestants.getFirst();
        long rows = ours.cell().data().rows();
        for (Contestant contestant : contestants) {
            long found = count(contestant.out());
            if (found != rows) {
                throw new WrongOutputException(contestant.engine().name() + " wrote " + found + " rows of " + rows);
            }
            if (contestant != ours) {
                requireSame(ours, contestant);
            }
        }
        requireNothingRescued(ours.out());
    }

    /// How many rows a file, or a folder of files, has.
    private long count(Path parquet) throws SQLException {
        return numbers("SELECT count(*) FROM " + read(parquet)).getFirst();
    }

    private void requireSame(Contestant ours, Contestant theirs) throws SQLException {
        try {
            require(ours.cell().data().schema(), ours.out(), theirs.out());
        } catch (WrongOutputException e) {
            throw new WrongOutputException(
                    theirs.engine().name() + " and ours differ in " + ours.name() + ": " + e.getMessage(), e);
        }
    }

    /// Compares every value of every row; a text that a moment is, or a double that a decimal is,
    /// in a library that reads no such type from JSON, is the same.
    ///
    /// @throws WrongOutputException naming the columns that differ
    void require(Schema schema, Path ours, Path theirs) throws SQLException {
        List<Column> columns = schema.columns();
        StringBuilder sql = new StringBuilder("SELECT count(*)");
        for (int i = 0; i < columns.size(); i++) {
            sql.append(", count(*) FILTER (a")
                    .append(i)
                    .append(" IS DISTINCT FROM b")
                    .append(i)
                    .append(")");
        }
        sql.append(" FROM ").append(side(schema, ours, "a"));
        sql.append(" POSITIONAL JOIN ").append(side(schema, theirs, "b"));
        List<Long> counts = numbers(sql.toString());
        List<String> different = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (counts.get(i + 1) > 0) {
                different.add(columns.get(i).name() + " in " + counts.get(i + 1) + " rows");
            }
        }
        if (!different.isEmpty() || count(ours) != count(theirs)) {
            throw new WrongOutputException(ours + " has " + count(ours) + " rows, " + theirs + " " + count(theirs)
                    + "; they differ in " + String.join(", ", different));
        }
    }

    /// Nothing may have gone where what fits no column goes.
    private void requireNothingRescued(Path ours) throws SQLException {
        String column = ConversionSettings.RESCUED;
        long rescued = numbers("SELECT count(" + DuckDbSql.name(column) + ") FROM " + read(ours))
                .getFirst();
        if (rescued > 0) {
            throw new WrongOutputException(ours + " has values in " + column + " in " + rescued + " rows");
        }
    }

    private static String side(Schema schema, Path parquet, String letter) {
        StringBuilder sql = new StringBuilder("(SELECT ");
        List<Column> columns = schema.columns();
        for (int i = 0; i < columns.size(); i++) {
            sql.append(i == 0 ? "" : ", ")
                    .append("CAST(")
                    .append(DuckDbSql.name(columns.get(i).name()));
            sql.append(" AS ")
                    .append(DuckDbSql.type(columns.get(i).type()))
                    .append(") AS ")
                    .append(letter)
                    .append(i);
        }
        return sql.append(" FROM ").append(read(parquet)).append(")").toString();
    }

    private static String read(Path parquet) {
        String files = Files.isDirectory(parquet) ? parquet + "/*.parquet" : parquet.toString();
        return "read_parquet(" + DuckDbSql.literal(files) + ")";
    }

    private List<Long> numbers(String sql) throws SQLException {
        try (Statement statement = duck.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            List<Long> numbers = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                numbers.add(row.getLong(i));
            }
            return numbers;
        }
    }

    @Override
    public void close() throws SQLException {
        duck.close();
    }
}
