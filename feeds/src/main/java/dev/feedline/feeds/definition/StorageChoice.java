package dev.feedline.feeds.definition;

/// Whose S3 and SQS the pipeline uses; both are of one house, because AWS's buckets tell AWS's queues only.
public enum StorageChoice {
    /// Those of this process.
    EMBEDDED,
    /// AWS's, with the credentials and the region that the SDK finds by itself.
    AWS
}
