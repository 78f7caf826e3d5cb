package dev.feedline.s3.state;

import dev.feedline.s3.checksum.ObjectChecksum;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// One version of an object, or a delete marker.
///
/// @param sequence orders the versions of a key, the newest having the largest; also the event's sequencer
/// @param versionId `null` (the text) for what was put while versioning was not enabled
/// @param modified to the millisecond
/// @param etag without quotes
public record ObjectVersion(
        long sequence,
        String bucket,
        String key,
        String versionId,
        boolean latest,
        boolean deleteMarker,
        Instant modified,
        long size,
        String etag,
        ObjectDescription description,
        Optional<ObjectChecksum> checksum) {
    /// The id of what was put while versioning was not enabled.
    public static final String NULL_VERSION = "null";

    public String quotedEtag() {
        return "\"" + etag + "\"";
    }

    /// The time as S3 shows it everywhere: whole seconds.
    public Instant lastModified() {
        return modified.truncatedTo(ChronoUnit.SECONDS);
    }

    /// Says whether it came of a multipart upload: its ETag is then no MD5 of the content.
    public boolean isMultipart() {
        return etag.indexOf('-') >= 0;
    }
}
