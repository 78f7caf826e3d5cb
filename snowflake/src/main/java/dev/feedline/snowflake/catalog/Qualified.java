package dev.feedline.snowflake.catalog;

import dev.feedline.snowflake.sql.Quoting;

/// The full name of something in a schema.
public record Qualified(String database, String schema, String name) {
    /// As DuckDB reads it.
    public String duck() {
        return Quoting.identifier(database) + "." + Quoting.identifier(schema) + "." + Quoting.identifier(name);
    }

    public SchemaName in() {
        return new SchemaName(database, schema);
    }

    @Override
    public String toString() {
        return Quoting.readable(database) + "." + Quoting.readable(schema) + "." + Quoting.readable(name);
    }
}
