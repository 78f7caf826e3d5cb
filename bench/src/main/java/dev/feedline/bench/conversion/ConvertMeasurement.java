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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench/run convert`: JSON to Parquet, beside the peers.
@Command(
        name = "convert",
        description = {
            "JSON to Parquet by `feedline convert` and its peers on the same file, each in a process that is warm, in",
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
            description = "Runs before those, which are not counted (default: 3).")
    private int warmUp = 3;

    @Option(
            names = "--shapes",
            split = ",",
            defaultValue = "orders,events,wide",
            description = "orders (flat), events (nested), wide (100 fields); default: all.")
    private List<Shape> shapes = List.of();

    @Option(names = "--codecs", split = ",", defaultValue = "snappy,zstd", description = "snappy, zstd; default: both.")
    private List<Cell.Codec> codecs = List.of();

    @Option(names = "--threads", split = ",", defaultValue = "1,2", description = "Threads, pinned to cores: 1,2.")
    private List<Integer> threads = List.of();

    @Option(
            names = "--schema",
            split = ",",
            defaultValue = "explicit",
            description = "explicit, inferred, or both by a comma (default: explicit).")
    private List<Cell.Columns> columns = List.of();

    @Override
    protected String name() {
        return "convert";
    }

    @Override
    protected void measure(Path folder, Report report) throws Exception {
        Path home = Path.of(System.getProperty("feedline.home", ".")).toAbsolutePath();
        List<Engine> engines = List.of(new FeedlineEngine(), Peers.duckDb(home));
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
                        warm(new Cell(shape, input, schema, codec, thread, from), rows, engines, folder, table, report);
                    }
                }
            }
        }
        table.print(report);
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

    private void warm(Cell cell, long rows, List<Engine> engines, Path folder, ConvertTable table, Report report)
            throws Exception {
        report.progress(cell.name() + ", warm: " + warmUp + " + " + runs + " runs of " + engines.size() + " engines");
        List<Contestant> contestants = new ArrayList<>();
        try {
            for (Engine engine : engines) {
                contestants.add(new Contestant(engine, cell, folder));
            }
            for (int run = -warmUp; run < runs; run++) {
                for (Contestant contestant : contestants) {
                    contestant.run(run >= 0);
                }
                if (run == -warmUp) {
                    requireSameRows(cell, rows, contestants, folder);
                }
            }
            List<Result> results = new ArrayList<>();
            for (Contestant contestant : contestants) {
                results.add(contestant.result());
            }
            table.add(results, report);
        } finally {
            for (Contestant contestant : contestants) {
                contestant.close();
            }
        }
    }

    private static void requireSameRows(Cell cell, long rows, List<Contestant> contestants, Path folder)
            throws Exception {
        try (SameRows same = new SameRows(folder)) {
            for (Contestant contestant : contestants) {
                long found = same.count(contestant.out());
                if (found != rows) {
                    throw new WrongOutputException(contestant.name() + " wrote " + found + " rows of " + rows);
                }
            }
            Path ours = contestants.getFirst().out();
            for (Contestant contestant : contestants) {
                if (contestant.name().startsWith("duckdb")) {
                    same.require(cell.shape().schema(), ours, contestant.out());
                }
            }
            same.requireNothingRescued(ours);
        }
    }
}
