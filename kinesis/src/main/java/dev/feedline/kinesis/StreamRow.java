package dev.feedline.kinesis;

import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/// A stream as the catalog keeps it.
///
/// @param id names its folder, and tells it from an earlier stream of the same name
/// @param createdSecond part of its sequence numbers; no two streams have the same
record StreamRow(
        long id,
        String name,
        StreamStatus status,
        StreamMode mode,
        Instant created,
        long createdSecond,
        int retentionHours,
        int maxRecordKib,
        List<ShardRow> shards) {

    /// One shard; `number` counts from 0.
    record ShardRow(int number, HashKeys.Range range) {
        String id() {
            return "shardId-%012d".formatted(number);
        }
    }

    StreamRow withStatus(StreamStatus other) {
        return new StreamRow(id, name, other, mode, created, createdSecond, retentionHours, maxRecordKib, shards);
    }

    StreamRow withRetentionHours(int hours) {
        return new StreamRow(id, name, status, mode, created, createdSecond, hours, maxRecordKib, shards);
    }
}
