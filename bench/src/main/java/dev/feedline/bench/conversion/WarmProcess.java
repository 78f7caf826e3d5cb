package dev.feedline.bench.conversion;

import dev.feedline.bench.CpuTime;
import dev.feedline.bench.ResidentMemory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// One process of the engine that converts the same file as often as it is told to.
///
/// Its processor time is counted from one answer to the next, so that what its compilers and
/// collector do between two conversions is in it, too.
final class WarmProcess implements Conversion {
    private final String name;
    private final Path log;
    private final Process process;
    private final BufferedReader answers;
    private final Writer orders;
    private double cpuSeconds;

    /// @param command that listens as `engine.Turns` says
    WarmProcess(String name, List<String> command, Path log) throws IOException {
        this.name = name;
        this.log = log;
        this.process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    @Override
    public Cost run() throws IOException {
        long begin = System.nanoTime();
        orders.write("convert\n");
        orders.flush();
        String answer = answers.readLine();
        double wall = (System.nanoTime() - begin) / 1e9;
        if (!"done".equals(answer)) {
            throw new IOException(name + " answered '" + answer + "' and said:\n" + Files.readString(log));
        }
        double before = cpuSeconds;
        cpuSeconds = CpuTime.of(process.pid()) / 1000;
        return new Cost(wall, cpuSeconds - before, ResidentMemory.peakBytes(process.pid()));
    }

    @Override
    public void close() throws IOException {
        try (answers;
                orders) {
            process.destroy();
        }
    }
}
