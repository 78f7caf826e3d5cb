package dev.feedline.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.feedline.parquet.JsonToParquet;
import dev.feedline.rows.BadRow;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a conversion tells while it runs and at its end: progress, bad rows, statistics.
final class ConvertRun implements JsonToParquet.Watch, AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SHOWN = 5;
    private static final double MEGA = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final List<Path> inputs;
    private final @Nullable OutputStream badFile;
    private final PrintStream err = System.err;
    private final Progress progress = new Progress(err);
    private final long size;
    private final long started = System.nanoTime();
    private int begun;
    private long rows;
    private long bytes;
    private long bad;

    ConvertRun(List<Path> inputs, @Nullable Path badRows) throws IOException {
        this.inputs = inputs;
        this.badFile = badRows == null ? null : new BufferedOutputStream(Files.newOutputStream(badRows));
        long all = 0;
        for (Path input : inputs) {
            all += Files.exists(input) ? Files.size(input) : 0;
        }
        this.size = all;
    }

    /// The next input begins.
    void begin() {
        begun++;
    }

    long badRows() {
        return bad;
    }

    @Override
    public void bad(int input, BadRow row) throws IOException {
        bad++;
        Path file = inputs.get(input);
        if (badFile != null) {
            badFile.write(JSON.writeValueAsBytes(json(file, row)));
            badFile.write('\n');
        } else if (bad <= SHOWN) {
            progress.finish();
            err.println("feedline: " + file + " line " + row.line() + ": "
                    + row.code().text() + ", " + Visible.text(row.detail()));
        }
    }

    @Override
    public void written(long more, long moreBytes) {
        rows += more;
        bytes += moreBytes;
        progress.note(String.format(
                Locale.ROOT,
                "%s (%d of %d): %,d rows, %,d of %,d MB, %.0f MB/s",
                inputs.get(Math.max(0, begun - 1)).getFileName(),
                begun,
                inputs.size(),
                rows,
                bytes / 1_000_000,
                size / 1_000_000,
                bytes / MEGA / seconds()));
    }

    /// Says how it ended.
    void end(Path out, boolean stats) throws IOException {
        progress.finish();
        long good = rows - bad;
        String ofThem = bad == 0 ? "all good" : String.format(Locale.ROOT, "%,d of them bad and not in it", bad);
        err.println(String.format(Locale.ROOT, "%s: %,d rows, %s", out, rows, ofThem));
        if (bad > SHOWN && badFile == null) {
            err.println("feedline: " + (bad - SHOWN) + " more bad rows are not shown; --bad-rows FILE keeps them all.");
        }
        if (stats) {
            double cpu = cpuSeconds();
            err.println(String.format(
                    Locale.ROOT,
                    "%,d good rows; read %,d bytes, wrote %,d; %.2f s, %.2f s of processor time",
                    good,
                    size,
                    Files.size(out),
                    seconds(),
                    cpu));
        }
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
        String text = text(row.raw());
        return JSON.createObjectNode()
                .put("file", file.toString())
                .put("row", row.row())
                .put("code", row.code().text())
                .put("line", row.line())
                .put("byte_offset", row.offset())
                .put("column", row.column())
                .put("pointer", row.pointer())
                .put("detail", row.detail())
                .put("raw", text)
                .put("raw_base64", text == null ? Base64.getEncoder().encodeToString(row.raw()) : null);
    }

    private static @Nullable String text(byte[] raw) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        if (badFile != null) {
            badFile.close();
        }
    }
}
