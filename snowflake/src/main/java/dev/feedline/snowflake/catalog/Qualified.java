package dev.feedline.snowflake.catalog;

import dev.feedline.snowflake.sql.Quoting;

/// The full name of something in a schema.
///
/// @param temporary a table or view of one session, beside one of the same name that all have. DuckDB keeps it with the
///     session's connection, in a catalogue without schemas, under its full name.
public record Qualified(String database, String schema, String name, boolean temporary) {
    private static final String TEMPORARY = "temp";

    public Qualified(String database, String schema, String name) {
        this(database, schema, name, false);
    }

    /// The session's own of that name.
    public Qualified ofSession() {
        return new Qualified(database, schema, name, true);
    }

    /// Another name beside it, of the same kind.
    public Qualified beside(String other) {
        return new Qualified(database, schema, other, temporary);
    }

    /// As DuckDB reads it.
    public String duck() {
        return Quoting.identifier(duckDatabase()) + "." + Quoting.identifier(duckSchema()) + "."
                + Quoting.identifier(duckName());
    }

    public String duckDatabase() {
        return temporary ? TEMPORARY : database;
    }

    public String duckSchema() {
        return temporary ? "main" : schema;
    }

    public String duckName() {
        return temporary ? toString() : name;
    }

    public SchemaName in() {
        return new SchemaName(database, schema);
    }

    @Override
    public String toString() {
        return Quoting.readable(database) + "." + Quoting.readable(schema) + "." + Quoting.readable(name);
    }
}
