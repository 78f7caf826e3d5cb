package dev.feedline.firehose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.sim.SimulatedClock;
import dev.feedline.kinesis.EmbeddedKinesis;
import dev.feedline.testkit.InMemoryS3;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;

class DirectPutTest {
    @TempDir
    Path folder;

    private final SimulatedClock clock = new SimulatedClock(Instant.parse("2026-11-22T12:00:00Z"));
    private final Ground ground = TestGround.on(clock);
    private final FailingS3 s3 = new FailingS3(new InMemoryS3(clock));

    @Test
    void whatWasAcknowledgedOutlivesTheProcessAndIsDeliveredOnce() throws IOException {
        s3.memory.createBucket(request -> request.bucket("b"));
        try (EmbeddedKinesis kinesis = EmbeddedKinesis.open(folder.resolve("kinesis"), ground)) {
            try (EmbeddedFirehose firehose = open(kinesis)) {
                firehose.createDeliveryStream(request -> request.deliveryStreamName("d")
                        .extendedS3DestinationConfiguration(it -> it.bucketARN("arn:aws:s3:::b")
                                .roleARN("arn:aws:iam::000000000000:role/firehose")
                                .bufferingHints(hints -> hints.sizeInMBs(1).intervalInSeconds(60))));
                put(firehose, "one\n");
                DeliveryLoop loop = firehose.loop("d");
                loop.round();
                s3.failAfter = true;
                clock.advance(Duration.ofSeconds(60));
                assertThatThrownBy(loop::round).isInstanceOf(SdkClientException.class);
                loop.close();
            }
            try (EmbeddedFirehose firehose = open(kinesis)) {
                put(firehose, "two\n");
                s3.failAfter = false;
                DeliveryLoop loop = firehose.loop("d");
                loop.round();
                clock.advance(Duration.ofSeconds(60));
                loop.round();
                assertThat(s3.memory.objects("b"))
                        .extracting(object -> new String(object.bytes(), StandardCharsets.UTF_8))
                        .containsExactly("one\n", "two\n");
                assertThat(loop.round()).isInstanceOf(DeliveryLoop.Round.Idle.class);
                loop.close();
            }
        }
    }

    private EmbeddedFirehose open(EmbeddedKinesis kinesis) throws IOException {
        return EmbeddedFirehose.open(folder.resolve("firehose"), ground, kinesis, s3);
    }

    private static void put(EmbeddedFirehose firehose, String text) {
        firehose.putRecord(request ->
                request.deliveryStreamName("d").record(record -> record.data(SdkBytes.fromUtf8String(text))));
    }
}
