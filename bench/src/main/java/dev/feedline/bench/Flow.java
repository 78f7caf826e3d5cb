package dev.feedline.bench;

import dev.feedline.app.Reach;
import dev.feedline.app.RemotePipeline;
import dev.feedline.app.Upload;
import dev.feedline.app.warehouse.SnowflakeClient;
import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.definition.Definition;
import dev.feedline.testkit.OrdersFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/// One file on its way through a server, with the moment each stage was through with it.
///
/// It is watched in durable state, once a second, by questions that cost the server little.
final class Flow {
    static final String FEED = "orders";
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Reach reach;
    private final RemotePipeline pipeline;
    private final SnowflakeClient warehouse;
    private final Report report;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final long begin = System.nanoTime();

    Flow(Reach reach, Report report) throws IOException, InterruptedException {
        this.reach = reach;
        this.report = report;
        this.pipeline = RemotePipeline.of(reach);
        this.warehouse = reach.warehouse();
        pipeline.ensureFeed(Definition.EMPTY, FEED);
    }

    /// Uploads the file and waits until it is settled.
    FileState send(Path file, Duration longest) throws Exception {
        String key = FEED + "/" + file.getFileName();
        long start = System.nanoTime();
        String version = new Upload(reach.s3(), Buckets.EMBEDDED.source(), sent -> {}).put(file, key);
        double uploaded = (System.nanoTime() - start) / 1e9;
        seconds.put("uploaded", uploaded);
        report.progress("uploaded after " + Runs.number(uploaded) + " s");
        FileState settled = await(key, version, start, Instant.now().plus(longest));
        seconds.put("settled", (System.nanoTime() - start) / 1e9);
        return settled;
    }

    /// Seconds from the beginning of the upload to the moment that the stage was through with the file.
    Map<String, Double> seconds() {
        return seconds;
    }

    private FileState await(String key, String version, long start, Instant end) throws Exception {
        String last = "";
        while (Instant.now().isBefore(end)) {
            Optional<FileState> file = pipeline.file(key, version);
            if (file.isPresent()) {
                String id = file.get().fileId();
                long chunks = objects(Buckets.EMBEDDED.landing(), "_feedline/chunks/" + FEED + "/" + id);
                long lake = objects(Buckets.EMBEDDED.lake(), "data/" + FEED + "/" + id);
                boolean ingested = file.get().state() != FileState.State.WAITING;
                mark("ingested", ingested, start);
                mark("converted", ingested && lake >= chunks, start);
                if (file.get().state().isSettled()) {
                    return file.get();
                }
                String now = chunks + " chunks judged and sent, " + lake + " in the lake, "
                        + file.get().loaded() + " rows counted in the table";
                if (!now.equals(last)) {
                    report.progress((System.nanoTime() - begin) / 1_000_000_000 + " s: " + now);
                }
                last = now;
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        throw new IllegalStateException(key + " is not settled in time");
    }

    private void mark(String stage, boolean reached, long start) {
        if (reached) {
            seconds.putIfAbsent(stage, (System.nanoTime() - start) / 1e9);
        }
    }

    private long objects(String bucket, String prefix) {
        return reach
                .s3()
                .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix))
                .contents()
                .stream()
                .count();
    }

    /// Fails unless the table holds what the generator added up.
    void requireSums(FileState file, OrdersFile.Sum sum) throws IOException {
        List<String> row = Answer.of(
                        warehouse,
                        "SELECT COUNT(*), SUM(ID), SUM(AMOUNT) FROM FEEDLINE.RAW.ORDERS WHERE _FILE_ID = '"
                                + file.fileId() + "'")
                .getFirst();
        String expected = sum.rows() + " " + sum.ids() + " " + BigDecimal.valueOf(sum.cents(), 2);
        String found = new BigDecimal(row.get(0)).toBigInteger() + " " + new BigDecimal(row.get(1)).toBigInteger() + " "
                + new BigDecimal(row.get(2)).setScale(2);
        if (!found.equals(expected) || file.state() != FileState.State.BALANCED) {
            throw new IllegalStateException(
                    "the file is " + file.state() + "; the table holds " + found + ", the file " + expected);
        }
        report.note("table: " + sum.rows() + " rows, sums of id and amount as the generator added them up; the file is "
                + file.state());
    }

    /// What lies where, in bytes: buckets as S3 counts them, folders as they are on the disk.
    Map<String, Long> disk(Path data) throws IOException {
        Map<String, Long> bytes = new LinkedHashMap<>();
        S3Client s3 = reach.s3();
        bytes.put("source bucket", size(s3, Buckets.EMBEDDED.source(), ""));
        bytes.put("landing bucket, data/", size(s3, Buckets.EMBEDDED.landing(), "data/"));
        bytes.put(
                "landing bucket, all else",
                size(s3, Buckets.EMBEDDED.landing(), "_feedline/") + size(s3, Buckets.EMBEDDED.landing(), "ops/"));
        bytes.put("lake bucket", size(s3, Buckets.EMBEDDED.lake(), ""));
        try (var folders = Files.list(data)) {
            for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                bytes.put("folder " + folder.getFileName(), onDisk(folder));
            }
        }
        return bytes;
    }

    private static long size(S3Client s3, String bucket, String prefix) {
        return s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix)).contents().stream()
                .mapToLong(object -> object.size())
                .sum();
    }

    private static long onDisk(Path folder) throws IOException {
        long bytes = 0;
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }
}
