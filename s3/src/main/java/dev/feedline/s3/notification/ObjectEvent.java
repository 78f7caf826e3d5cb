package dev.feedline.s3.notification;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// Something that happened to an object.
///
/// @param sequence grows with every event; of two events of one key the larger is the later
/// @param versionId absent where the bucket shows none
/// @param etag without quotes; absent when the object is gone
public record ObjectEvent(
        EventName name,
        String bucket,
        String key,
        long sequence,
        Instant time,
        OptionalLong size,
        Optional<String> etag,
        Optional<String> versionId) {}
