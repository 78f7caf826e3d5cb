package dev.feedline.bench;

import dev.feedline.app.Reach;
import dev.feedline.app.RemotePipeline;
import dev.feedline.app.warehouse.SnowflakeClient;
import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.definition.Definition;
import dev.feedline.testkit.OrdersFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// `bench/run many`: many small files, all balanced at the end.
@Command(
        name = "many",
        description =
                "Files of 1 KB through all stages with -Xmx512m: files a second, from the first upload to the last"
                        + " balance.")
final class ManyMeasurement extends Measurement {
    private static final int FILE_BYTES = 1000;
    private static final int UPLOADS_AT_ONCE = 8;
    private static final long LONGEST_NANOS = 3_600_000_000_000L;
    private static final double MB = 1e6;

    @Option(names = "--files", paramLabel = "N", defaultValue = "1000", description = "How many files (default: 1000).")
    private int files = 1000;

    @Override
    protected String name() {
        return "many";
    }

    @Override
    protected void measure(Path folder, Report report) throws Exception {
        Path home = Path.of(System.getProperty("feedline.home", "."));
        Path data = folder.resolve("data");
        try (FeedlineProcess up = FeedlineProcess.up(home, data, Map.of("FEEDLINE_JAVA_OPTIONS", "-Xmx512m"));
                Reach reach = up.reach()) {
            RemotePipeline.of(reach).ensureFeed(Definition.EMPTY, Flow.FEED);
            long begin = System.nanoTime();
            long rows = upload(reach.s3());
            double uploaded = (System.nanoTime() - begin) / 1e9;
            report.figure("uploaded", Runs.of("files/s", files / uploaded));
            await(reach.warehouse(), rows, begin, report);
            double settled = (System.nanoTime() - begin) / 1e9;
            report.figure("first upload to last balance", Runs.of("files/s", files / settled));
            report.figure("all balanced after", Runs.of("s", settled));
            report.figure("peak resident memory", Runs.of("MB", up.peakResidentBytes() / MB));
            long start = System.nanoTime();
            int known = RemotePipeline.of(reach).files().size();
            report.figure(
                    "listing all " + known + " files with their states",
                    Runs.of("s", (System.nanoTime() - start) / 1e9));
        }
    }

    /// @return how many rows the files have
    private long upload(S3Client s3) throws Exception {
        List<Future<Long>> uploads = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(UPLOADS_AT_ONCE)) {
            for (int i = 0; i < files; i++) {
                int number = i;
                uploads.add(threads.submit(() -> {
                    ByteArrayOutputStream body = new ByteArrayOutputStream();
                    OrdersFile.Sum sum = OrdersFile.write(number, FILE_BYTES, body);
                    s3.putObject(
                            request ->
                                    request.bucket(Buckets.EMBEDDED.source()).key(Flow.FEED + "/" + number + ".jsonl"),
                            RequestBody.fromBytes(body.toByteArray()));
                    return sum.rows();
                }));
            }
        }
        long rows = 0;
        for (Future<Long> upload : uploads) {
            rows += upload.get();
        }
        return rows;
    }

    private void await(SnowflakeClient warehouse, long rows, long begin, Report report)
            throws IOException, InterruptedException {
        String last = "";
        while (System.nanoTime() - begin < LONGEST_NANOS) {
            List<String> counted = Answer.of(
                            warehouse,
                            "SELECT COUNT_IF(STATE = 'BALANCED'), SUM(LOADED), COUNT(*) FROM FEEDLINE.OPS.BALANCE")
                    .getFirst();
            if (counted.equals(List.of(Integer.toString(files), Long.toString(rows), Integer.toString(files)))) {
                report.note(files + " files BALANCED, " + rows + " rows in the table");
                return;
            }
            String now = counted.get(0) + " of " + files + " files balanced";
            if (!now.equals(last)) {
                report.progress((System.nanoTime() - begin) / 1_000_000_000 + " s: " + now);
            }
            last = now;
            Thread.sleep(2000);
        }
        throw new IllegalStateException("not all files are balanced after an hour: " + last);
    }
}
