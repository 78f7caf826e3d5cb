package dev.feedline.snowflake.catalog;

import dev.feedline.snowflake.sql.ObjectName;
import dev.feedline.snowflake.sql.TableTraits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What DuckDB cannot say of a table or view, kept as JSON in DuckDB's own comment on it: so it is
/// created, replaced and dropped with the table, in the same transaction.
///
/// @param text a view's statement as written, else empty
record TableNote(
        String id, Instant createdOn, boolean schemaEvolution, TableTraits traits, String comment, String text) {
    private static final JsonMapper JSON = new JsonMapper();

    static TableNote of(TableInfo table) {
        return new TableNote(
                table.id(), table.createdOn(), table.schemaEvolution(), table.traits(), table.comment(), table.text());
    }

    /// @param lastDdl when the table was last defined: now, for whoever writes a note does that
    String json(Instant lastDdl) {
        ObjectNode note = JSON.createObjectNode();
        note.put("id", id).put("created_on", createdOn.toString()).put("schema_evolution", schemaEvolution);
        note.put("last_ddl", lastDdl.toString());
        note.put("comment", comment).put("text", text);
        if (traits.secure()) {
            note.put("secure", true);
        } else if (!traits.equals(TableTraits.NONE)) {
            note.put("transient", traits.isTransient()).put("cluster_by", traits.clusterBy());
            var list = note.putArray("constraints");
            for (TableTraits.Constraint constraint : traits.constraints()) {
                ObjectNode one = list.addObject().put("kind", constraint.kind().name());
                constraint.name().ifPresent(name -> one.put("name", name));
                constraint.columns().forEach(one.putArray("columns")::add);
                constraint.references().ifPresent(table -> table.parts().forEach(one.putArray("references")::add));
                constraint.referencedColumns().forEach(one.putArray("referenced_columns")::add);
            }
        }
        return note.toString();
    }

    static TableNote parse(@Nullable String json) {
        if (json == null) {
            return new TableNote("", Instant.EPOCH, false, TableTraits.NONE, "", "");
        }
        JsonNode note = JSON.readTree(json);
        List<TableTraits.Constraint> constraints = new ArrayList<>();
        for (JsonNode one : note.path("constraints")) {
            constraints.add(new TableTraits.Constraint(
                    TableTraits.Kind.valueOf(one.path("kind").asString()),
                    one.has("name") ? Optional.of(one.path("name").asString()) : Optional.empty(),
                    texts(one.path("columns")),
                    one.has("references")
                            ? Optional.of(new ObjectName(texts(one.path("references"))))
                            : Optional.empty(),
                    texts(one.path("referenced_columns"))));
        }
        return new TableNote(
                note.path("id").asString(),
                Instant.parse(note.path("created_on").asString()),
                note.path("schema_evolution").asBoolean(),
                new TableTraits(
                        note.path("transient").asBoolean(false),
                        note.path("cluster_by").asString(""),
                        constraints,
                        note.path("secure").asBoolean(false)),
                note.path("comment").asString(),
                note.path("text").asString());
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.asString()));
        return texts;
    }
}
