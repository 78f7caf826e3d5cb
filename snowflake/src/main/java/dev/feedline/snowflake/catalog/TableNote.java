package dev.feedline.snowflake.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What DuckDB cannot say of a table or view, kept as JSON in DuckDB's own comment on it: so it is
/// created, replaced and dropped with the table, in the same transaction.
///
/// @param text a view's statement as written, else empty
record TableNote(String id, Instant createdOn, boolean schemaEvolution, String comment, String text) {
    private static final JsonMapper JSON = new JsonMapper();

    String json() {
        ObjectNode note = JSON.createObjectNode();
        note.put("id", id).put("created_on", createdOn.toString()).put("schema_evolution", schemaEvolution);
        note.put("comment", comment).put("text", text);
        return note.toString();
    }

    static TableNote parse(@Nullable String json) {
        if (json == null) {
            return new TableNote("", Instant.EPOCH, false, "", "");
        }
        JsonNode note = JSON.readTree(json);
        return new TableNote(
                note.path("id").asString(),
                Instant.parse(note.path("created_on").asString()),
                note.path("schema_evolution").asBoolean(),
                note.path("comment").asString(),
                note.path("text").asString());
    }
}
