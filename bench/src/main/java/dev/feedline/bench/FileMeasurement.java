package dev.feedline.bench;

import dev.feedline.app.Reach;
import dev.feedline.feeds.FileState;
import dev.feedline.testkit.OrdersFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/// One large file through a server of little memory: how fast, what it took, and where the time went.
abstract class FileMeasurement extends Measurement {
    private static final String HEAP = "-Xmx512m";
    private static final Duration LONGEST = Duration.ofHours(2);
    private static final long SEED = 20261126;
    private static final double MB = 1e6;

    @Option(names = "--gb", paramLabel = "N", defaultValue = "1", description = "Size of the file in GB (default: 1).")
    private double gigabytes = 1;

    /// Writes the file, of so many bytes as it is uploaded.
    abstract OrdersFile.Sum generate(Path file, long seed, long bytes) throws Exception;

    /// The file's name, whose ending says its kind.
    abstract String fileName();

    @Override
    protected void measure(Path folder, Report report) throws Exception {
        Path home = Path.of(System.getProperty("feedline.home", "."));
        Path file = folder.resolve(fileName());
        OrdersFile.Sum sum = generate(file, SEED, (long) (gigabytes * 1e9));
        long size = Files.size(file);
        report.note("file: " + size + " bytes, " + sum.bytes() + " bytes of JSON lines, " + sum.rows() + " rows, seed "
                + SEED);
        double duck = DuckDbPeer.seconds(file, folder);
        report.figure("DuckDB alone, file to table", Runs.of("MB/s", sum.bytes() / MB / duck));
        Path recording = folder.resolve("server.jfr");
        Path data = folder.resolve("data");
        Map<String, String> environment = Map.of("FEEDLINE_JAVA_OPTIONS", HEAP + StageShares.options(recording));
        Map<String, Double> threads;
        try (FeedlineProcess up = FeedlineProcess.up(home, data, environment);
                Reach reach = up.reach()) {
            Flow flow = new Flow(reach, report);
            FileState settled = flow.send(file, LONGEST);
            flow.requireSums(settled, sum);
            double seconds = flow.seconds().getOrDefault("settled", Double.NaN);
            report.figure("Feedline, upload to balance", Runs.of("MB/s", sum.bytes() / MB / seconds));
            report.ratio("Feedline beside DuckDB", "Feedline, upload to balance", "DuckDB alone, file to table");
            flow.seconds().forEach((stage, at) -> report.figure(stage + " after", Runs.of("s", at)));
            report.figure("peak resident memory", Runs.of("MB", up.peakResidentBytes() / MB));
            flow.disk(data).forEach((what, bytes) -> {
                report.figure("disk, " + what, Runs.of("MB", bytes / MB));
                report.figure("disk, " + what + ", per byte of the file", Runs.of("", (double) bytes / size));
            });
            threads = StageShares.byThreads(up.pid());
        }
        Map<String, Double> shares = shares(threads, StageShares.ofRecording(recording));
        shares.forEach((stage, seconds) -> report.figure("processor time, " + stage, Runs.of("s", seconds)));
        double rowWork = StageShares.ROW_WORK.stream()
                .mapToDouble(part -> shares.getOrDefault(part, 0.0))
                .sum();
        report.figure("processor time, ingest's judging, marking and packing together", Runs.of("s", rowWork));
        if (rowWork > 0) {
            report.figure("ingest's judging, marking and packing", Runs.of("MB per s", sum.bytes() / MB / rowWork));
        }
    }

    /// The recording tells how Java's seconds are shared out.
    private static Map<String, Double> shares(Map<String, Double> threads, Map<String, Double> stages) {
        Map<String, Double> seconds = new TreeMap<>(threads);
        double java = threads.getOrDefault("Java", 0.0);
        seconds.remove("Java");
        stages.forEach((stage, share) -> seconds.put(stage, share * java));
        return seconds;
    }
}
