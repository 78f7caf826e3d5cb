package dev.feedline.snowflake.catalog;

import dev.feedline.snowflake.sql.Quoting;

/// The full name of a schema.
public record SchemaName(String database, String schema) {
    /// As DuckDB reads it.
    public String duck() {
        return Quoting.identifier(database) + "." + Quoting.identifier(schema);
    }

    @Override
    public String toString() {
        return Quoting.readable(database) + "." + Quoting.readable(schema);
    }
}
