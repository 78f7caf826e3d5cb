package dev.feedline.bench.conversion;

import dev.feedline.bench.CpuTime;
import dev.feedline.bench.ResidentMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A process of the engine for each conversion, from its start to its end.
///
/// Only one at a time, and no other child of ours may end meanwhile: the kernel counts the time of
/// all together.
record FreshProcess(Engine engine, Cell cell, Path out, Path log) implements Conversion {
    // Memory's mark only rises, so what the last look before the end missed is little.
    private static final int MILLIS_BETWEEN_LOOKS = 10;

    @Override
    public Cost run() throws IOException, InterruptedException {
        Path turn = Files.writeString(log.resolveSibling("turn"), "convert\n");
        double cpuBefore = CpuTime.ofEndedChildren();
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(PinnedCores.command(cell.threads(), engine.once(cell, out)))
                .redirectInput(turn.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(log.toFile())
                .start();
        long peak = 0;
        while (!process.waitFor(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peak(process));
        }
        double wall = (System.nanoTime() - begin) / 1e9;
        if (process.exitValue() != 0) {
            throw new IOException(
                    engine.name() + " ended with " + process.exitValue() + " and said:\n" + Files.readString(log));
        }
        return new Cost(wall, (CpuTime.ofEndedChildren() - cpuBefore) / 1000, peak);
    }

    private static long peak(Process process) {
        try {
            return ResidentMemory.peakBytes(process.pid());
        } catch (IOException e) {
            return 0; // it has just ended
        }
    }

    @Override
    public void close() {
        // it has ended
    }
}
