package dev.feedline.app.command;

import dev.feedline.app.story.FileStory;
import dev.feedline.app.story.FileStory.ChunkStory;
import dev.feedline.app.story.FileStory.Equation;
import dev.feedline.app.story.FileStory.QuarantineGroup;
import dev.feedline.app.story.FileStory.Stage;
import dev.feedline.app.story.FileStory.UploadedObject;
import dev.feedline.app.story.NextStep;
import dev.feedline.feeds.FileState;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A file's story for people: the sentence that is read first, then what it is, then how it got there.
final class FileStoryText {
    /// Of a file with very many chunks the first and the last are shown; `--json` has all.
    private static final int MOST_CHUNKS = 40;

    private static final int LONGEST_DETAIL = 90;

    private FileStoryText() {}

    static void print(FileStory story, PrintStream out) {
        FileState file = story.file();
        out.println(Visible.text(file.key()) + "  " + file.state() + reason(file));
        if (story.equation() != null) {
            out.println("  " + sentence(story.equation()));
        }
        identity(story, out);
        stages(story, out);
        chunks(story, out);
        quarantine(story, out);
        others(story, out);
        String next = NextStep.of(story);
        if (!next.isEmpty()) {
            out.println("\nWhat to do: " + next);
        }
    }

    private static String reason(FileState file) {
        String why = FilesTable.why(file);
        return why.isEmpty() ? "" : ": " + Visible.text(why);
    }

    static String sentence(Equation equation) {
        long missing = equation.received() - equation.loaded() - equation.quarantined();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d received %s %,d loaded + %,d quarantined",
                equation.received(),
                missing == 0 ? "=" : "≠",
                equation.loaded(),
                equation.quarantined()));
        if (missing != 0) {
            text.append(String.format(Locale.ROOT, " · %,d unaccounted", missing));
        }
        if (equation.loaded() != equation.loadedDistinct()) {
            text.append(
                    String.format(Locale.ROOT, " · %,d loaded twice", equation.loaded() - equation.loadedDistinct()));
        }
        if (equation.overlap() != 0) {
            text.append(String.format(Locale.ROOT, " · %,d both loaded and quarantined", equation.overlap()));
        }
        return text.toString();
    }

    private static void identity(FileStory story, PrintStream out) {
        FileState file = story.file();
        UploadedObject upload = story.upload();
        out.println();
        new Grid("  ", Set.of(), "file id", file.fileId())
                .add("feed", file.feed().isEmpty() ? "none" : file.feed())
                .add("bucket", file.bucket())
                .add("version", file.version())
                .add(
                        "size",
                        upload == null ? "the upload is gone" : String.format(Locale.ROOT, "%,d bytes", upload.size()))
                .add("etag", upload == null ? "the upload is gone" : upload.eTag())
                .add("uploaded", file.uploadedAt().toString())
                .print(out);
    }

    private static void stages(FileStory story, PrintStream out) {
        Grid grid = new Grid("  ", Set.of(1, 4), "STAGE", "COUNT", "FIRST", "LAST", "AFTER UPLOAD", "");
        for (Stage stage : story.stages()) {
            grid.add(
                    stage.name(),
                    String.format(Locale.ROOT, "%,d", stage.count()),
                    text(stage.first()),
                    text(stage.last()),
                    after(story.file().uploadedAt(), stage.last()),
                    stage.note());
        }
        out.println();
        grid.print(out);
    }

    private static void chunks(FileStory story, PrintStream out) {
        if (story.chunks().isEmpty()) {
            return;
        }
        Grid grid = new Grid(
                "  ",
                Set.of(0, 1, 2, 3, 4, 5, 6, 7),
                "CHUNK",
                "ROWS",
                "GOOD",
                "BAD",
                "SCHEMA",
                "LANDED",
                "LAKE BYTES",
                "LOADED",
                "LAKE OBJECT");
        int count = story.chunks().size();
        for (int i = 0; i < count; i++) {
            if (count > MOST_CHUNKS && i == MOST_CHUNKS / 2) {
                i = count - MOST_CHUNKS / 2;
                grid.add("…", "", "", "", "", "", "", "", (count - MOST_CHUNKS) + " more; --json shows all");
            }
            ChunkStory chunk = story.chunks().get(i);
            grid.add(
                    Long.toString(chunk.number()),
                    chunk.firstRow() + "–" + chunk.lastRow(),
                    Long.toString(chunk.good()),
                    Long.toString(chunk.bad()),
                    "v" + chunk.schemaVersion(),
                    Long.toString(chunk.landed()),
                    chunk.lakeBytes() == null ? "–" : chunk.lakeBytes().toString(),
                    Long.toString(chunk.loaded()),
                    chunk.lakeBytes() == null ? "–" : chunk.lakeKey());
        }
        out.println();
        grid.print(out);
    }

    private static void quarantine(FileStory story, PrintStream out) {
        if (story.quarantine().isEmpty()) {
            return;
        }
        Grid grid = new Grid("  ", Set.of(2), "CODE", "COLUMN", "ROWS", "FIRST", "WHAT IS WRONG THERE");
        for (QuarantineGroup group : story.quarantine()) {
            grid.add(
                    group.code(),
                    group.column() == null ? "" : Visible.text(group.column()),
                    Long.toString(group.rows()),
                    "row " + group.firstRow() + ", line " + group.firstLine(),
                    shortened(Visible.text(group.firstDetail())));
        }
        out.println();
        grid.print(out);
    }

    private static void others(FileStory story, PrintStream out) {
        if (!story.otherVersions().isEmpty()) {
            out.println("\nOther versions of this key:");
            FilesTable.table(story.otherVersions(), out);
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL - 1) + "…";
    }

    private static String text(@Nullable Instant at) {
        return at == null ? "–" : at.toString();
    }

    /// S3 tells whole seconds; only what knows its milliseconds shows them.
    private static String after(Instant upload, @Nullable Instant at) {
        if (at == null) {
            return "";
        }
        long millis = Duration.between(upload, at).toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : String.format(Locale.ROOT, "%.3f s", millis / 1000.0);
    }
}
