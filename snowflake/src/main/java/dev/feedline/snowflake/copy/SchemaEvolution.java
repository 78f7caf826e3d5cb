package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.catalog.ColumnInfo;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.catalog.Tables;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.ColumnDefinition;
import dev.feedline.snowflake.sql.Command.MatchBy;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Lets a table follow its files: columns the table lacks are added, NOT NULL is dropped where a file
/// lacks the column.
///
/// It runs in the load's own transaction: a file that fails leaves no column behind.
final class SchemaEvolution {
    /// Snowflake's default limit of columns one COPY may add.
    static final int MOST_ADDED_COLUMNS = 100;

    private final Tables tables;

    SchemaEvolution(Tables tables) {
        this.tables = tables;
    }

    /// @param missing what the file has and the table lacks, with the types to add it as
    /// @param present the table's columns that the load fills
    /// @return the table as it is now
    TableInfo evolve(Duck duck, TableInfo table, Map<String, SnowflakeType> missing, Set<String> present)
            throws SQLException {
        if (!table.schemaEvolution()) {
            return table;
        }
        if (missing.size() > MOST_ADDED_COLUMNS) {
            throw new FileFailure(
                    SnowflakeError.BAD_FILE,
                    "The file would add " + missing.size() + " columns to " + table.name() + ", more than "
                            + MOST_ADDED_COLUMNS);
        }
        boolean changed = false;
        for (Map.Entry<String, SnowflakeType> column : missing.entrySet()) {
            refuseCaseTwin(table, column.getKey());
            tables.addColumn(
                    duck,
                    table.name(),
                    new ColumnDefinition(column.getKey(), column.getValue(), true, Optional.empty(), ""));
            changed = true;
        }
        for (ColumnInfo column : table.columns()) {
            if (!column.nullable() && !present.contains(column.name())) {
                tables.dropNotNull(duck, table.name(), column.name());
                changed = true;
            }
        }
        if (changed) {
            tables.touch(duck, table.name());
        }
        return changed ? tables.require(duck, table.name()) : table;
    }

    /// The name a new column gets: a plain one folds to upper case when case does not matter.
    static String newName(String fileName, MatchBy match) {
        return match == MatchBy.CASE_INSENSITIVE && fileName.matches("[A-Za-z_][A-Za-z0-9_]*")
                ? fileName.toUpperCase(java.util.Locale.ROOT)
                : fileName;
    }

    /// DuckDB compares column names without case.
    private static void refuseCaseTwin(TableInfo table, String name) {
        for (ColumnInfo column : table.columns()) {
            if (column.name().equalsIgnoreCase(name)) {
                throw new FileFailure(
                        SnowflakeError.BAD_FILE,
                        "The column " + name + " of the file differs from the table's " + column.name()
                                + " only in case, which the embedded warehouse does not hold apart");
            }
        }
    }
}
