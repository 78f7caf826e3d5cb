package dev.feedline.snowflake.catalog;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.sql.ObjectName;
import java.util.List;
import java.util.Optional;

/// Where names without a database or schema are looked up.
public record Scope(Optional<String> database, Optional<String> schema) {
    public static Scope of(SchemaName schema) {
        return new Scope(Optional.of(schema.database()), Optional.of(schema.schema()));
    }

    public Qualified resolve(ObjectName name) {
        List<String> parts = name.parts();
        return switch (parts.size()) {
            case 1 -> new Qualified(database(name), schemaFor(name), parts.get(0));
            case 2 -> new Qualified(database(name), parts.get(0), parts.get(1));
            default -> new Qualified(parts.get(0), parts.get(1), parts.get(2));
        };
    }

    /// Whether the name is whole with what the scope adds to it.
    public boolean resolves(ObjectName name) {
        return switch (name.parts().size()) {
            case 1 -> database.isPresent() && schema.isPresent();
            case 2 -> database.isPresent();
            case 3 -> true;
            default -> false;
        };
    }

    public SchemaName resolveSchema(ObjectName name) {
        List<String> parts = name.parts();
        if (parts.size() > 2) {
            throw SnowflakeError.SYNTAX.with("a schema's name has at most two parts: " + name);
        }
        return parts.size() == 1
                ? new SchemaName(database(name), parts.get(0))
                : new SchemaName(parts.get(0), parts.get(1));
    }

    private String database(ObjectName name) {
        return database.orElseThrow(() -> SnowflakeError.NO_CURRENT_DATABASE.with(
                "Cannot resolve " + name + ". This session does not have a current database. Call 'USE DATABASE', or"
                        + " use a qualified name."));
    }

    private String schemaFor(ObjectName name) {
        return schema.orElseThrow(() -> SnowflakeError.NO_CURRENT_SCHEMA.with("Cannot resolve " + name
                + ". This session does not have a current schema. Call 'USE SCHEMA', or use" + " a qualified name."));
    }
}
