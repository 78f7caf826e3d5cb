package dev.feedline.bench;

import dev.feedline.app.Reach;
import dev.feedline.app.RemotePipeline;
import dev.feedline.app.Upload;
import dev.feedline.feeds.Buckets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench/run startup`: how long a user waits for the command.
@Command(
        name = "startup",
        description =
                "How long `up`, `files` and `--help` take, from the start of the process: medians of several runs.")
final class StartupMeasurement extends Measurement {
    @Option(names = "--runs", paramLabel = "N", defaultValue = "7", description = "Runs of each (default: 7).")
    private int runs = 7;

    @FunctionalInterface
    private interface Timed {
        FeedlineProcess.Cost run(int run) throws Exception;
    }

    @Override
    protected String name() {
        return "startup";
    }

    @Override
    protected void measure(Path folder, Report report) throws Exception {
        Path home = Path.of(System.getProperty("feedline.home", "."));
        String definition = home.resolve("examples/feedline.yaml").toString();
        Map<String, String> plain = Map.of();
        Path data = folder.resolve("data");
        FeedlineProcess.run(home, data, plain, "--help"); // builds what is to be built, and warms the file cache
        times(report, "--help", run -> FeedlineProcess.run(home, data, plain, "--help"));
        times(report, "up, fresh folder", run -> {
            try (FeedlineProcess up =
                    FeedlineProcess.up(home, folder.resolve("fresh" + run), plain, "-f", definition)) {
                return up.ready();
            }
        });
        fill(home, data, definition, report);
        times(report, "up, folder with data", run -> {
            try (FeedlineProcess up = FeedlineProcess.up(home, data, plain, "-f", definition)) {
                return up.ready();
            }
        });
        times(
                report,
                "files, stopped folder",
                run -> FeedlineProcess.run(home, data, plain, "files", "--data", data.toString()));
        try (FeedlineProcess up = FeedlineProcess.up(home, data, plain, "-f", definition)) {
            times(
                    report,
                    "files, running server",
                    run -> FeedlineProcess.run(home, up.data(), plain, "files", "--data", data.toString()));
        }
    }

    private void times(Report report, String what, Timed timed) throws Exception {
        List<Double> millis = new ArrayList<>();
        List<Double> cpuMillis = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            FeedlineProcess.Cost cost = timed.run(run);
            millis.add(cost.millis());
            cpuMillis.add(cost.cpuMillis());
        }
        report.figure(what, new Runs("ms", millis));
        report.figure(what + ", processor time", new Runs("ms", cpuMillis));
    }

    /// Ten files of each sample, settled.
    private static void fill(Path home, Path data, String definition, Report report) throws Exception {
        try (FeedlineProcess up = FeedlineProcess.up(home, data, Map.of(), "-f", definition);
                Reach reach = up.reach()) {
            Upload upload = new Upload(reach.s3(), Buckets.EMBEDDED.source(), sent -> {});
            for (int i = 0; i < 10; i++) {
                upload.put(home.resolve("examples/feeds/orders.jsonl"), "orders/" + i + ".jsonl");
                upload.put(home.resolve("examples/feeds/events.jsonl.gz"), "events/" + i + ".jsonl.gz");
            }
            RemotePipeline pipeline = RemotePipeline.of(reach);
            long end = System.nanoTime() + 120_000_000_000L;
            while (!pipeline.files().stream().allMatch(file -> file.state().isSettled())) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("the sample files are not settled after two minutes");
                }
                Thread.sleep(200);
            }
            report.note("data: 20 files of the samples, settled");
        }
    }
}
