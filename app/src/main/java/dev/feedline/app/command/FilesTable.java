package dev.feedline.app.command;

import dev.feedline.feeds.FileState;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Files and where they stand, as a table for people or JSON for programs.
final class FilesTable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> HEAD =
            List.of("FILE ID", "FEED", "KEY", "STATE", "RECEIVED", "LOADED", "QUARANTINED", "WHY");

    private FilesTable() {}

    static void json(List<FileState> files, PrintStream out) {
        out.println("[");
        for (int i = 0; i < files.size(); i++) {
            out.println(JSON.writeValueAsString(object(files.get(i))) + (i + 1 < files.size() ? "," : ""));
        }
        out.println("]");
    }

    static ObjectNode object(FileState file) {
        return JSON.createObjectNode()
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
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEAD);
        for (FileState file : files) {
            lines.add(List.of(
                    file.fileId(),
                    file.feed(),
                    file.key(),
                    file.state().name(),
                    Long.toString(file.received()),
                    Long.toString(file.loaded()),
                    Long.toString(file.quarantined()),
                    why(file)));
        }
        int[] widths = new int[HEAD.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                boolean number = i >= 4 && i <= 6;
                String padding = " ".repeat(widths[i] - line.get(i).length());
                text.append(i == 0 ? "" : "  ").append(number ? padding + line.get(i) : line.get(i) + padding);
            }
            out.println(text.toString().stripTrailing());
        }
    }

    /// The state in words, when it is not plain.
    private static String why(FileState file) {
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
