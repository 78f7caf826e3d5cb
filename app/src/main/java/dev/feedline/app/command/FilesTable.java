package dev.feedline.app.command;

import dev.feedline.feeds.FileState;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Files and where they stand, as a table for people or JSON for programs.
final class FilesTable {
    private FilesTable() {}

    static void json(List<FileState> files, PrintStream out) {
        JsonMapper json = new JsonMapper(); // not built for the table, which people wait for
        out.println("[");
        for (int i = 0; i < files.size(); i++) {
            out.println(json.writeValueAsString(object(files.get(i))) + (i + 1 < files.size() ? "," : ""));
        }
        out.println("]");
    }

    static ObjectNode object(FileState file) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("feed", file.feed())
                .put("bucket", file.bucket())
                .put("key", file.key())
                .put("version", file.version())
                .put("fileId", file.fileId())
                .put("state", file.state().name())
                .put("received", file.received())
                .put("loaded", file.loaded())
                .put("quarantined", file.quarantined())
                .put("reason", file.reason())
                .put("uploadedAt", file.uploadedAt().toString());
    }

    static void table(List<FileState> files, PrintStream out) {
        Grid grid = new Grid(
                "", Set.of(4, 5, 6), "FILE ID", "FEED", "KEY", "STATE", "RECEIVED", "LOADED", "QUARANTINED", "WHY");
        for (FileState file : files) {
            grid.add(
                    file.fileId(),
                    file.feed(),
                    Visible.text(file.key()),
                    file.state().name(),
                    Long.toString(file.received()),
                    Long.toString(file.loaded()),
                    Long.toString(file.quarantined()),
                    Visible.text(why(file)));
        }
        grid.print(out);
    }

    /// The state in words, when it is not plain.
    static String why(FileState file) {
        String reason = file.reason();
        if (reason != null) {
            return reason;
        }
        return switch (file.state()) {
            case WAITING -> "not ingested yet";
            case IN_FLIGHT -> file.received() - file.loaded() - file.quarantined() + " rows on their way";
            case UNBALANCED -> "received is not loaded + quarantined";
            case NO_FEED -> "its key is under no feed's prefix; put it under <feed>/";
            case BALANCED, HELD, SKIPPED, FAILED -> "";
        };
    }
}
