package dev.feedline.snowflake.catalog;

import dev.feedline.kernel.Ground;
import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.ObjectKind;
import dev.feedline.snowflake.sql.Quoting;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Stages, file formats and pipes, in a hidden table of their database's file.
public final class Objects {
    private final Ground ground;

    public Objects(Ground ground) {
        this.ground = ground;
    }

    public StoredObject create(Duck duck, ObjectKind kind, Qualified name, String comment, String definition)
            throws SQLException {
        return create(duck, kind, name, ground.clock().instant(), comment, definition);
    }

    private StoredObject create(
            Duck duck, ObjectKind kind, Qualified name, Instant createdOn, String comment, String definition)
            throws SQLException {
        StoredObject object = new StoredObject(kind, name, ground.ids().hex(32), createdOn, comment, definition, false);
        duck.define(
                "INSERT INTO " + table(name.database()) + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                kind.name(),
                name.schema(),
                name.name(),
                object.id(),
                object.createdOn(),
                comment,
                definition,
                false);
        return object;
    }

    /// What ALTER makes of an object, within its schema.
    public void redefine(Duck duck, StoredObject object, Qualified name, String comment, String definition)
            throws SQLException {
        duck.define(
                "UPDATE " + table(object.name().database()) + " SET name = ?, comment = ?, definition = ? WHERE id = ?",
                name.name(),
                comment,
                definition,
                object.id());
    }

    public void drop(Duck duck, StoredObject object) throws SQLException {
        duck.define("DELETE FROM " + table(object.name().database()) + " WHERE id = ?", object.id());
    }

    public void dropAll(Duck duck, SchemaName schema) throws SQLException {
        duck.define("DELETE FROM " + table(schema.database()) + " WHERE schema_name = ?", schema.schema());
    }

    public void pause(Duck duck, StoredObject pipe, boolean paused) throws SQLException {
        duck.define("UPDATE " + table(pipe.name().database()) + " SET paused = ? WHERE id = ?", paused, pipe.id());
    }

    /// DuckDB has no comments on schemas, and does not know since when they are: both lie beside the schema's objects.
    ///
    /// @param createdOn of a schema of which nothing is noted yet
    public void commentSchema(Duck duck, SchemaName schema, Instant createdOn, String comment) throws SQLException {
        Optional<StoredObject> before = schema(duck, schema);
        if (before.isPresent()) {
            setComment(duck, before.get(), comment);
        } else {
            Qualified name = new Qualified(schema.database(), schema.schema(), schema.schema());
            create(duck, ObjectKind.SCHEMA, name, createdOn, comment, "");
        }
    }

    /// What is noted of a schema; nothing of those that earlier versions made without a comment.
    public Optional<StoredObject> schema(Duck duck, SchemaName schema) throws SQLException {
        return find(duck, ObjectKind.SCHEMA, new Qualified(schema.database(), schema.schema(), schema.schema()));
    }

    /// Empty when there is none.
    public String schemaComment(Duck duck, SchemaName schema) throws SQLException {
        return schema(duck, schema).map(StoredObject::comment).orElse("");
    }

    public void setComment(Duck duck, StoredObject object, String comment) throws SQLException {
        duck.define(
                "UPDATE " + table(object.name().database()) + " SET comment = ? WHERE id = ?", comment, object.id());
    }

    public Optional<StoredObject> find(Duck duck, ObjectKind kind, Qualified name) throws SQLException {
        return list(duck, kind, name.database(), Optional.of(name.schema())).stream()
                .filter(object -> object.name().equals(name))
                .findFirst();
    }

    public StoredObject require(Duck duck, ObjectKind kind, Qualified name) throws SQLException {
        return find(duck, kind, name).orElseThrow(() -> missing(kind, name));
    }

    public static dev.feedline.snowflake.SnowflakeException missing(ObjectKind kind, Object name) {
        return SnowflakeError.OBJECT_NOT_FOUND.with(kind.title() + " '" + name + "' does not exist or not authorized.");
    }

    private record All(ObjectKind kind, String database, Optional<String> schema) {}

    public List<StoredObject> list(Duck duck, ObjectKind kind, String database, Optional<String> schema)
            throws SQLException {
        return duck.known(new All(kind, database, schema), () -> List.copyOf(read(duck, kind, database, schema)));
    }

    private static List<StoredObject> read(Duck duck, ObjectKind kind, String database, Optional<String> schema)
            throws SQLException {
        List<Object> parameters = new ArrayList<>(List.of(kind.name()));
        schema.ifPresent(parameters::add);
        return duck.query(
                "SELECT schema_name, name, id, created_on, comment, definition, paused FROM " + table(database)
                        + " WHERE kind = ?" + (schema.isPresent() ? " AND schema_name = ?" : "")
                        + " ORDER BY schema_name, name",
                row -> new StoredObject(
                        kind,
                        new Qualified(database, row.getString(1), row.getString(2)),
                        row.getString(3),
                        row.getObject(4, OffsetDateTime.class).toInstant(),
                        row.getString(5),
                        row.getString(6),
                        row.getBoolean(7)),
                parameters.toArray());
    }

    private static String table(String database) {
        return Quoting.identifier(database) + ".main._objects";
    }
}
