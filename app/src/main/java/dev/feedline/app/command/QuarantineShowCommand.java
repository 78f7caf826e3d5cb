package dev.feedline.app.command;

import dev.feedline.app.Reach;
import dev.feedline.app.RemotePipeline;
import dev.feedline.app.story.FileLookup;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.Warehouse;
import dev.feedline.rows.BadRowCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `feedline quarantine show FILE:ROW`
@Command(
        name = "show",
        description = "Show one bad row in full, with the fault marked under its text.",
        mixinStandardHelpOptions = true)
final class QuarantineShowCommand implements Callable<Integer> {
    private static final Pattern FILE_AND_ROW = Pattern.compile("(.+):([0-9]{1,18})");
    private static final int MOST_NAMED = 20;
    private static final JsonMapper JSON = new JsonMapper();

    @Mixin
    private FolderOptions folder = new FolderOptions();

    @Parameters(
            paramLabel = "FILE[:ROW]",
            description = "The file's id or key, or the beginning of either, and the number of the row;"
                    + " without it the file's only bad row.")
    private String meant = "";

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        try (Reach reach = folder.reach(false)) {
            RemotePipeline pipeline = RemotePipeline.of(reach);
            Matcher parts = FILE_AND_ROW.matcher(meant);
            boolean hasRow = parts.matches();
            FileState file = new FileLookup(pipeline).find(hasRow ? parts.group(1) : meant);
            Warehouse warehouse = pipeline.warehouse();
            QuarantinedRow row =
                    hasRow ? numbered(warehouse, file, Long.parseLong(parts.group(2))) : only(warehouse, file);
            if (json) {
                System.out.println(object(file, row));
            } else {
                print(file, row, System.out);
            }
        }
        return ExitCode.BALANCED;
    }

    private static QuarantinedRow numbered(Warehouse warehouse, FileState file, long number) throws IOException {
        return QuarantinedRow.find(warehouse, file.fileId(), number)
                .orElseThrow(() -> new IOException("Row " + number + " of " + Visible.text(file.key())
                        + " is not in quarantine. `feedline quarantine list --file " + file.fileId()
                        + "` lists the rows that are."));
    }

    private static QuarantinedRow only(Warehouse warehouse, FileState file) throws IOException {
        List<QuarantinedRow> rows = QuarantinedRow.first(warehouse, file.fileId(), MOST_NAMED + 1);
        if (rows.size() == 1) {
            return rows.getFirst();
        }
        if (rows.isEmpty()) {
            throw new IOException(
                    "No row of " + Visible.text(file.key()) + " is in quarantine; the file is " + file.state() + ".");
        }
        throw new IOException("Say which of the bad rows of " + Visible.text(file.key()) + " to show, as "
                + file.fileId() + ":ROW; bad are "
                + rows.stream()
                        .limit(MOST_NAMED)
                        .map(row -> Long.toString(row.number()))
                        .collect(Collectors.joining(", "))
                + (rows.size() > MOST_NAMED ? " and more." : "."));
    }

    private static void print(FileState file, QuarantinedRow row, PrintStream out) {
        MarkedFault marked = MarkedFault.of(row.raw(), row.faultOffset().orElse(-1));
        out.println(row.code() + ": " + Visible.text(row.fault()));
        out.println();
        out.println("  " + marked.text());
        if (!marked.mark().isEmpty()) {
            out.println("  " + marked.mark());
        }
        out.println();
        String place = row.faultOffset().isEmpty()
                ? "the row as a whole"
                : "byte " + row.faultOffset().getAsInt() + " of the row, byte "
                        + (row.offset() + row.faultOffset().getAsInt()) + " of the file (unpacked)";
        new Grid("  ", Set.of(), "file", Visible.text(file.key()) + "  (" + row.fileId() + ")")
                .add("row", row.number() + ", on line " + row.line() + ", chunk " + row.chunk())
                .add("where", place)
                .add("column", row.column() == null ? "–" : Visible.text(row.column()))
                .add("pointer", row.pointer() == null ? "–" : Visible.text(row.pointer()))
                .print(out);
        out.println("\nWhat to do: " + advice(row.code()));
    }

    private static ObjectNode object(FileState file, QuarantinedRow row) {
        ObjectNode object = JSON.createObjectNode()
                .put("feed", row.feed())
                .put("key", file.key())
                .put("fileId", row.fileId())
                .put("chunk", row.chunk())
                .put("row", row.number())
                .put("line", row.line())
                .put("byteOffset", row.offset())
                .put(
                        "faultOffset",
                        row.faultOffset().isEmpty() ? null : row.faultOffset().getAsInt())
                .put("column", row.column())
                .put("pointer", row.pointer())
                .put("code", row.code())
                .put("detail", row.detail())
                .put("advice", advice(row.code()));
        boolean isText = row.isText();
        return object.put("raw", isText ? new String(row.raw(), StandardCharsets.UTF_8) : null)
                .put("rawBase64", isText ? null : Base64.getEncoder().encodeToString(row.raw()));
    }

    /// A code of a newer Feedline may be in an older one's table.
    private static String advice(String code) {
        return Arrays.stream(BadRowCode.values())
                .filter(known -> known.text().equals(code))
                .findFirst()
                .map(BadRowCode::advice)
                .orElse("This Feedline does not know the code " + code.toUpperCase(Locale.ROOT) + ".");
    }
}
