package dev.feedline.app.command;

import dev.feedline.feeds.FeedFile;
import dev.feedline.parquet.JsonToParquet;
import dev.feedline.rows.BadRow;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a conversion tells while it runs and at its end: progress, bad rows, statistics.
final class ConvertRun implements JsonToParquet.Watch, AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SHOWN = 5;
    private static final double MEGA = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final ConvertInputs inputs;
    private final @Nullable OutputStream badFile;
    private final PrintStream err = System.err;
    private final Progress progress;
    private final long started;
    private FeedFile current;
    /// Said at the end, however it comes: the run may be one of several, of which only the last counts.
    private final List<String> shown = new ArrayList<>();
    private long rows;
    private long bytes;
    private long bad;

    ConvertRun(ConvertInputs inputs, @Nullable Path badRows, Progress progress, long started) throws IOException {
        this.started = started;
        this.inputs = inputs;
        this.current = inputs.files().getFirst();
        this.progress = progress;
        this.badFile = badRows == null ? null : new BufferedOutputStream(Files.newOutputStream(badRows));
    }

    /// An input begins to be read.
    void begin(FeedFile input) {
        current = input;
    }

    /// How much of all files has been read.
    int percent() {
        return inputs.percent(current);
    }

    long badRows() {
        return bad;
    }

    @Override
    public void bad(int input, BadRow row) throws IOException {
        bad++;
        Path file = inputs.files().get(input).path();
        if (badFile != null) {
            badFile.write(JSON.writeValueAsBytes(json(file, row)));
            badFile.write('\n');
        } else if (bad <= SHOWN) {
            shown.add(file + " line " + row.line() + ": " + row.code().text() + ", " + Visible.text(row.detail()));
        }
    }

    @Override
    public void written(long more, long moreBytes) {
        rows += more;
        bytes += moreBytes;
        progress.note(String.format(
                Locale.ROOT,
                "%s: %d %% of all files, %,d rows, %.0f MB/s of JSON",
                current.path().getFileName(),
                percent(),
                rows,
                bytes / MEGA / seconds()));
    }

    /// Says how it ended.
    void end(Path out, boolean stats) throws IOException {
        progress.finish();
        tellOfBadRows();
        String ofThem = bad == 0 ? "all good" : String.format(Locale.ROOT, "%,d of them bad and not in it", bad);
        err.println(String.format(Locale.ROOT, "%s: %,d rows, %s", out, rows, ofThem));
        if (bad > SHOWN && badFile == null) {
            err.println("feedline: " + (bad - SHOWN) + " more bad rows are not shown; --bad-rows FILE keeps them all.");
        }
        if (stats) {
            err.println(String.format(
                    Locale.ROOT,
                    "%,d good rows; read %,d bytes, wrote %,d; %.2f s, %.2f s of processor time",
                    rows - bad,
                    inputs.bytes(),
                    Files.size(out),
                    seconds(),
                    cpuSeconds()));
        }
    }

    /// Of the first of them; those of a run that only showed what the columns are, nobody is told of.
    private void tellOfBadRows() {
        shown.forEach(text -> err.println("feedline: " + text));
        shown.clear();
    }

    /// The run does not count: another follows.
    void discard() {
        shown.clear();
    }

    private double seconds() {
        return (System.nanoTime() - started) / NANOS_PER_SECOND;
    }

    private static double cpuSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(used -> used.toNanos() / NANOS_PER_SECOND)
                .orElse(Double.NaN);
    }

    private static ObjectNode json(Path file, BadRow row) {
        Optional<String> text = row.text();
        return JSON.createObjectNode()
                .put("file", file.toString())
                .put("row", row.row())
                .put("code", row.code().text())
                .put("line", row.line())
                .put("byte_offset", row.offset())
                .put("column", row.column())
                .put("pointer", row.pointer())
                .put("detail", row.detail())
                .put("raw", text.orElse(null))
                .put("raw_base64", text.isPresent() ? null : Base64.getEncoder().encodeToString(row.raw()));
    }

    @Override
    public void close() throws IOException {
        if (!shown.isEmpty()) {
            progress.finish();
            tellOfBadRows();
        }
        if (badFile != null) {
            badFile.close();
        }
    }
}
