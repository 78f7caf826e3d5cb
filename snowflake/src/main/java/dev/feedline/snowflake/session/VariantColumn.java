package dev.feedline.snowflake.session;

import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.Context;
import java.sql.SQLException;
import java.util.List;

/// A column of VARIANT, OBJECT or ARRAY that some table or view has.
///
/// @param table in upper case
/// @param place among the table's columns; the first has 1
record VariantColumn(String table, String name, int place) {
    private record Sought(Qualified table) {}

    /// All columns of a table.
    static List<Context.Column> of(Duck duck, Qualified table) throws SQLException {
        return duck.known(
                new Sought(table),
                () -> List.copyOf(duck.query(
                        "SELECT column_name, data_type LIKE '%JSON%' FROM duckdb_columns() WHERE database_name = ?"
                                + " AND schema_name = ? AND table_name = ? ORDER BY column_index",
                        row -> new Context.Column(row.getString(1), row.getBoolean(2)),
                        table.duckDatabase(),
                        table.duckSchema(),
                        table.duckName())));
    }

    /// Those of all databases and of all sessions' own tables.
    static List<VariantColumn> all(Duck duck) throws SQLException {
        return duck.known(
                VariantColumn.class,
                () -> List.copyOf(duck.query(
                        "SELECT upper(table_name), column_name, column_index FROM duckdb_columns()"
                                + " WHERE data_type LIKE '%JSON%' AND NOT internal",
                        row -> new VariantColumn(row.getString(1), row.getString(2), row.getInt(3)))));
    }
}
