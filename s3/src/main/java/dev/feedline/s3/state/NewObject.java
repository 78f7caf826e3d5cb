package dev.feedline.s3.state;

import dev.feedline.s3.body.Body;
import dev.feedline.s3.checksum.ObjectChecksum;

/// An object about to be put: everything but its place among the versions of its key.
///
/// @param etag without quotes
public record NewObject(
        String bucket, String key, ObjectDescription description, Body body, String etag, ObjectChecksum checksum) {}
