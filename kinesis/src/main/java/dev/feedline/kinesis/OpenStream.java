package dev.feedline.kinesis;

import dev.feedline.kernel.Arn;
import java.math.BigInteger;
import java.util.List;
import java.util.TreeMap;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/// A stream that is there to be used.
///
/// @param shards in the order of their hash ranges
record OpenStream(StreamRow row, Arn arn, List<Shard> shards, TreeMap<BigInteger, Shard> byHashStart) {
    static OpenStream of(StreamRow row, Arn arn, List<Shard> shards) {
        TreeMap<BigInteger, Shard> byHashStart = new TreeMap<>();
        shards.forEach(shard -> byHashStart.put(shard.row().range().start(), shard));
        return new OpenStream(row, arn, shards, byHashStart);
    }

    OpenStream with(StreamRow other) {
        return new OpenStream(other, arn, shards, byHashStart);
    }

    Shard shardOf(BigInteger hashKey) {
        return byHashStart.floorEntry(hashKey).getValue();
    }

    Shard shard(String shardId) {
        return shards.stream()
                .filter(shard -> shard.id().equals(shardId))
                .findFirst()
                .orElseThrow(() -> KinesisError.RESOURCE_NOT_FOUND.exception("Shard " + shardId + " in stream "
                        + row.name() + " under account " + arn.account() + " does not exist"));
    }

    OpenStream requireActive() {
        if (row.status() != StreamStatus.ACTIVE) {
            throw KinesisError.RESOURCE_IN_USE.exception("Stream " + row.name() + " under account " + arn.account()
                    + " not ACTIVE, instead in state " + row.status());
        }
        return this;
    }
}
