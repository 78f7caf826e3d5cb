package dev.feedline.app.command;

import dev.feedline.app.story.FileStory;
import dev.feedline.app.story.FileStory.ChunkStory;
import dev.feedline.app.story.FileStory.Equation;
import dev.feedline.app.story.FileStory.QuarantineGroup;
import dev.feedline.app.story.FileStory.Stage;
import dev.feedline.app.story.FileStory.UploadedObject;
import dev.feedline.app.story.NextStep;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A file's story as one JSON object; what there is not is null.
final class FileStoryJson {
    private static final JsonMapper JSON = new JsonMapper();

    private FileStoryJson() {}

    static String of(FileStory story) {
        ObjectNode object = FilesTable.object(story.file());
        UploadedObject upload = story.upload();
        object.put("size", upload == null ? null : upload.size());
        object.put("eTag", upload == null ? null : upload.eTag());
        object.set("equation", equation(story.equation()));
        ArrayNode stages = object.putArray("stages");
        story.stages().forEach(stage -> stages.add(stage(stage)));
        ArrayNode chunks = object.putArray("chunks");
        story.chunks().forEach(chunk -> chunks.add(chunk(chunk)));
        ArrayNode quarantine = object.putArray("quarantine");
        story.quarantine().forEach(group -> quarantine.add(group(group)));
        ArrayNode others = object.putArray("otherVersions");
        story.otherVersions().forEach(other -> others.add(FilesTable.object(other)));
        String next = NextStep.of(story);
        object.put("next", next.isEmpty() ? null : next);
        return JSON.writeValueAsString(object);
    }

    private static @Nullable ObjectNode equation(@Nullable Equation equation) {
        return equation == null
                ? null
                : JSON.createObjectNode()
                        .put("received", equation.received())
                        .put("loaded", equation.loaded())
                        .put("loadedDistinct", equation.loadedDistinct())
                        .put("quarantined", equation.quarantined())
                        .put("overlap", equation.overlap())
                        .put("maxRow", equation.maxRow());
    }

    private static ObjectNode stage(Stage stage) {
        return JSON.createObjectNode()
                .put("name", stage.name())
                .put("count", stage.count())
                .put("first", text(stage.first()))
                .put("last", text(stage.last()))
                .put("note", stage.note().isEmpty() ? null : stage.note());
    }

    private static ObjectNode chunk(ChunkStory chunk) {
        return JSON.createObjectNode()
                .put("chunk", chunk.number())
                .put("firstRow", chunk.firstRow())
                .put("lastRow", chunk.lastRow())
                .put("good", chunk.good())
                .put("bad", chunk.bad())
                .put("schemaVersion", chunk.schemaVersion())
                .put("landed", chunk.landed())
                .put("lakeKey", chunk.lakeKey())
                .put("lakeBytes", chunk.lakeBytes())
                .put("loaded", chunk.loaded())
                .put("loadedAt", text(chunk.loadedAt()));
    }

    private static ObjectNode group(QuarantineGroup group) {
        return JSON.createObjectNode()
                .put("code", group.code())
                .put("column", group.column())
                .put("rows", group.rows())
                .put("firstRow", group.firstRow())
                .put("firstLine", group.firstLine())
                .put("firstDetail", group.firstDetail());
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
