package dev.feedline.feeds.ingest;

import dev.feedline.feeds.S3Events;
import dev.feedline.feeds.SourceVersion;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The bytes of one source version, which never change.
public final class SourceFile implements StoredFile {
    private final S3Client s3;
    private final SourceVersion version;

    SourceFile(S3Client s3, SourceVersion version) {
        this.s3 = s3;
        this.version = version;
    }

    /// Looks the object up; empty when it is gone, or was replaced in a bucket without versions.
    public static Optional<SourceVersion> find(S3Client s3, S3Events.ObjectReference reference) {
        try {
            HeadObjectResponse head = s3.headObject(request ->
                    request.bucket(reference.bucket()).key(reference.key()).versionId(reference.versionId()));
            return Optional.of(new SourceVersion(
                    reference.bucket(),
                    reference.key(),
                    head.versionId(),
                    head.eTag(),
                    head.contentLength(),
                    head.lastModified()));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (S3Exception e) {
            if (isGone(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// A version that was removed is 404 NoSuchVersion; a delete marker asked for by its id is 405.
    private static boolean isGone(S3Exception e) {
        return e.statusCode() == 404 || e.statusCode() == 405;
    }

    @Override
    public InputStream open(long offset) {
        if (offset >= version.size()) {
            return InputStream.nullInputStream();
        }
        GetObjectRequest.Builder request = GetObjectRequest.builder()
                .bucket(version.bucket())
                .key(version.key())
                .versionId(version.versionId())
                .range(offset == 0 ? null : "bytes=" + offset + "-");
        if (version.versionId() == null) {
            request.ifMatch(version.eTag());
        }
        return s3.getObject(request.build());
    }
}
