package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.ParquetFormat;
import dev.feedline.snowflake.sql.Quoting;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A Parquet file's columns, by their names in the file and as DuckDB reads them.
final class ParquetFile {
    private ParquetFile() {}

    /// The call that reads the file; `file_row_number` counts its rows from 0.
    static String reading(Path path) {
        return "read_parquet(" + Quoting.literal(path.toString()) + ", file_row_number = true)";
    }

    static List<FileColumn> columns(Duck duck, Path path, ParquetFormat format) throws SQLException {
        record Element(String name, long children) {}
        List<Element> elements = duck.query(
                "SELECT name, coalesce(num_children, 0) FROM parquet_schema(" + Quoting.literal(path.toString()) + ")",
                row -> new Element(row.getString(1), row.getLong(2)));
        List<String> names = new ArrayList<>();
        int at = 1;
        while (at < elements.size()) {
            names.add(elements.get(at).name());
            long open = 1;
            while (open > 0 && at < elements.size()) {
                open += elements.get(at++).children() - 1;
            }
        }
        record Read(String name, String type) {}
        List<Read> read = duck.query(
                "DESCRIBE SELECT * FROM read_parquet(" + Quoting.literal(path.toString()) + ")",
                row -> new Read(row.getString(1), row.getString(2)));
        List<FileColumn> columns = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            String name = i < names.size() ? names.get(i) : read.get(i).name();
            columns.add(FileColumn.of(name, read.get(i).name(), read.get(i).type(), format));
        }
        return columns;
    }
}
