package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.ParquetFormat;
import dev.feedline.snowflake.sql.Quoting;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The columns of Parquet files, by their names in the file and as DuckDB reads them.
///
/// DuckDB is asked once for each shape: a feed's files have one, and an answer takes longer than the rows of a small
/// file.
final class ParquetShapes {
    /// Shapes remembered: more than the feeds of a server have.
    private static final int MOST = 256;

    /// A column as DuckDB calls it and reads it.
    private record Read(String name, String type) {}

    private final Map<String, List<Read>> known = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Read>> eldest) {
            return size() > MOST;
        }
    });

    List<FileColumn> columns(Duck duck, ParquetFile file, ParquetFormat format) throws SQLException {
        List<Read> read = known.get(file.footer().shape());
        if (read == null) {
            read = duck.query(
                    "DESCRIBE SELECT * FROM read_parquet("
                            + Quoting.literal(file.local().path().toString()) + ", hive_partitioning = false)",
                    row -> new Read(row.getString(1), row.getString(2)));
            known.put(file.footer().shape(), read);
        }
        List<String> names = file.footer().names();
        List<FileColumn> columns = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            String name = i < names.size() ? names.get(i) : read.get(i).name();
            columns.add(FileColumn.of(name, read.get(i).name(), read.get(i).type(), format));
        }
        return columns;
    }
}
