package dev.feedline.bench.conversion;

import dev.feedline.bench.Measurement;
import dev.feedline.bench.Report;
import dev.feedline.bench.shape.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
    @Option(names = "--mb", paramLabel = "N", defaultValue = "50", description = "Size of a file (default: 50).")
    private long megabytes = 50;

    @Option(
            names = "--files",
            split = ",",
            paramLabel = "FILE",
            description = "JSON lines of your own instead; explicit columns are those that Feedline finds in them.")
    private List<Path> files = List.of();

    @Option(names = "--runs", paramLabel = "N", defaultValue = "5", description = "Counted runs (default: 5).")
    private int runs = 5;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description =
                    "Runs of a warm process before those (default: so many that they read four gigabytes, 3 to 10).")
    private @Nullable Integer warmUp;

    @Option(
            names = "--shapes",
            split = ",",
            defaultValue = "orders,events,wide",
            description = "orders (flat), events (nested), wide (100 fields); default: all.")
    private List<Shape> shapes = List.of();

    @Option(names = "--codecs", split = ",", defaultValue = "snappy,zstd", description = "snappy, zstd; default: both.")
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

    @Option(names = "--floor", description = "Also what reading, looking and compressing alone take.")
    private boolean floor;

    @Override
    protected String name() {
        return "convert";
    }

    @Option(
            names = "--grow",
            split = ",",
            paramLabel = "N",
            description = "Ours alone on files of these sizes in MB instead, and how its time grows.")
    private List<Long> sizes = List.of();

    @Override
    protected void measure(Path folder, Report report) throws Exception {
        Path home = Path.of(System.getProperty("feedline.home", ".")).toAbsolutePath();
        boolean isGrowth = !sizes.isEmpty();
        List<Engine> engines = new ArrayList<>(List.of(new FeedlineEngine(home)));
        if (!isGrowth) {
            engines.addAll(peers(home, report));
        }
        Course course = new Course(engines, new Course.Plan(warmUp, runs, !noWarm, fresh), folder, report);
        for (Path file : files) {
            measure(Data.of(file, home, folder), home, folder, course, report);
        }
        for (Shape shape : files.isEmpty() ? shapes : List.<Shape>of()) {
            Map<String, List<Result>> bySize = new LinkedHashMap<>();
            for (long size : isGrowth ? sizes : List.of(megabytes)) {
                for (Result ours : measure(Data.of(shape, size, home, folder), home, folder, course, report)) {
                    bySize.computeIfAbsent(ours.cell(), cell -> new ArrayList<>())
                            .add(ours);
                }
            }
            if (isGrowth) {
                bySize.values().forEach(results -> growth(results, report));
            }
        }
        course.printTable();
    }

    /// Measures all cells of one file, and returns what ours took.
    private List<Result> measure(Data data, Path home, Path folder, Course course, Report report) throws Exception {
        report.note(data.words());
        List<Result> ours = new ArrayList<>();
        for (Cell.Codec codec : codecs) {
            Cell one = new Cell(data, codec, 1, Cell.Columns.EXPLICIT);
            Optional<Floor> under = floor ? Optional.of(Floor.of(one, home, folder, runs, report)) : Optional.empty();
            for (int thread : threads) {
                for (Cell.Columns from : columns) {
                    ours.addAll(course.measure(new Cell(data, codec, thread, from), under));
                }
            }
        }
        return ours;
    }

    /// How much more a byte takes in larger files than in the first.
    private static void growth(List<Result> results, Report report) {
        Result first = results.getFirst();
        for (Result result : results) {
            report.note(String.format(
                    Locale.ROOT,
                    "%s, %,.0f MB: %.2f CPU s, %.2f s wall, %.3f times the first file's processor time a byte,"
                            + " at most %.0f MB in RAM",
                    result.cell(),
                    result.inMegabytes(),
                    result.cpuSeconds().median(),
                    result.wallSeconds().median(),
                    secondsPerMegabyte(result) / secondsPerMegabyte(first),
                    result.peakMegabytes()));
        }
    }

    private static double secondsPerMegabyte(Result result) {
        return result.cpuSeconds().median() / result.inMegabytes();
    }

    /// Those of the named peers that this machine has.
    private List<Engine> peers(Path home, Report report) throws IOException, InterruptedException {
        List<Engine> found = new ArrayList<>();
        for (String word : peers.equals(List.of("none")) ? List.<String>of() : peers) {
            Peer.named(word).find(home, python).ifPresentOrElse(found::add, () -> report.note("absent: " + word));
        }
        return found;
    }
}
