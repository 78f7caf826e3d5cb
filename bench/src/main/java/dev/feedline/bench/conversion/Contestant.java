package dev.feedline.bench.conversion;

import dev.feedline.bench.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// An engine at work on a cell, and what its counted runs took.
final class Contestant implements AutoCloseable {
    private static final double MB = 1e6;

    private final Engine engine;
    private final Cell cell;
    private final Path out;
    private final WarmProcess process;
    private final List<Double> wall = new ArrayList<>();
    private final List<Double> cpu = new ArrayList<>();

    Contestant(Engine engine, Cell cell, Path folder) throws IOException {
        String file = engine.name().replace(' ', '-');
        this.engine = engine;
        this.cell = cell;
        this.out = folder.resolve(file + ".parquet");
        this.process = new WarmProcess(engine, cell, out, folder.resolve(file + ".log"));
    }

    String name() {
        return engine.name();
    }

    /// What it writes, anew each time.
    Path out() {
        return out;
    }

    void run(boolean isCounted) throws IOException {
        WarmProcess.Cost cost = process.convert();
        if (isCounted) {
            wall.add(cost.wallSeconds());
            cpu.add(cost.cpuSeconds());
        }
    }

    Result result() throws IOException {
        return new Result(
                cell.name() + " warm",
                engine.name(),
                Files.size(cell.input()) / MB,
                new Runs("s", wall),
                new Runs("s", cpu),
                process.peakResidentBytes() / MB,
                Files.size(out) / MB);
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
