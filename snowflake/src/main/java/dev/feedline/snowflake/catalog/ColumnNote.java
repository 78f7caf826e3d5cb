package dev.feedline.snowflake.catalog;

import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.sql.DuckType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The declared type of a column, its DEFAULT as declared and its user's comment, kept as JSON in DuckDB's own comment
/// on it.
///
/// @param defaultValue as it is shown; it says nothing once DuckDB has no default of the column any more
record ColumnNote(
        Optional<SnowflakeType> type, Optional<String> identity, Optional<String> defaultValue, String comment) {
    private static final JsonMapper JSON = new JsonMapper();

    String json() {
        var note = JSON.createObjectNode();
        type.ifPresent(of -> note.put("kind", of.kind().name())
                .put("precision", of.precision())
                .put("scale", of.scale()));
        identity.ifPresent(of -> note.put("identity", of));
        defaultValue.ifPresent(of -> note.put("default", of));
        return note.put("comment", comment).toString();
    }

    static ColumnNote parse(@Nullable String json) {
        if (json == null) {
            return new ColumnNote(Optional.empty(), Optional.empty(), Optional.empty(), "");
        }
        JsonNode note = JSON.readTree(json);
        Optional<SnowflakeType> type = note.has("kind")
                ? Optional.of(new SnowflakeType(
                        SnowflakeType.Kind.valueOf(note.path("kind").asString()),
                        note.path("precision").asInt(),
                        note.path("scale").asInt()))
                : Optional.empty();
        return new ColumnNote(
                type,
                text(note, "identity"),
                text(note, "default"),
                note.path("comment").asString());
    }

    private static Optional<String> text(JsonNode note, String key) {
        return note.has(key) ? Optional.of(note.path(key).asString()) : Optional.empty();
    }

    /// Whether DuckDB's type alone would show as another one.
    static boolean isNeeded(SnowflakeType type, String comment) {
        return !comment.isEmpty() || !DuckType.toSnowflake(DuckType.of(type)).equals(type);
    }
}
