package dev.feedline.app;

import dev.feedline.feeds.definition.Definition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// A [TrialMain] process on a folder and a port of its own, started anew with other options after each end.
public final class TrialServer implements AutoCloseable {
    /// The shell's name for an end by SIGKILL.
    private static final int KILLED = 128 + 9;

    private final Path folder;
    private final Path definition;
    private final List<String> java;
    private final int port;
    private Process process;

    private TrialServer(Path folder, Path definition, List<String> java, int port, Process process) {
        this.folder = folder;
        this.definition = definition;
        this.java = java;
        this.port = port;
        this.process = process;
    }

    /// How a server is started.
    ///
    /// @param kill the point, the meeting it ends at and how long that one is held before,
    ///     as in `LANDING_BEFORE_CHECKPOINT:1:PT0S`, or empty
    public record Options(Set<SwitchedOff> off, String kill, Duration ahead) {
        public static final Options PLAIN = new Options(Set.of(), "", Duration.ZERO);

        public Options killedAt(KillPoint point, int meeting) {
            return killedAt(point, meeting, Duration.ZERO);
        }

        /// @param held how long the thread that meets the point is held there, while all others go on
        public Options killedAt(KillPoint point, int meeting, Duration held) {
            return new Options(off, point + ":" + meeting + ":" + held, ahead);
        }

        public Options without(SwitchedOff... defences) {
            return new Options(Set.of(defences), kill, ahead);
        }

        List<String> properties() {
            return List.of(
                    "-Dfeedline.trial.off="
                            + off.stream().map(SwitchedOff::flag).collect(Collectors.joining(",")),
                    "-Dfeedline.trial.kill=" + kill,
                    "-Dfeedline.trial.ahead=" + ahead);
        }
    }

    /// A server whose process is under way; [#awaitReady] says when it serves.
    ///
    /// @param java the `java` command with its class path
    public static TrialServer start(Path folder, Path definition, List<String> java, Options options)
            throws IOException {
        int port = freePort();
        return new TrialServer(folder, definition, java, port, begin(folder, definition, java, port, options));
    }

    /// Begins a new process after the last one's end.
    public void startAgain(Options options) throws IOException {
        process = begin(folder, definition, java, port, options);
    }

    /// Waits for the server to serve; false when its process ended before.
    public boolean awaitReady() throws IOException {
        // Only this reader reads: a process says one line when it is ready, and nothing else.
        String line =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (line != null && !line.startsWith("Feedline is ready at ")) {
            throw new IOException("the server said: " + line + "; its log is beside " + folder);
        }
        return line != null;
    }

    /// Whether the process ended by SIGKILL within that time.
    ///
    /// @throws IOException when it ended in another way
    public boolean awaitKilled(Duration longest) throws IOException, InterruptedException {
        if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        if (process.exitValue() != KILLED) {
            throw new IOException(
                    "the server ended by itself with " + process.exitValue() + "; its log is beside " + folder);
        }
        return true;
    }

    /// SIGKILL: no shutdown hook, no flush.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public Path folder() {
        return folder;
    }

    /// Reaches the server over HTTP; it must be running.
    public Reach reach() throws IOException {
        return Reach.open(FeedlineSettings.of(folder, Definition.EMPTY, failure -> {}));
    }

    /// Where it serves, also while it is down; its keys must have been made.
    public Reach.Server address() throws IOException {
        return new Reach.Server(URI.create("http://127.0.0.1:" + port), Feedline.ACCOUNT.region(), Keys.read(folder));
    }

    /// SIGTERM, as an operator stops it.
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    private static Process begin(Path folder, Path definition, List<String> java, int port, Options options)
            throws IOException {
        List<String> command = new ArrayList<>(java);
        command.addAll(options.properties());
        command.add("dev.feedline.app.TrialMain");
        command.addAll(List.of(folder.toString(), Integer.toString(port), definition.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolveSibling(folder.getFileName() + ".log").toFile()))
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
