package dev.feedline.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.FileState.State;
import dev.feedline.feeds.Names;
import dev.feedline.feeds.definition.Definition;
import dev.feedline.kernel.Account;
import dev.feedline.kernel.Bell;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Ids;
import dev.feedline.kernel.RealDisk;
import dev.feedline.s3.EmbeddedS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.SqsClient;

/// What has landed goes after its keep time, of every feed; the files stay balanced, and nothing is done again.
class LandingExpiryTest {
    private static final String TWO_DAYS = "feeds: { kept: { keep: { landing: 2d } } }\n";
    /// Past the keep time, and not past the indexes', which stay a day longer.
    private static final Duration LATER = Duration.ofDays(8);

    @TempDir
    private Path folder;

    @Test
    void aFeedThatPutCreatedOrThatLeftTheDefinitionExpiresToo() throws Exception {
        try (TestingFeedline feedline = TestingFeedline.start(folder, TWO_DAYS)) {
            assertThat(expiries(feedline.s3())).containsExactlyInAnyOrder("landing-kept 2", "index-kept 3");
            feedline.pipeline().ensureFeed(Definition.EMPTY, "made_by_put");
            assertThat(expiries(feedline.s3())).contains("landing-made_by_put 7", "index-made_by_put 8");
        }
        try (TestingFeedline feedline = TestingFeedline.start(folder, "feeds: { other: {} }\n")) {
            assertThat(expiries(feedline.s3())).contains("landing-kept 2", "landing-made_by_put 7", "landing-other 7");
        }
    }

    @Test
    void whatExpiredIsOffTheDiskAndItsFilesStayBalanced() throws Exception {
        byte[] rows = ("{\"text\":\"" + "x".repeat(200) + "\"}\n").repeat(1000).getBytes(UTF_8);
        FileState before;
        int runs;
        try (TestingFeedline feedline = TestingFeedline.start(folder, "feeds: { orders: {} }\n")) {
            before = feedline.put("orders/1.jsonl", rows);
            assertThat(before.state()).isEqualTo(State.BALANCED);
            assertThat(landed(feedline.s3())).isNotEmpty();
            runs = runs(feedline);
        }
        long bytesBefore = bytes(folder.resolve("s3"));
        expireAtLater();
        assertThat(bytes(folder.resolve("s3"))).isLessThan(bytesBefore - rows.length);
        try (TestingFeedline feedline = TestingFeedline.start(folder, "feeds: { orders: {} }\n")) {
            assertThat(landed(feedline.s3())).isEmpty();
            FileState second = feedline.put("orders/2.jsonl", "{\"text\":\"y\"}\n".getBytes(UTF_8));
            assertThat(second.state()).isEqualTo(State.BALANCED);
            FileState after = feedline.pipeline().files().stream()
                    .filter(file -> file.fileId().equals(before.fileId()))
                    .findFirst()
                    .orElseThrow();
            assertThat(List.of(after.state(), after.loaded())).isEqualTo(List.of(State.BALANCED, 1000L));
            // The second file's own runs, and none for what is gone.
            assertThat(runs(feedline)).isGreaterThan(runs);
            assertThat(indexed(feedline.s3())).hasSize(2);
            assertThat(feedline.sql("SELECT COUNT(*) AS N FROM FEEDLINE.RAW.ORDERS")
                            .getFirst())
                    .containsEntry("N", "1001");
        }
    }

    /// Opens the object store by itself, as the server would be open after the time has passed.
    private void expireAtLater() throws IOException {
        RealDisk disk = new RealDisk(failure -> {});
        Ground later = new Ground(
                disk, Clock.offset(Clock.systemUTC(), LATER), Ids.secure(), Account.LOCAL, new Bell(), failure -> {});
        try (EmbeddedS3 s3 = EmbeddedS3.open(folder.resolve("s3"), later, nobody(), noQueue())) {
            s3.start();
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (!landed(s3).isEmpty()) {
                assertThat(System.nanoTime())
                        .as("landing objects have not expired in time")
                        .isLessThan(end);
                Thread.onSpinWait();
            }
        }
    }

    private static List<String> expiries(S3Client s3) {
        return s3
                .getBucketLifecycleConfiguration(request -> request.bucket(Buckets.EMBEDDED.landing()))
                .rules()
                .stream()
                .map(LandingExpiryTest::text)
                .toList();
    }

    private static String text(LifecycleRule rule) {
        return rule.id() + " " + rule.expiration().days();
    }

    private static List<String> landed(S3Client s3) {
        return keys(s3, "data/");
    }

    private static List<String> indexed(S3Client s3) {
        return keys(s3, "_feedline/index/");
    }

    private static List<String> keys(S3Client s3, String prefix) {
        return s3
                .listObjectsV2(
                        request -> request.bucket(Buckets.EMBEDDED.landing()).prefix(prefix))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    private static int runs(TestingFeedline feedline) {
        return feedline.pipeline()
                .clients()
                .glue()
                .getJobRuns(request -> request.jobName(Names.JOB))
                .jobRuns()
                .size();
    }

    private static long bytes(Path under) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(under)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private static LambdaClient nobody() {
        return new LambdaClient() {
            @Override
            public String serviceName() {
                return "lambda";
            }

            @Override
            public void close() {}
        };
    }

    private static SqsClient noQueue() {
        return new SqsClient() {
            @Override
            public String serviceName() {
                return "sqs";
            }

            @Override
            public void close() {}
        };
    }
}
