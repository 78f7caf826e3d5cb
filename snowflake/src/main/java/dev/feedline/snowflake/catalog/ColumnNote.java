package dev.feedline.snowflake.catalog;

import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.sql.DuckType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The declared type of a column and its user's comment, kept as JSON in DuckDB's own comment on it.
record ColumnNote(Optional<SnowflakeType> type, Optional<String> identity, String comment) {
    private static final JsonMapper JSON = new JsonMapper();

    String json() {
        var note = JSON.createObjectNode();
        type.ifPresent(of -> note.put("kind", of.kind().name())
                .put("precision", of.precision())
                .put("scale", of.scale()));
        identity.ifPresent(of -> note.put("identity", of));
        return note.put("comment", comment).toString();
    }

    static ColumnNote parse(@Nullable String json) {
        if (json == null) {
            return new ColumnNote(Optional.empty(), Optional.empty(), "");
        }
        JsonNode note = JSON.readTree(json);
        Optional<SnowflakeType> type = note.has("kind")
                ? Optional.of(new SnowflakeType(
                        SnowflakeType.Kind.valueOf(note.path("kind").asString()),
                        note.path("precision").asInt(),
                        note.path("scale").asInt()))
                : Optional.empty();
        Optional<String> identity =
                note.has("identity") ? Optional.of(note.path("identity").asString()) : Optional.empty();
        return new ColumnNote(type, identity, note.path("comment").asString());
    }

    /// Whether DuckDB's type alone would show as another one.
    static boolean isNeeded(SnowflakeType type, String comment) {
        return !comment.isEmpty() || !DuckType.toSnowflake(DuckType.of(type)).equals(type);
    }
}
