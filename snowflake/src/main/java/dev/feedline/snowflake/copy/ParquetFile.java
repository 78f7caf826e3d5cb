package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.ParquetFormat;
import dev.feedline.snowflake.sql.Quoting;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A Parquet file's columns, by their names in the file and as DuckDB reads them.
final class ParquetFile {
    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    private ParquetFile() {}

    /// The call that reads the file; `file_row_number` counts its rows from 0.
    static String reading(Path path) {
        return "read_parquet(" + Quoting.literal(path.toString()) + ", file_row_number = true)";
    }

    /// Refuses what is no Parquet file from its first look on.
    ///
    /// @throws FileFailure with the words of the reader that Snowflake uses
    private static void refuseOther(Path path) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            if (file.length() == 0) {
                throw damaged("Invalid: Parquet file size is 0 bytes");
            }
            byte[] magic = new byte[MAGIC.length];
            if (file.length() >= 2L * MAGIC.length) {
                file.seek(file.length() - MAGIC.length);
                file.readFully(magic);
            }
            if (!Arrays.equals(magic, MAGIC)) {
                throw damaged(
                        "Invalid: Parquet magic bytes not found in footer. Either the file is corrupted or this is"
                                + " not a parquet file.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Refuses a file whose footer names places that are not in it. A negative one would end DuckDB as a whole, not the
    /// statement alone: it takes it for its own mistake.
    private static void refuseImpossible(Duck duck, Path path) throws SQLException {
        String begin = "CASE WHEN coalesce(dictionary_page_offset, 0) > 0"
                + " THEN least(dictionary_page_offset, data_page_offset) ELSE data_page_offset END";
        Optional<String> column = duck.first(
                "SELECT path_in_schema FROM parquet_metadata(" + Quoting.literal(path.toString())
                        + ") WHERE least(num_values, row_group_num_rows, total_compressed_size, data_page_offset,"
                        + " coalesce(dictionary_page_offset, 0)) < 0 OR CAST(" + begin
                        + " AS HUGEINT) + total_compressed_size > "
                        + path.toFile().length()
                        + " ORDER BY row_group_id, column_id LIMIT 1",
                row -> row.getString(1));
        if (column.isPresent()) {
            throw damaged("Invalid: the footer places column " + column.get() + " outside of the file");
        }
    }

    private static FileFailure damaged(String what) {
        return new FileFailure(SnowflakeError.BAD_FILE, "Error parsing the parquet file: " + what);
    }

    static List<FileColumn> columns(Duck duck, Path path, ParquetFormat format) throws SQLException {
        refuseOther(path);
        refuseImpossible(duck, path);
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
