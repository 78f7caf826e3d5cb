package dev.feedline.lambda;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/// An operating system's process that cannot outlive Feedline.
///
/// It is started by a shell that holds the other end of a pipe to Feedline: when the pipe closes,
/// because Feedline ends it or has ended itself in whatever way, the shell kills it. So no process is
/// left behind even by `kill -9`, and also none whose runtime would try for ever to reach the Runtime
/// API.
final class ChildProcess {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);
    private static final int MOST_LOOKS = 20;
    private static final int LONGEST_LINE = 64 * 1024;

    /// `$@` is the command. The watcher reads from Feedline's pipe, which never carries anything but
    /// its end.
    static final String KEEPER = """
            exec 3<&0
            "$@" </dev/null 3<&- &
            child=$!
            (read -r line <&3; kill -9 $child) >/dev/null 2>&1 &
            watcher=$!
            exec 3<&-
            wait $child
            status=$?
            kill $watcher 2>/dev/null
            exit $status
            """;

    private final Process process;
    private final AtomicLong reads = new AtomicLong();
    private volatile LogTail log;

    private ChildProcess(Process process, LogTail log) {
        this.process = process;
        this.log = log;
    }

    /// Starts the command with exactly the given environment; what it prints goes to the log.
    static ChildProcess start(List<String> command, Map<String, String> environment, Path folder, LogTail log)
            throws IOException {
        List<String> kept = new ArrayList<>(List.of("/bin/sh", "-c", KEEPER, "sh"));
        kept.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(kept).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        ChildProcess child = new ChildProcess(builder.start(), log);
        Thread.ofVirtual().name("lambda-output-" + child.process.pid()).start(child::readOutput);
        return child;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitStatus() {
        return process.exitValue();
    }

    void onExit(IntConsumer listener) {
        var _ = process.onExit().thenAccept(ended -> listener.accept(ended.exitValue()));
    }

    /// Where lines go from now on: to the invocation that runs.
    void logTo(LogTail invocation) {
        log = invocation;
    }

    /// Waits until what the process has printed so far has most likely been read: an answer travels
    /// another way than the output before it, and may be here first.
    void awaitOutput() throws InterruptedException {
        for (int look = 0; look < MOST_LOOKS; look++) {
            long before = reads.get();
            Thread.sleep(BETWEEN_LOOKS);
            if (reads.get() == before) {
                return;
            }
        }
    }

    /// Ends the process, what it has started, and its keeper.
    void kill() {
        List<ProcessHandle> descendants = process.descendants().toList();
        descendants.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void readOutput() {
        StringBuilder line = new StringBuilder();
        try (Reader output = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            char[] buffer = new char[8192];
            for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    take(buffer[i], line);
                }
                reads.incrementAndGet();
            }
        } catch (IOException e) {
            line.append(" (the output broke off: ").append(e.getMessage()).append(')');
        }
        flush(line);
    }

    private void take(char one, StringBuilder line) {
        if (one == '\n' || line.length() >= LONGEST_LINE) {
            flush(line);
        }
        if (one != '\n' && one != '\r') {
            line.append(one);
        }
    }

    private void flush(StringBuilder line) {
        if (!line.isEmpty()) {
            log.line(line.toString());
            line.setLength(0);
        }
    }
}
