package dev.feedline.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// `feedline up` as a process of its own, which a test may kill and start again on the same folder and port.
public final class ServerProcess implements AutoCloseable {
    private static final int LINES_SHOWN = 30;

    private final Path folder;
    private final Path definition;
    private final int port;
    private final List<String> java;
    private final List<String> javaOptions;
    private final Map<String, String> environment;
    private Process process;

    private ServerProcess(
            Path folder,
            Path definition,
            int port,
            List<String> java,
            List<String> javaOptions,
            Map<String, String> environment)
            throws IOException {
        this.folder = folder;
        this.definition = definition;
        this.port = port;
        this.java = java;
        this.javaOptions = javaOptions;
        this.environment = environment;
        this.process = begin();
    }

    public static ServerProcess start(Path folder, Path definition, String... javaOptions) throws IOException {
        return start(folder, definition, Map.of(), javaOptions);
    }

    /// @param environment what its environment has besides this process's own
    public static ServerProcess start(
            Path folder, Path definition, Map<String, String> environment, String... javaOptions) throws IOException {
        return new ServerProcess(folder, definition, freePort(), TrialJava.plain(), List.of(javaOptions), environment);
    }

    /// A server of many short lives: the first one, in a folder of its own, ends in order, and leaves an archive of
    /// classes that the others start from.
    ///
    /// @param temp for the archive; no other start may use it
    /// @param environment what its environment has besides this process's own
    public static ServerProcess startOften(Path temp, Path folder, Path definition, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> java = TrialJava.command(Files.createDirectory(temp.resolve("java")));
        new ServerProcess(temp.resolve("first"), definition, freePort(), java, List.of(), Map.of()).close();
        return new ServerProcess(folder, definition, freePort(), java, List.of(), environment);
    }

    /// What it has said on its error stream, over all its starts.
    public Path log() {
        return folder.resolveSibling(folder.getFileName() + ".log");
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// What it has started.
    public Stream<ProcessHandle> children() {
        return process.children();
    }

    /// Waits for it to end by itself; empty when it has not.
    public OptionalInt awaitExit(Duration longest) throws InterruptedException {
        return process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)
                ? OptionalInt.of(process.exitValue())
                : OptionalInt.empty();
    }

    public Path folder() {
        return folder;
    }

    /// SIGKILL: no shutdown hook, no flush.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public void startAgain() throws IOException {
        process = begin();
    }

    /// Reaches the server over HTTP; it must be running.
    public Reach reach() throws IOException {
        return Reach.open(FeedlineSettings.of(folder, dev.feedline.feeds.definition.Definition.EMPTY, failure -> {}));
    }

    /// SIGTERM, as an operator stops it.
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    public int exitCode() {
        return process.exitValue();
    }

    private Process begin() throws IOException {
        List<String> command = new ArrayList<>(java);
        command.addAll(javaOptions);
        command.addAll(List.of("dev.feedline.app.Main", "up"));
        command.addAll(List.of("--data", folder.toString(), "--port", Integer.toString(port)));
        command.addAll(List.of("-f", definition.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment);
        Process begun = builder.start();
        BufferedReader said = new BufferedReader(new InputStreamReader(begun.getInputStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        if (line == null || !line.startsWith("Feedline is ready at ")) {
            begun.destroyForcibly();
            throw new IOException(
                    "the server did not become ready, it said: " + line + "; the end of its log: " + lastLines());
        }
        return begun;
    }

    private String lastLines() throws IOException {
        List<String> lines = Files.readAllLines(log());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
