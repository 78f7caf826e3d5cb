package dev.feedline.testkit;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Object;

/// One version of an object in [InMemoryS3].
@SuppressWarnings("ArrayRecordComponent") // its bytes are handed on, never compared
public record StoredObject(
        String bucket, String key, @Nullable String versionId, String eTag, Instant lastModified, byte[] bytes) {

    static StoredObject of(String bucket, String key, @Nullable String version, Instant now, byte[] bytes) {
        // S3 keeps last-modified to the second.
        return new StoredObject(bucket, key, version, eTag(bytes), now.truncatedTo(ChronoUnit.SECONDS), bytes);
    }

    /// The bytes of a `Range: bytes=from-to` header, all of them without one.
    InputStream range(@Nullable String range) {
        if (range == null) {
            return new ByteArrayInputStream(bytes);
        }
        String[] ends = range.substring("bytes=".length()).split("-", -1);
        int from = Integer.parseInt(ends[0]);
        int to = ends[1].isEmpty() ? bytes.length : Math.min(bytes.length, Integer.parseInt(ends[1]) + 1);
        return new ByteArrayInputStream(bytes, from, to - from);
    }

    S3Object asListed() {
        return S3Object.builder()
                .key(key)
                .eTag(eTag)
                .size((long) bytes.length)
                .lastModified(lastModified)
                .build();
    }

    ObjectVersion asVersion() {
        return ObjectVersion.builder()
                .key(key)
                .versionId(versionId == null ? "null" : versionId)
                .eTag(eTag)
                .size((long) bytes.length)
                .lastModified(lastModified)
                .build();
    }

    private static String eTag(byte[] bytes) {
        try {
            byte[] md5 = MessageDigest.getInstance("MD5").digest(bytes);
            return '"' + HexFormat.of().formatHex(md5) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
