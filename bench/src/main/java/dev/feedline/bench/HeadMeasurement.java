package dev.feedline.bench;

import dev.feedline.app.Reach;
import dev.feedline.app.RemotePipeline;
import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.FileState;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// `bench/run head`: how long a HEAD on a bucket takes while two feeds' big files are on their way and load, and when
/// nothing else happens.
@Command(name = "head", description = "HEAD on a bucket while two big files are ingested, converted and loaded.")
final class HeadMeasurement extends Measurement {
    private static final Duration BETWEEN_HEADS = Duration.ofMillis(20);
    private static final int IDLE_HEADS = 200;

    @Option(
            names = "--megabytes",
            paramLabel = "N",
            defaultValue = "100",
            description = "Size of each of the two files (default: 100).")
    private int megabytes = 100;

    @Override
    protected String name() {
        return "head";
    }

    @Override
    protected void measure(Path folder, Report report) throws Exception {
        Path home = Path.of(System.getProperty("feedline.home", "."));
        Path definition = Files.writeString(folder.resolve("feedline.yaml"), "feeds: { red: {}, blue: {} }\n");
        Path file = write(folder.resolve("rows.jsonl"));
        try (FeedlineProcess up =
                        FeedlineProcess.up(home, folder.resolve("data"), Map.of(), "-f", definition.toString());
                Reach reach = up.reach()) {
            S3Client s3 = reach.s3();
            heads(s3, new CountDownLatch(1), IDLE_HEADS); // the first ones are compiled
            report.figure("HEAD, nothing else to do", heads(s3, new CountDownLatch(1), IDLE_HEADS));
            CountDownLatch settled = new CountDownLatch(1);
            Thread feeding = Thread.ofPlatform().start(() -> feed(reach, file, settled));
            report.figure(
                    "HEAD, two files of " + megabytes + " MB on their way", heads(s3, settled, Integer.MAX_VALUE));
            feeding.join();
        }
    }

    /// Sends HEADs until told to stop, or so many.
    private static Runs heads(S3Client s3, CountDownLatch stop, int most) throws InterruptedException {
        List<Double> millis = new ArrayList<>();
        do {
            long begin = System.nanoTime();
            s3.headBucket(request -> request.bucket(Buckets.EMBEDDED.source()));
            millis.add((System.nanoTime() - begin) / 1e6);
        } while (millis.size() < most && !stop.await(BETWEEN_HEADS.toMillis(), TimeUnit.MILLISECONDS));
        return new Runs("ms", millis);
    }

    private static void feed(Reach reach, Path file, CountDownLatch settled) {
        try {
            S3Client s3 = reach.s3();
            for (String feed : List.of("red", "blue")) {
                s3.putObject(
                        request -> request.bucket(Buckets.EMBEDDED.source()).key(feed + "/rows.jsonl"),
                        RequestBody.fromFile(file));
            }
            RemotePipeline pipeline = RemotePipeline.of(reach);
            List<FileState> files = pipeline.files();
            while (!files.stream().allMatch(one -> one.state().isSettled())) {
                Thread.sleep(1_000);
                files = pipeline.files();
            }
            files.forEach(one -> System.out.println(one.key() + ": " + one.state() + ", " + one.loaded() + " rows"));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            settled.countDown();
        }
    }

    private Path write(Path file) throws IOException {
        long size = 0;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (long i = 0; size < megabytes * 1_000_000L; i++) {
                String line = "{\"id\":" + i + ",\"at\":\"2026-11-26T10:00:00Z\",\"amount\":" + i % 977
                        + ".25,\"customer\":\"customer " + i % 10_007 + "\",\"note\":\"" + Long.toHexString(i * 31)
                        + "\"}\n";
                out.write(line);
                size += line.length();
            }
        }
        return file;
    }
}
