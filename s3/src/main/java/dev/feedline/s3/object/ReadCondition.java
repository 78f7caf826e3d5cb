package dev.feedline.s3.object;

import dev.feedline.s3.error.S3Error;
import dev.feedline.s3.state.ObjectVersion;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.S3Request;

/// What must be true of an object for a read, or for a copy from it, to happen.
///
/// An ETag condition that holds outweighs the date condition beside it (RFC 9110, section 13.2.2).
public record ReadCondition(
        Optional<String> ifMatch,
        Optional<String> ifNoneMatch,
        Optional<Instant> ifModifiedSince,
        Optional<Instant> ifUnmodifiedSince) {
    /// Reads the members `<prefix>IfMatch` and so on.
    public static ReadCondition of(S3Request request, String prefix) {
        return new ReadCondition(
                request.getValueForField(prefix + "IfMatch", String.class),
                request.getValueForField(prefix + "IfNoneMatch", String.class),
                request.getValueForField(prefix + "IfModifiedSince", Instant.class),
                request.getValueForField(prefix + "IfUnmodifiedSince", Instant.class));
    }

    /// For reads: an object that is still the one the caller has is 304.
    public void checkRead(ObjectVersion version) {
        requireUnchanged(version);
        if (isUnmodified(version)) {
            throw S3Error.NOT_MODIFIED.because("Not Modified", headers(version));
        }
    }

    /// For copies: whatever does not hold is 412.
    public void checkCopy(ObjectVersion version) {
        requireUnchanged(version);
        if (isUnmodified(version)) {
            throw WriteCondition.failed("x-amz-copy-source-If-None-Match or -If-Modified-Since");
        }
    }

    private void requireUnchanged(ObjectVersion version) {
        if (ifMatch.isPresent()) {
            if (!Etags.matches(ifMatch.get(), version)) {
                throw WriteCondition.failed("If-Match");
            }
        } else if (ifUnmodifiedSince.isPresent() && version.lastModified().isAfter(ifUnmodifiedSince.get())) {
            throw WriteCondition.failed("If-Unmodified-Since");
        }
    }

    private boolean isUnmodified(ObjectVersion version) {
        return ifNoneMatch
                .map(tags -> Etags.matches(tags, version))
                .orElseGet(() -> ifModifiedSince
                        .map(since -> !version.lastModified().isAfter(since))
                        .orElse(false));
    }

    private static Map<String, String> headers(ObjectVersion version) {
        String modified = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                version.lastModified().atOffset(ZoneOffset.UTC));
        return Map.of("ETag", version.quotedEtag(), "Last-Modified", modified);
    }
}
