package dev.feedline.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `feedline up` as a process of its own, which a test may kill and start again on the same folder and port.
public final class ServerProcess implements AutoCloseable {
    private final Path folder;
    private final Path definition;
    private final int port;
    private final List<String> javaOptions;
    private Process process;

    private ServerProcess(Path folder, Path definition, int port, List<String> javaOptions, Process process) {
        this.folder = folder;
        this.definition = definition;
        this.port = port;
        this.javaOptions = javaOptions;
        this.process = process;
    }

    public static ServerProcess start(Path folder, Path definition, String... javaOptions) throws IOException {
        int port = freePort();
        return new ServerProcess(
                folder, definition, port, List.of(javaOptions), begin(folder, definition, port, List.of(javaOptions)));
    }

    public Path folder() {
        return folder;
    }

    /// SIGKILL: no shutdown hook, no flush.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public void startAgain() throws IOException {
        process = begin(folder, definition, port, javaOptions);
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

    private static Process begin(Path folder, Path definition, int port, List<String> javaOptions) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Xmx512m");
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.feedline.app.Main", "up"));
        command.addAll(List.of("--data", folder.toString(), "--port", Integer.toString(port)));
        command.addAll(List.of("-f", definition.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolveSibling(folder.getFileName() + ".log").toFile()))
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        if (line == null || !line.startsWith("Feedline is ready at ")) {
            process.destroyForcibly();
            throw new IOException(
                    "the server did not become ready, it said: " + line + "; see the log beside " + folder);
        }
        return process;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
