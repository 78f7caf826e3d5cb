package dev.feedline.app.command;

import dev.feedline.app.audit.Difference;
import dev.feedline.app.audit.Verdict;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What comparing files with the warehouse came to, for people and for programs.
final class VerdictText {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST_DIFFERENCE = 300;

    private VerdictText() {}

    static void print(Verdict verdict, PrintStream out) {
        String reason = verdict.reason().isEmpty() ? "" : " (" + Visible.text(verdict.reason()) + ")";
        String figures = switch (verdict.outcome()) {
            case EQUAL ->
                String.format(
                        Locale.ROOT,
                        "EQUAL: %,d rows read again, every value equal; %,d in quarantine",
                        verdict.compared(),
                        verdict.quarantined());
            case DIFFERENT ->
                String.format(
                        Locale.ROOT,
                        "DIFFERENT: %,d differences; %,d rows read again, %,d in quarantine",
                        verdict.differences(),
                        verdict.compared(),
                        verdict.quarantined());
            case NOT_COMPARED -> "NOT COMPARED";
        };
        out.println(verdict.file().fileId() + "  " + Visible.text(verdict.file().key()) + "  " + figures + reason);
        for (Difference difference : verdict.first()) {
            out.println("  " + shortened(Visible.text(difference.text())));
        }
        if (verdict.differences() > verdict.first().size()) {
            out.println("  … and " + (verdict.differences() - verdict.first().size()) + " more");
        }
    }

    static void json(List<Verdict> verdicts, PrintStream out) {
        ArrayNode all = JSON.createArrayNode();
        verdicts.forEach(verdict -> all.add(object(verdict)));
        out.println(JSON.writeValueAsString(all));
    }

    private static ObjectNode object(Verdict verdict) {
        ObjectNode object = FilesTable.object(verdict.file())
                .put("outcome", verdict.outcome().name())
                .put("comparedRows", verdict.compared())
                .put("quarantinedRows", verdict.quarantined())
                .put("differences", verdict.differences())
                .put("comparison", verdict.reason().isEmpty() ? null : verdict.reason());
        ArrayNode first = object.putArray("firstDifferences");
        verdict.first()
                .forEach(difference -> first.add(JSON.createObjectNode()
                        .put("row", difference.row())
                        .put("column", difference.column())
                        .put("source", difference.source())
                        .put("table", difference.table())
                        .put("text", difference.text())));
        return object;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_DIFFERENCE ? text : text.substring(0, LONGEST_DIFFERENCE - 1) + "…";
    }
}
