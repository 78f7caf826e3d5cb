package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.sql.Quoting;
import java.util.List;
import java.util.stream.Collectors;

/// A staged Parquet file and what its footer says.
record ParquetFile(LocalFile local, ParquetFooter footer) {
    /// @throws FileFailure when it is none
    static ParquetFile of(LocalFile file) {
        return new ParquetFile(file, ParquetFooter.read(file.path()));
    }

    /// The call that reads files of one shape, one after the other; `file_row_number` counts the rows of each from 0.
    static String reading(List<ParquetFile> files) {
        return files.stream()
                .map(file -> Quoting.literal(file.local().path().toString()))
                .collect(Collectors.joining(
                        ", ", "read_parquet([", "], file_row_number = true, hive_partitioning = false)"));
    }

    String reading() {
        return reading(List.of(this));
    }
}
