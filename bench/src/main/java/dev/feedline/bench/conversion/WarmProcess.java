package dev.feedline.bench.conversion;

import dev.feedline.bench.CpuTime;
import dev.feedline.bench.ResidentMemory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// An engine's process that converts the same file as often as it is told to.
final class WarmProcess implements AutoCloseable {
    private final Engine engine;
    private final Path log;
    private final Process process;
    private final BufferedReader answers;
    private final Writer orders;
    private double cpuSeconds;

    /// What one conversion took.
    ///
    /// @param cpuSeconds user and system, of all the process's threads, since the one before: what
    ///     its compilers and collector do between two conversions is theirs, too
    record Cost(double wallSeconds, double cpuSeconds) {}

    WarmProcess(Engine engine, Cell cell, Path out, Path log) throws IOException {
        this.engine = engine;
        this.log = log;
        this.process = new ProcessBuilder(pinned(cell.threads(), engine.command(cell, out)))
                .redirectError(ProcessBuilder.Redirect.to(log.toFile()))
                .start();
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    /// As many cores as threads, always the same.
    static List<String> pinned(int threads, List<String> command) {
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", threads == 1 ? "0" : "0-" + (threads - 1)));
        pinned.addAll(command);
        return pinned;
    }

    Engine engine() {
        return engine;
    }

    Cost convert() throws IOException {
        long begin = System.nanoTime();
        orders.write("convert\n");
        orders.flush();
        String answer = answers.readLine();
        double wall = (System.nanoTime() - begin) / 1e9;
        if (!"done".equals(answer)) {
            throw new IOException(engine.name() + " said '" + answer + "'; its errors are in " + log);
        }
        double before = cpuSeconds;
        cpuSeconds = CpuTime.of(process.pid()) / 1000;
        return new Cost(wall, cpuSeconds - before);
    }

    /// The most memory it has had in RAM so far, in bytes.
    long peakResidentBytes() throws IOException {
        return ResidentMemory.peakBytes(process.pid());
    }

    @Override
    public void close() throws IOException {
        orders.close();
        answers.close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
