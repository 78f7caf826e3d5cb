package dev.feedline.feeds;

import dev.feedline.convert.FileId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One version of one object that is to become rows.
///
/// @param versionId absent in a bucket without versions, where the ETag tells one content from another
/// @param size in bytes, as stored
public record SourceVersion(
        String bucket, String key, @Nullable String versionId, String eTag, long size, Instant lastModified) {

    public SourceVersion {
        // What was uploaded before the bucket had versions is listed under this word.
        versionId = "null".equals(versionId) ? null : versionId;
    }

    /// What names this upload among those of its key: the version id, or the ETag where there is none.
    public String version() {
        return Optional.ofNullable(versionId).orElse(eTag);
    }

    public String fileId() {
        return FileId.of(lastModified, bucket, key, version());
    }
}
