package dev.feedline.feeds;

import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

/// The versions in a bucket, key by key, the newest of each key first.
public final class SourceVersions {
    private final S3Client s3;
    private final String bucket;

    public SourceVersions(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /// Shows every version of every key under the prefix; folder keys too.
    public void each(String prefix, Consumer<SourceVersion> taker) {
        ListObjectVersionsRequest request = ListObjectVersionsRequest.builder()
                .bucket(bucket)
                .prefix(prefix)
                .build();
        ListObjectVersionsResponse page;
        do {
            page = s3.listObjectVersions(request);
            page.versions()
                    .forEach(version -> taker.accept(new SourceVersion(
                            bucket,
                            version.key(),
                            version.versionId(),
                            version.eTag(),
                            version.size(),
                            version.lastModified())));
            request = request.toBuilder()
                    .keyMarker(page.nextKeyMarker())
                    .versionIdMarker(page.nextVersionIdMarker())
                    .build();
        } while (Boolean.TRUE.equals(page.isTruncated()));
    }
}
