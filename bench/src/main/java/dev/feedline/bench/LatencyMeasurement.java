package dev.feedline.bench;

import dev.feedline.app.Reach;
import dev.feedline.app.warehouse.SnowflakeClient;
import dev.feedline.convert.FileId;
import dev.feedline.feeds.Buckets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// `bench/run latency`: how long after an upload's answer its rows are in SQL, and which stage took how much of that.
///
/// Files go in one at a time, two feeds taking turns, through the HTTP door of a server in a process of its own. One
/// open session asks for the count of the file's rows, and asks again [#BETWEEN_LOOKS] after each
/// answer.
@Command(
        name = "latency",
        description =
                "From the answer to a 1 MB upload to its rows in SQL, with each stage's share; two feeds in turn.")
final class LatencyMeasurement extends Measurement {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final List<String> FEEDS = List.of("red", "blue");
    private static final int FILE_BYTES = 1_000_000;

    @Option(names = "--files", paramLabel = "N", defaultValue = "50", description = "Files measured (default: 50).")
    private int files = 50;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "20",
            description = "Files before them, reported apart (default: 20).")
    private int warmUp = 20;

    @Option(names = "--no-bells", description = "No service tells another that something arrived: they only poll.")
    private boolean noBells;

    private record Body(byte[] bytes, int rows) {}

    @Override
    protected String name() {
        return noBells ? "latency-no-bells" : "latency";
    }

    @Override
    protected void measure(Path folder, Report report) throws Exception {
        Path home = Path.of(System.getProperty("feedline.home", "."));
        Path definition = Files.writeString(folder.resolve("feedline.yaml"), "feeds: { red: {}, blue: {} }\n");
        Path data = folder.resolve("data");
        List<SentFile> sent = new ArrayList<>();
        try (FeedlineProcess up = noBells
                        ? FeedlineProcess.upWithoutBells(data, definition)
                        : FeedlineProcess.up(home, data, Map.of(), "-f", definition.toString());
                Reach reach = up.reach();
                SnowflakeClient warehouse = reach.warehouse()) {
            S3Client s3 = reach.s3();
            for (int i = 0; i < warmUp + files; i++) {
                sent.add(send(s3, warehouse, FEEDS.get(i % FEEDS.size()), i));
            }
        }
        report.note("files of " + FILE_BYTES + " bytes, one after the other; looked for every "
                + BETWEEN_LOOKS.toMillis() + " ms" + (noBells ? "; bells off" : ""));
        if (warmUp > 0) {
            report.figure("first file", Runs.of("ms", sent.getFirst().millis()));
            report.figure("warm-up files", millis(sent.subList(0, warmUp)));
        }
        List<SentFile> measured = sent.subList(warmUp, sent.size());
        report.figure("upload answered to rows in SQL", millis(measured));
        new StageTable(StageTimes.of(data, measured)).print(report);
    }

    private static Runs millis(List<SentFile> files) {
        return new Runs("ms", files.stream().map(SentFile::millis).toList());
    }

    private static SentFile send(S3Client s3, SnowflakeClient warehouse, String feed, int number) throws Exception {
        Body body = body(number);
        String bucket = Buckets.EMBEDDED.source();
        String key = feed + "/" + number + ".jsonl";
        String version = s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(body.bytes()))
                .versionId();
        Instant answered = Instant.now();
        Instant modified =
                s3.headObject(request -> request.bucket(bucket).key(key)).lastModified();
        String id = FileId.of(modified, bucket, key, version);
        String count = "SELECT COUNT(*) FROM FEEDLINE.RAW." + feed.toUpperCase(java.util.Locale.ROOT)
                + " WHERE _FILE_ID = '" + id + "'";
        while (!String.valueOf(body.rows())
                .equals(warehouse.rows(count).getFirst().getFirst())) {
            if (Instant.now().isAfter(answered.plus(LONGEST))) {
                throw new IllegalStateException(key + " is not in SQL after " + LONGEST.toSeconds() + " s");
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        return new SentFile(feed, id, answered, Instant.now());
    }

    /// Orders as people send them, made from the file's number.
    private static Body body(int number) {
        SplittableRandom random = new SplittableRandom(number);
        StringBuilder text = new StringBuilder(FILE_BYTES + 256);
        int rows = 0;
        while (text.length() < FILE_BYTES) {
            text.append("{\"id\":")
                    .append(number * 1_000_000L + rows++)
                    .append(",\"at\":\"2026-11-26T")
                    .append(10 + random.nextInt(10))
                    .append(":00:00Z\",\"amount\":")
                    .append(random.nextInt(100_000))
                    .append(".25,\"customer\":\"customer ")
                    .append(random.nextInt(10_000))
                    .append("\",\"paid\":")
                    .append(random.nextBoolean())
                    .append(",\"items\":[{\"sku\":\"a-")
                    .append(random.nextInt(1_000))
                    .append("\",\"qty\":")
                    .append(random.nextInt(9))
                    .append("}]}\n");
        }
        return new Body(text.toString().getBytes(StandardCharsets.UTF_8), rows);
    }
}
