package dev.feedline.firehose;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.sim.SimulatedClock;
import dev.feedline.kinesis.EmbeddedKinesis;
import dev.feedline.testkit.InMemoryS3;
import dev.feedline.testkit.StoredObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;

/// A stream `s`, a delivery stream `d` and a bucket `b` on a clock that stands still; rounds are
/// turned by hand.
final class Bench implements AutoCloseable {
    static final String STREAM_ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/s";
    private static final String ROLE = "arn:aws:iam::000000000000:role/firehose";

    final SimulatedClock clock = new SimulatedClock(Instant.parse("2026-11-22T12:00:00Z"));
    final Ground ground = TestGround.on(clock);
    final FailingS3 s3 = new FailingS3(new InMemoryS3(clock));
    final Path folder;
    final EmbeddedKinesis kinesis;
    EmbeddedFirehose firehose;
    DeliveryLoop loop;

    Bench(Path folder, int shards, Consumer<ExtendedS3DestinationConfiguration.Builder> configure) throws IOException {
        this.folder = folder;
        this.kinesis = EmbeddedKinesis.open(folder.resolve("kinesis"), ground);
        s3.memory.createBucket(request -> request.bucket("b"));
        this.firehose = openFirehose();
        createStream(shards);
        ExtendedS3DestinationConfiguration.Builder destination = ExtendedS3DestinationConfiguration.builder()
                .bucketARN("arn:aws:s3:::b")
                .roleARN(ROLE);
        configure.accept(destination);
        firehose.createDeliveryStream(request -> request.deliveryStreamName("d")
                .deliveryStreamType(DeliveryStreamType.KINESIS_STREAM_AS_SOURCE)
                .kinesisStreamSourceConfiguration(
                        source -> source.kinesisStreamARN(STREAM_ARN).roleARN(ROLE))
                .extendedS3DestinationConfiguration(destination.build()));
        this.loop = firehose.loop("d");
    }

    void createStream(int shards) {
        kinesis.createStream(request -> request.streamName("s").shardCount(shards));
    }

    /// Ends the process and begins a new one on what is on disk.
    void restart() throws IOException {
        restart(EmbeddedFirehose.BETWEEN_READINGS);
    }

    void restart(Duration betweenReadings) throws IOException {
        firehose.close();
        firehose = EmbeddedFirehose.open(folder.resolve("firehose"), ground, kinesis, s3, betweenReadings);
        loop = firehose.loop("d");
    }

    void put(String key, String text) {
        kinesis.putRecord(request -> request.streamName("s").partitionKey(key).data(SdkBytes.fromUtf8String(text)));
    }

    List<StoredObject> objects() {
        return s3.memory.objects("b");
    }

    String content() {
        return objects().stream()
                .map(object -> new String(object.bytes(), StandardCharsets.UTF_8))
                .collect(Collectors.joining());
    }

    @Override
    public void close() throws IOException {
        loop.close();
        firehose.close();
        kinesis.close();
    }

    private EmbeddedFirehose openFirehose() throws IOException {
        return EmbeddedFirehose.open(folder.resolve("firehose"), ground, kinesis, s3);
    }
}
