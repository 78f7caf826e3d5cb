package dev.feedline.kinesis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamRequest;
import software.amazon.awssdk.services.kinesis.model.EncryptionType;
import software.amazon.awssdk.services.kinesis.model.EnhancedMetrics;
import software.amazon.awssdk.services.kinesis.model.StreamDescription;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamModeDetails;
import software.amazon.awssdk.services.kinesis.model.StreamSummary;

/// Streams and shards in the words of the API.
final class Describing {
    /// Bounds of one answer (Amazon Kinesis, DescribeStream and ListShards).
    static final int MOST_SHARDS = 10_000;

    private static final int DEFAULT_SHARDS = 100;

    private Describing() {}

    static StreamDescription describe(OpenStream stream, DescribeStreamRequest request) {
        int most = limit("limit", request.limit(), DEFAULT_SHARDS, MOST_SHARDS);
        List<software.amazon.awssdk.services.kinesis.model.Shard> rest =
                shardsAfter(stream, request.exclusiveStartShardId());
        StreamRow row = stream.row();
        return StreamDescription.builder()
                .streamName(row.name())
                .streamARN(stream.arn().toString())
                .streamStatus(row.status())
                .streamModeDetails(mode(row))
                .shards(rest.subList(0, Math.min(most, rest.size())))
                .hasMoreShards(rest.size() > most)
                .retentionPeriodHours(row.retentionHours())
                .streamCreationTimestamp(row.created())
                .enhancedMonitoring(noMetrics())
                .encryptionType(EncryptionType.NONE)
                .build();
    }

    static StreamDescriptionSummary summary(OpenStream stream) {
        StreamRow row = stream.row();
        return StreamDescriptionSummary.builder()
                .streamName(row.name())
                .streamARN(stream.arn().toString())
                .streamStatus(row.status())
                .streamModeDetails(mode(row))
                .retentionPeriodHours(row.retentionHours())
                .streamCreationTimestamp(row.created())
                .enhancedMonitoring(noMetrics())
                .encryptionType(EncryptionType.NONE)
                .openShardCount(row.shards().size())
                .consumerCount(0)
                .maxRecordSizeInKiB(row.maxRecordKib())
                .build();
    }

    static StreamSummary listed(OpenStream stream) {
        StreamRow row = stream.row();
        return StreamSummary.builder()
                .streamName(row.name())
                .streamARN(stream.arn().toString())
                .streamStatus(row.status())
                .streamModeDetails(mode(row))
                .streamCreationTimestamp(row.created())
                .build();
    }

    /// The stream's shards behind the one named.
    static List<software.amazon.awssdk.services.kinesis.model.Shard> shardsAfter(
            OpenStream stream, @Nullable String shardId) {
        return stream.shards().stream()
                .filter(shard -> shardId == null || shard.id().compareTo(shardId) > 0)
                .map(Describing::shard)
                .toList();
    }

    static int limit(String member, @Nullable Integer given, int otherwise, int most) {
        int limit = given == null ? otherwise : given;
        if (limit < 1 || limit > most) {
            throw KinesisError.VALIDATION.exception("1 validation error detected: Value '" + limit + "' at '" + member
                    + "' failed to satisfy constraint: Member must be between 1 and " + most);
        }
        return limit;
    }

    private static software.amazon.awssdk.services.kinesis.model.Shard shard(Shard shard) {
        return software.amazon.awssdk.services.kinesis.model.Shard.builder()
                .shardId(shard.id())
                .hashKeyRange(range -> range.startingHashKey(
                                shard.row().range().start().toString())
                        .endingHashKey(shard.row().range().end().toString()))
                .sequenceNumberRange(range -> range.startingSequenceNumber(
                        shard.startingSequenceNumber().toString()))
                .build();
    }

    private static StreamModeDetails mode(StreamRow row) {
        return StreamModeDetails.builder().streamMode(row.mode()).build();
    }

    /// Enhanced monitoring is off, which AWS shows as one entry without metrics.
    private static EnhancedMetrics noMetrics() {
        return EnhancedMetrics.builder().shardLevelMetrics(List.of()).build();
    }
}
