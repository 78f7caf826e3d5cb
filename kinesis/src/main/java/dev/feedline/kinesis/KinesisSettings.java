package dev.feedline.kinesis;

import dev.feedline.kinesis.log.SegmentLog;

/// How the streams behave where AWS's behaviour is not wanted by everyone.
///
/// @param awsRateLimits whether a shard takes at most 1 MiB and 1,000 records and gives at most 2
///     MiB and 5 reads a second, as at AWS; size limits always hold
/// @param segmentBytes how large a segment file grows before the next is begun
public record KinesisSettings(boolean awsRateLimits, long segmentBytes) {
    public static final KinesisSettings DEFAULT = new KinesisSettings(false, SegmentLog.SEGMENT_BYTES);

    public KinesisSettings {
        if (segmentBytes < 1) {
            throw new IllegalArgumentException("a segment has at least one byte: " + segmentBytes);
        }
    }
}
