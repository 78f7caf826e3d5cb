package dev.feedline.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.sim.SimulatedClock;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.ExpiredNextTokenException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

class EmbeddedKinesisTest {
    private static final String SHARD = "shardId-000000000000";
    private static final KinesisSettings SMALL_SEGMENTS = new KinesisSettings(false, 500);

    @TempDir
    Path folder;

    private final SimulatedClock clock = new SimulatedClock(Instant.parse("2026-11-22T12:00:00Z"));
    private final Ground ground = TestGround.on(clock);

    private EmbeddedKinesis open(KinesisSettings settings) throws IOException {
        return EmbeddedKinesis.open(folder, ground, settings);
    }

    @Test
    void streamsRecordsAndTheirNumbersOutliveTheProcess() throws IOException {
        List<BigInteger> numbers = new ArrayList<>();
        try (EmbeddedKinesis kinesis = open(KinesisSettings.DEFAULT)) {
            create(kinesis);
            numbers.add(put(kinesis, "one"));
        }
        clock.advance(Duration.ofDays(-3));
        try (EmbeddedKinesis kinesis = open(KinesisSettings.DEFAULT)) {
            numbers.add(put(kinesis, "two"));
            assertThat(texts(kinesis)).containsExactly("one", "two");
        }
        assertThat(numbers).isSorted();
    }

    @Test
    void anIteratorOutlivesTheProcessAndExpiresAfterFiveMinutes() throws IOException {
        String iterator;
        try (EmbeddedKinesis kinesis = open(KinesisSettings.DEFAULT)) {
            create(kinesis);
            put(kinesis, "one");
            iterator = iterator(kinesis, ShardIteratorType.TRIM_HORIZON);
        }
        try (EmbeddedKinesis kinesis = open(KinesisSettings.DEFAULT)) {
            clock.advance(Duration.ofMinutes(5));
            assertThat(records(kinesis, iterator).records()).hasSize(1);
            clock.advance(Duration.ofMillis(1));
            assertThatThrownBy(() -> records(kinesis, iterator)).isInstanceOf(ExpiredIteratorException.class);
        }
    }

    @Test
    void aTokenOfAListingExpires() throws IOException {
        try (EmbeddedKinesis kinesis = open(KinesisSettings.DEFAULT)) {
            kinesis.createStream(request -> request.streamName("s").shardCount(2));
            String token = kinesis.listShards(request -> request.streamName("s").maxResults(1))
                    .nextToken();
            clock.advance(Duration.ofSeconds(301));
            assertThatThrownBy(() -> kinesis.listShards(request -> request.nextToken(token)))
                    .isInstanceOf(ExpiredNextTokenException.class);
        }
    }

    @Test
    void retentionHidesAndThenDeletesOldRecords() throws IOException {
        try (EmbeddedKinesis kinesis = open(SMALL_SEGMENTS)) {
            create(kinesis);
            put(kinesis, "x".repeat(600));
            put(kinesis, "old");
            clock.advance(Duration.ofHours(23));
            put(kinesis, "young");
            assertThat(texts(kinesis)).hasSize(3);
            clock.advance(Duration.ofHours(2));
            assertThat(texts(kinesis)).containsExactly("young");
            long before = segmentFiles();
            kinesis.retain();
            assertThat(segmentFiles()).isLessThan(before);
            assertThat(texts(kinesis)).containsExactly("young");
        }
    }

    @Test
    void aRecordsArrivalAndItsLagAreTold() throws IOException {
        try (EmbeddedKinesis kinesis = open(KinesisSettings.DEFAULT)) {
            create(kinesis);
            put(kinesis, "one");
            put(kinesis, "two");
            clock.advance(Duration.ofSeconds(90));
            GetRecordsResponse first = kinesis.getRecords(
                    request -> request.shardIterator(iterator(kinesis, ShardIteratorType.TRIM_HORIZON))
                            .limit(1));
            assertThat(first.records().getFirst().approximateArrivalTimestamp())
                    .isEqualTo(Instant.parse("2026-11-22T12:00:00Z"));
            assertThat(first.millisBehindLatest()).isEqualTo(90_000);
            assertThat(records(kinesis, first.nextShardIterator()).millisBehindLatest())
                    .isZero();
        }
    }

    @Test
    void anIteratorByTimeBeginsAtTheFirstRecordSince() throws IOException {
        try (EmbeddedKinesis kinesis = open(SMALL_SEGMENTS)) {
            create(kinesis);
            for (int i = 0; i < 10; i++) {
                put(kinesis, "x".repeat(300) + i);
                clock.advance(Duration.ofMinutes(1));
            }
            String iterator = kinesis.getShardIterator(request -> request.streamName("s")
                            .shardId(SHARD)
                            .shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                            .timestamp(Instant.parse("2026-11-22T12:06:30Z")))
                    .shardIterator();
            assertThat(records(kinesis, iterator).records()).hasSize(3);
        }
    }

    @Test
    void theStreamsBellRingsWhenRecordsCanBeRead() throws IOException, InterruptedException {
        try (EmbeddedKinesis kinesis = open(KinesisSettings.DEFAULT)) {
            create(kinesis);
            String arn = "arn:aws:kinesis:us-east-1:000000000000:stream/s";
            long heard = ground.bell().rings(arn);
            put(kinesis, "one");
            assertThat(ground.bell().await(arn, heard, Duration.ofSeconds(30))).isTrue();
        }
    }

    @Test
    void withAwsLimitsAShardTakesAThousandRecordsASecond() throws IOException {
        try (EmbeddedKinesis kinesis = open(new KinesisSettings(true, 1 << 20))) {
            create(kinesis);
            assertThat(putMany(kinesis).failedRecordCount()).isZero();
            assertThat(putMany(kinesis).failedRecordCount()).isZero();
            PutRecordsResponse third = putMany(kinesis);
            assertThat(third.failedRecordCount()).isEqualTo(500);
            assertThat(third.records())
                    .allSatisfy(
                            entry -> assertThat(entry.errorCode()).isEqualTo("ProvisionedThroughputExceededException"));
            assertThatThrownBy(() -> put(kinesis, "one")).isInstanceOf(ProvisionedThroughputExceededException.class);
            clock.advance(Duration.ofSeconds(1));
            assertThat(putMany(kinesis).failedRecordCount()).isZero();
        }
    }

    @Test
    void withAwsLimitsAShardIsReadFiveTimesASecond() throws IOException {
        try (EmbeddedKinesis kinesis = open(new KinesisSettings(true, 1 << 20))) {
            create(kinesis);
            String iterator = iterator(kinesis, ShardIteratorType.TRIM_HORIZON);
            for (int i = 0; i < 5; i++) {
                records(kinesis, iterator);
            }
            assertThatThrownBy(() -> records(kinesis, iterator))
                    .isInstanceOf(ProvisionedThroughputExceededException.class);
            clock.advance(Duration.ofMillis(200));
            records(kinesis, iterator);
        }
    }

    @Test
    void damageStopsTheOpeningAndNamesTheFile() throws IOException {
        try (EmbeddedKinesis kinesis = open(KinesisSettings.DEFAULT)) {
            create(kinesis);
            put(kinesis, "one");
            put(kinesis, "two");
        }
        Path segment;
        try (Stream<Path> files = Files.walk(folder)) {
            segment = files.filter(file -> file.toString().endsWith(".seg"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(segment);
        bytes[100] ^= 1;
        Files.write(segment, bytes);
        assertThatThrownBy(() -> open(KinesisSettings.DEFAULT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(segment.toString());
    }

    @Test
    void aDeletedStreamLeavesNoFilesAndItsIteratorsAreGone() throws IOException {
        try (EmbeddedKinesis kinesis = open(KinesisSettings.DEFAULT)) {
            create(kinesis);
            put(kinesis, "one");
            String iterator = iterator(kinesis, ShardIteratorType.TRIM_HORIZON);
            kinesis.deleteStream(request -> request.streamName("s"));
            assertThat(segmentFiles()).isZero();
            create(kinesis);
            assertThatThrownBy(() -> records(kinesis, iterator)).isInstanceOf(ResourceNotFoundException.class);
        }
    }

    private static void create(EmbeddedKinesis kinesis) {
        kinesis.createStream(request -> request.streamName("s").shardCount(1));
    }

    private static BigInteger put(EmbeddedKinesis kinesis, String text) {
        return new BigInteger(kinesis.putRecord(
                        request -> request.streamName("s").partitionKey("k").data(SdkBytes.fromUtf8String(text)))
                .sequenceNumber());
    }

    private static PutRecordsResponse putMany(EmbeddedKinesis kinesis) {
        List<PutRecordsRequestEntry> entries = IntStream.range(0, 500)
                .mapToObj(i -> PutRecordsRequestEntry.builder()
                        .partitionKey("k")
                        .data(SdkBytes.fromUtf8String("x"))
                        .build())
                .toList();
        return kinesis.putRecords(request -> request.streamName("s").records(entries));
    }

    private static String iterator(EmbeddedKinesis kinesis, ShardIteratorType type) {
        return kinesis.getShardIterator(
                        request -> request.streamName("s").shardId(SHARD).shardIteratorType(type))
                .shardIterator();
    }

    private static GetRecordsResponse records(EmbeddedKinesis kinesis, String iterator) {
        return kinesis.getRecords(request -> request.shardIterator(iterator));
    }

    private static List<String> texts(EmbeddedKinesis kinesis) {
        return records(kinesis, iterator(kinesis, ShardIteratorType.TRIM_HORIZON)).records().stream()
                .map(Record::data)
                .map(SdkBytes::asUtf8String)
                .toList();
    }

    private long segmentFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".seg")).count();
        }
    }
}
