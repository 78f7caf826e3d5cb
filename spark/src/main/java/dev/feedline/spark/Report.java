package dev.feedline.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a run ended, in the file that its starter reads; written once, and whole or not at all.
final class Report {
    private final Path file;
    private final RunOfDriver run;
    private boolean isWritten;

    Report(Path file, RunOfDriver run) {
        this.file = file;
        this.run = run;
    }

    void succeeded() {
        write("SUCCEEDED", null, null);
    }

    void failed(Throwable thrown) {
        StringWriter stack = new StringWriter();
        thrown.printStackTrace(new PrintWriter(stack));
        write("FAILED", thrown.toString(), stack.toString());
    }

    void failed(String error) {
        write("FAILED", error, null);
    }

    /// The first word holds: a job that ends the process after it has failed has failed.
    private synchronized void write(String state, @Nullable String error, @Nullable String stack) {
        if (isWritten) {
            return;
        }
        isWritten = true;
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("state", state);
        putIfThere(json, "error", error);
        putIfThere(json, "stack", stack);
        json.put("metrics", run.metrics());
        putIfThere(json, "bookmarks", run.committed());
        try {
            write(Json.write(json).getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the report " + file + " cannot be written", e);
        }
    }

    private static void putIfThere(Map<String, Object> json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private void write(byte[] bytes) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".part");
        try (FileChannel out = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                out.write(left);
            }
            out.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
