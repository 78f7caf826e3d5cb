package dev.feedline.bench.conversion;

import dev.feedline.bench.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// An engine at work on a cell, and what its counted runs took.
///
/// @param name of the cell and of the way it is run
/// @param out what it writes, anew each time
record Contestant(String name, Engine engine, Cell cell, Path out, Conversion conversion, List<Cost> counted)
        implements AutoCloseable {
    private static final double MB = 1e6;

    static Contestant warm(Engine engine, Cell cell, Path folder) throws IOException {
        Path out = out(engine, folder);
        WarmProcess process = new WarmProcess(
                engine.name(), PinnedCores.command(cell.threads(), engine.command(cell, out)), log(engine, folder));
        return new Contestant(cell.name() + " warm", engine, cell, out, process, new ArrayList<>());
    }

    static Contestant fresh(Engine engine, Cell cell, Path folder) {
        Path out = out(engine, folder);
        FreshProcess process = new FreshProcess(engine, cell, out, log(engine, folder));
        return new Contestant(cell.name() + " fresh", engine, cell, out, process, new ArrayList<>());
    }

    private static Path out(Engine engine, Path folder) {
        return folder.resolve(engine.name().replace(' ', '-') + ".parquet");
    }

    private static Path log(Engine engine, Path folder) {
        return folder.resolve(engine.name().replace(' ', '-') + ".log");
    }

    void run(boolean isCounted) throws IOException, InterruptedException {
        Cost cost = conversion.run();
        if (isCounted) {
            counted.add(cost);
        }
    }

    Result result() throws IOException {
        return new Result(
                name,
                engine.name(),
                Files.size(cell.data().input()) / MB,
                new Runs("s", counted.stream().map(Cost::wallSeconds).toList()),
                new Runs("s", counted.stream().map(Cost::cpuSeconds).toList()),
                counted.stream().mapToLong(Cost::peakBytes).max().orElseThrow() / MB,
                size(out) / MB);
    }

    /// Of a file, or of the Parquet files in a folder.
    private static long size(Path out) throws IOException {
        if (!Files.isDirectory(out)) {
            return Files.size(out);
        }
        long size = 0;
        try (var files = Files.list(out)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".parquet")).toList()) {
                size += Files.size(file);
            }
        }
        return size;
    }

    @Override
    public void close() throws IOException {
        conversion.close();
    }
}
