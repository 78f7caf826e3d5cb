package dev.feedline.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
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
        DurableFile.write(file, Json.write(json).getBytes(UTF_8));
    }

    private static void putIfThere(Map<String, Object> json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
