package dev.feedline.feeds.deployment;

import dev.feedline.convert.Keys;
import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.Names;
import dev.feedline.feeds.Sleeper;
import dev.feedline.feeds.definition.Feed;
import java.time.Duration;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamDescription;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationDescription;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/// A feed's stream, and the delivery stream that carries it into the landing bucket.
final class StreamSetup {
    /// A week: the time in which a stopped pipeline still finds everything it was sent.
    private static final int RETENTION_HOURS = 168;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final int TRIES = 120;
    private static final String ROLE = "arn:aws:iam::000000000000:role/feedline";

    private final KinesisClient kinesis;
    private final FirehoseClient firehose;
    private final Buckets buckets;
    private final Sleeper sleeper;

    StreamSetup(KinesisClient kinesis, FirehoseClient firehose, Buckets buckets, Sleeper sleeper) {
        this.sleeper = sleeper;
        this.kinesis = kinesis;
        this.firehose = firehose;
        this.buckets = buckets;
    }

    void put(Feed feed) throws InterruptedException {
        String name = Names.stream(feed.name());
        StreamDescriptionSummary stream = stream(name, feed.shards());
        if (stream.retentionPeriodHours() < RETENTION_HOURS) {
            kinesis.increaseStreamRetentionPeriod(
                    request -> request.streamName(name).retentionPeriodHours(RETENTION_HOURS));
        }
        deliver(feed, name, stream.streamARN());
    }

    private StreamDescriptionSummary stream(String name, int shards) throws InterruptedException {
        try {
            return describe(name);
        } catch (ResourceNotFoundException e) {
            kinesis.createStream(request -> request.streamName(name)
                    .shardCount(shards)
                    .streamModeDetails(it -> it.streamMode(StreamMode.PROVISIONED)));
            return waitUntilActive(name);
        }
    }

    private StreamDescriptionSummary waitUntilActive(String name) throws InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            StreamDescriptionSummary stream = describe(name);
            if (stream.streamStatus() == StreamStatus.ACTIVE) {
                return stream;
            }
            sleeper.sleep(BETWEEN_TRIES);
        }
        throw new IllegalStateException("stream " + name + " is not ACTIVE after " + BETWEEN_TRIES.multipliedBy(TRIES));
    }

    private StreamDescriptionSummary describe(String name) {
        return kinesis.describeStreamSummary(request -> request.streamName(name))
                .streamDescriptionSummary();
    }

    private void deliver(Feed feed, String name, String streamArn) {
        int size = Math.toIntExact(feed.bufferSize().mebibytes());
        int seconds = Math.toIntExact(feed.bufferInterval().toSeconds());
        try {
            update(name, size, seconds);
        } catch (software.amazon.awssdk.services.firehose.model.ResourceNotFoundException e) {
            create(feed, name, streamArn, size, seconds);
        }
    }

    private void create(Feed feed, String name, String streamArn, int size, int seconds) {
        firehose.createDeliveryStream(request -> request.deliveryStreamName(name)
                .deliveryStreamType(DeliveryStreamType.KINESIS_STREAM_AS_SOURCE)
                .kinesisStreamSourceConfiguration(
                        it -> it.kinesisStreamARN(streamArn).roleARN(ROLE))
                .extendedS3DestinationConfiguration(it -> it.bucketARN("arn:aws:s3:::" + buckets.landing())
                        .roleARN(ROLE)
                        .prefix(Keys.data(feed.name()))
                        .errorOutputPrefix("errors/" + feed.name() + "/")
                        .bufferingHints(hints -> hints.sizeInMBs(size).intervalInSeconds(seconds))));
    }

    private void update(String name, int size, int seconds) {
        DeliveryStreamDescription stream = firehose.describeDeliveryStream(request -> request.deliveryStreamName(name))
                .deliveryStreamDescription();
        ExtendedS3DestinationDescription destination =
                stream.destinations().getFirst().extendedS3DestinationDescription();
        if (destination.bufferingHints().sizeInMBs() != size
                || destination.bufferingHints().intervalInSeconds() != seconds) {
            firehose.updateDestination(request -> request.deliveryStreamName(name)
                    .currentDeliveryStreamVersionId(stream.versionId())
                    .destinationId(stream.destinations().getFirst().destinationId())
                    .extendedS3DestinationUpdate(it ->
                            it.bufferingHints(hints -> hints.sizeInMBs(size).intervalInSeconds(seconds))));
        }
    }
}
