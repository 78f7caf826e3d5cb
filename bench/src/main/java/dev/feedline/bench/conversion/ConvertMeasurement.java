package dev.feedline.bench.conversion;

import dev.feedline.bench.Measurement;
import dev.feedline.bench.Report;
import dev.feedline.bench.shape.Shape;
import dev.feedline.rows.SchemaJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench/run convert`: JSON to Parquet, beside the peers.
@Command(
        name = "convert",
        description = {
            "JSON to Parquet by `feedline convert` and its peers on the same file, each in a process of its own, in",
            "turn: medians, processor seconds and wall, memory, output. What was written is compared."
        })
public final class ConvertMeasurement extends Measurement {
    private static final int COUNTING_BUFFER = 1 << 20;

    @Option(names = "--mb", paramLabel = "N", defaultValue = "50", description = "Size of a file (default: 50).")
    private long megabytes = 50;

    @Option(names = "--runs", paramLabel = "N", defaultValue = "5", description = "Counted runs (default: 5).")
    private int runs = 5;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "3",
            description = "Runs of a warm process before those, at least 1 (default: 3).")
    private int warmUp = 3;

    @Option(
            names = "--shapes",
            split = ",",
            defaultValue = "orders,events,wide",
            description = "orders (flat), events (nested), wide (100 fields); default: all.")
    private List<Shape> shapes = List.of();

    @Option(
            names = "--codecs",
            split = ",",
            defaultValue = "snappy,zstd",
            description = "snappy, zstd; default: both.")
    private List<Cell.Codec> codecs = List.of();

    @Option(
            names = "--threads",
            split = ",",
            defaultValue = "1,2",
            description = "Pinned to as many cores (default: 1,2).")
    private List<Integer> threads = List.of();

    @Option(
            names = "--schema",
            split = ",",
            defaultValue = "explicit",
            description = "explicit (default), inferred, or both by a comma.")
    private List<Cell.Columns> columns = List.of();

    @Option(
            names = "--peers",
            split = ",",
            defaultValue = "duckdb",
            description = {
                "duckdb (Feedline's version, default), duckdb-1.5, duckdb-python, parquet-java, polars, pyarrow, spark,",
                "or none. Maven fetches a peer when it is first named; spark is large and runs on Java 17 or 21."
            })
    private List<String> peers = List.of();

    @Option(
            names = "--python",
            paramLabel = "COMMAND",
            defaultValue = "python3",
            description = "The Python that has polars, pyarrow, duckdb (default: python3).")
    private String python = "python3";

    @Option(names = "--fresh", description = "Also a new process for each run, start-up and all.")
    private boolean fresh;

    @Option(names = "--no-warm", description = "No processes that stay warm.")
    private boolean noWarm;

    @Override
    protected String name() {
        return "convert";
    }

    @Override
    protected void measure(Path folder, Report report) throws Exception {
        if (runs < 1 || warmUp < 1) {
            throw new IllegalArgumentException("--runs and --warm-up are at least 1: a process's first run starts it");
        }
        Path home = Path.of(System.getProperty("feedline.home", ".")).toAbsolutePath();
        List<Engine> engines = engines(home, report);
        ConvertTable table = new ConvertTable();
        for (Shape shape : shapes) {
            Path input = shape.file(home.resolve("bench/target/data"), megabytes);
            Path schema = Files.writeString(folder.resolve(shape.word() + ".json"), SchemaJson.write(shape.schema()));
            long rows = countLines(input);
            report.note(String.format(
                    Locale.ROOT,
                    "%s: %,d bytes, %,d rows of %d bytes",
                    shape.word(),
                    Files.size(input),
                    rows,
                    Files.size(input) / rows));
            for (Cell.Codec codec : codecs) {
                for (int thread : threads) {
                    for (Cell.Columns from : columns) {
                        Cell cell = new Cell(shape, input, schema, codec, thread, from);
                        measure(cell, rows, engines, folder, table, report);
                    }
                }
            }
        }
        table.print(report);
    }

    /// Ours, then the peers that this machine has.
    private List<Engine> engines(Path home, Report report) throws IOException, InterruptedException {
        List<Engine> engines = new ArrayList<>(List.of(new FeedlineEngine(home)));
        for (String word : peers.equals(List.of("none")) ? List.<String>of() : peers) {
            Optional<Engine> found = Peer.named(word).find(home, python);
            found.ifPresentOrElse(engines::add, () -> report.note("absent: " + word));
        }
        return engines;
    }

    /// Reading it through also brings it into memory, where every engine then finds it.
    private static long countLines(Path file) throws IOException {
        long lines = 0;
        byte[] buffer = new byte[COUNTING_BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                }
            }
        }
        return lines;
    }

    private void measure(Cell cell, long rows, List<Engine> all, Path folder, ConvertTable table, Report report)
            throws Exception {
        List<Engine> engines =
                all.stream().filter(engine -> engine.takes(cell)).toList();
        if (!noWarm) {
            report.progress(cell.name() + ", warm: " + warmUp + " + " + runs + " runs of " + engines.size());
            List<Contestant> contestants = new ArrayList<>();
            try {
                for (Engine engine : engines) {
                    contestants.add(Contestant.warm(engine, cell, folder));
                }
                inTurn(contestants, warmUp, rows, folder);
            } finally {
                for (Contestant contestant : contestants) {
                    contestant.close();
                }
            }
            table.add(results(contestants), report);
        }
        if (fresh) {
            report.progress(cell.name() + ", fresh: 1 + " + runs + " runs of " + engines.size());
            List<Contestant> contestants = engines.stream()
                    .map(engine -> Contestant.fresh(engine, cell, folder))
                    .toList();
            inTurn(contestants, 1, rows, folder);
            table.add(results(contestants), report);
        }
    }

    private void inTurn(List<Contestant> contestants, int before, long rows, Path folder) throws Exception {
        for (int run = -before; run < runs; run++) {
            for (Contestant contestant : contestants) {
                contestant.run(run >= 0);
            }
            if (run == -before) {
                try (SameRows same = new SameRows(folder)) {
                    same.require(contestants, rows);
                }
            }
        }
    }

    private static List<Result> results(List<Contestant> contestants) throws IOException {
        List<Result> results = new ArrayList<>();
        for (Contestant contestant : contestants) {
            results.add(contestant.result());
        }
        return results;
    }
}
