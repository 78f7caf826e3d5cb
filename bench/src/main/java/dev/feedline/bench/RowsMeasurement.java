package dev.feedline.bench;

import dev.feedline.app.Reach;
import dev.feedline.app.RemotePipeline;
import dev.feedline.app.Upload;
import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.definition.Definition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/// `bench/run rows`: a row of 500 KB and one over the limit of 900 KiB.
@Command(
        name = "rows",
        description = "A file with a row of 500 KB, which is loaded, and one of 901 KiB, which is quarantined.")
final class RowsMeasurement extends Measurement {
    private static final int LOADED = 500_000;
    private static final int TOO_LONG = 901 * 1024;

    @Override
    protected String name() {
        return "rows";
    }

    @Override
    protected void measure(Path folder, Report report) throws Exception {
        Path home = Path.of(System.getProperty("feedline.home", "."));
        Path file = folder.resolve("rows.jsonl");
        Files.writeString(file, row(1, LOADED) + row(2, TOO_LONG) + row(3, 100));
        try (FeedlineProcess up =
                        FeedlineProcess.up(home, folder.resolve("data"), Map.of("FEEDLINE_JAVA_OPTIONS", "-Xmx512m"));
                Reach reach = up.reach()) {
            RemotePipeline pipeline = RemotePipeline.of(reach);
            pipeline.ensureFeed(Definition.EMPTY, "rows");
            long begin = System.nanoTime();
            String version = new Upload(reach.s3(), Buckets.EMBEDDED.source(), sent -> {}).put(file, "rows/rows.jsonl");
            FileState state = settled(pipeline, version);
            report.figure("upload to balance", Runs.of("s", (System.nanoTime() - begin) / 1e9));
            List<List<String>> loaded =
                    Answer.of(reach.warehouse(), "SELECT N, LENGTH(TEXT) FROM FEEDLINE.RAW.ROWS ORDER BY N");
            List<List<String>> bad =
                    Answer.of(reach.warehouse(), "SELECT ROW_NUMBER, CODE FROM FEEDLINE.OPS.QUARANTINE");
            report.note("the file is " + state.state() + "; loaded " + loaded + ", quarantined " + bad);
            int around = row(1, 100).length() - 1 - text(1, 100).length();
            require(loaded.equals(List.of(
                    List.of("1", Integer.toString(LOADED - around)), List.of("3", Integer.toString(100 - around)))));
            require(bad.equals(List.of(List.of("2", "ROW-TOO-LONG"))));
        }
    }

    private static FileState settled(RemotePipeline pipeline, String version) throws Exception {
        Instant end = Instant.now().plusSeconds(120);
        while (Instant.now().isBefore(end)) {
            Optional<FileState> file = pipeline.file("rows/rows.jsonl", version)
                    .filter(one -> one.state().isSettled());
            if (file.isPresent()) {
                return file.get();
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("the file is not settled after two minutes");
    }

    private static void require(boolean met) {
        if (!met) {
            throw new IllegalStateException("this is not what was to be shown");
        }
    }

    /// A row of so many bytes, its line end not among them.
    private static String row(int number, int bytes) {
        return "{\"n\":" + number + ",\"text\":\"" + text(number, bytes) + "\"}\n";
    }

    private static String text(int number, int bytes) {
        return "x".repeat(bytes - ("{\"n\":" + number + ",\"text\":\"\"}").length());
    }
}
