package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.engine.Duck;
import java.sql.SQLException;
import java.time.Instant;

/// Puts the rows of one staged file into its table, in the running transaction.
interface FileLoader {
    /// @param table with the columns the file may have added
    record Loaded(long rowsParsed, long rowsLoaded, TableInfo table) {}

    /// @param scanStart METADATA$START_SCAN_TIME
    /// @param errors told of every bad row
    /// @return how many rows were loaded, and the table as it is now
    /// @throws FileFailure when the file is at fault; the transaction must then be rolled back
    Loaded load(Duck duck, TableInfo table, CopySpec spec, LocalFile file, Instant scanStart, RowErrors errors)
            throws SQLException;
}
