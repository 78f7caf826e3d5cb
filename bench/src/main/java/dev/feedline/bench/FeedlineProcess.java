package dev.feedline.bench;

import dev.feedline.app.FeedlineSettings;
import dev.feedline.app.Reach;
import dev.feedline.feeds.definition.Definition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `./feedline up` as a user starts it, and what it costs.
final class FeedlineProcess implements AutoCloseable {
    private final Path data;
    private final Process process;
    private final Cost ready;

    /// What a process took so far.
    ///
    /// @param millis by the clock on the wall
    /// @param cpuMillis of all its threads, which a busy machine changes less
    record Cost(double millis, double cpuMillis) {}

    private FeedlineProcess(Path data, Process process, Cost ready) {
        this.data = data;
        this.process = process;
        this.ready = ready;
    }

    /// Starts a server on a free port and waits until it says that it is ready.
    ///
    /// @param environment variables of the process besides ours, as `FEEDLINE_JAVA_OPTIONS`
    /// @param options of `feedline up`
    static FeedlineProcess up(Path home, Path data, Map<String, String> environment, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(
                List.of(home.resolve("feedline").toString(), "up", "--data", data.toString(), "--port", "0"));
        command.addAll(List.of(options));
        return start(command, environment, data);
    }

    /// The same server with services that do not tell each other that something arrived.
    static FeedlineProcess upWithoutBells(Path data, Path definition) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                UpWithoutBells.class.getName(),
                data.toString(),
                definition.toString());
        return start(command, Map.of(), data);
    }

    private static FeedlineProcess start(List<String> command, Map<String, String> environment, Path data)
            throws IOException {
        long begin = System.nanoTime();
        Process process = builder(command, environment, data)
                .redirectOutput(ProcessBuilder.Redirect.PIPE)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        double millis = (System.nanoTime() - begin) / 1e6;
        if (line == null || !line.startsWith("Feedline is ready at ")) {
            process.destroyForcibly();
            throw new IOException("`feedline up` said: " + line + "; its errors are in " + log(data));
        }
        Thread.ofVirtual().name("feedline-output").start(() -> drain(process));
        return new FeedlineProcess(data, process, new Cost(millis, CpuTime.of(process.pid())));
    }

    /// Runs a command of `./feedline` to its end; one at a time.
    static Cost run(Path home, Path data, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(home.resolve("feedline").toString()));
        command.addAll(List.of(arguments));
        double cpuBefore = CpuTime.ofEndedChildren();
        long begin = System.nanoTime();
        Process process = builder(command, environment, data)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        int code = process.waitFor();
        double millis = (System.nanoTime() - begin) / 1e6;
        if (code != 0) {
            throw new IOException(command + " ended with " + code + "; its errors are in " + log(data));
        }
        return new Cost(millis, CpuTime.ofEndedChildren() - cpuBefore);
    }

    /// From the start of the process to the line that says it is ready.
    Cost ready() {
        return ready;
    }

    Path data() {
        return data;
    }

    long pid() {
        return process.pid();
    }

    /// Reaches it over HTTP, with its folder's keys.
    Reach reach() throws IOException {
        return Reach.open(FeedlineSettings.of(data, Definition.EMPTY, failure -> {}));
    }

    /// The most memory it has had in RAM so far (`VmHWM`), in bytes.
    long peakResidentBytes() throws IOException {
        return ResidentMemory.peakBytes(pid());
    }

    /// SIGTERM, as an operator stops it.
    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        process.waitFor();
    }

    private static ProcessBuilder builder(List<String> command, Map<String, String> environment, Path data) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log(data).toFile()));
        builder.environment().putAll(environment);
        return builder;
    }

    private static Path log(Path data) {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    private static void drain(Process process) {
        try (var said = process.getInputStream()) {
            said.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            if (process.isAlive()) { // else it is stopped, and its stream was closed under us
                System.err.println("reading what the server says: " + e.getMessage());
            }
        }
    }
}
