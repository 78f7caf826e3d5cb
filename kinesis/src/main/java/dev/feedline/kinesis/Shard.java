package dev.feedline.kinesis;

import dev.feedline.kinesis.log.SegmentLog;

/// An open shard: what it is called, what it takes, and the log its records are in.
record Shard(StreamRow.ShardRow row, long createdSecond, SegmentLog log, ShardRates rates) {
    String id() {
        return row.id();
    }

    SequenceNumber sequenceNumber(long index, long arrivalMillis) {
        return new SequenceNumber(createdSecond, index, Math.floorDiv(arrivalMillis, 1000L), row.number());
    }

    /// The number below all of its records.
    SequenceNumber startingSequenceNumber() {
        return new SequenceNumber(createdSecond, 0, createdSecond, row.number());
    }
}
