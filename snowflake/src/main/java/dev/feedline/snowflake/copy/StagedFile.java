package dev.feedline.snowflake.copy;

import java.time.Instant;

/// An object on a stage.
///
/// @param etag without its quotes
/// @param lastModified of the object, or when it was heard of
public record StagedFile(String bucket, String key, long size, String etag, Instant lastModified) {
    public String url() {
        return "s3://" + bucket + "/" + key;
    }
}
