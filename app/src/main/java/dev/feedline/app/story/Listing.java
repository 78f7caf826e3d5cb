package dev.feedline.app.story;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The objects under a prefix, and when they were written.
record Listing(List<S3Object> objects) {
    static Listing of(S3Client s3, String bucket, String prefix) {
        return after(s3, bucket, prefix, "");
    }

    /// Only those whose key sorts after `after`.
    static Listing after(S3Client s3, String bucket, String prefix, String after) {
        List<S3Object> objects = new ArrayList<>();
        s3.listObjectsV2Paginator(
                        request -> request.bucket(bucket).prefix(prefix).startAfter(after.isEmpty() ? null : after))
                .contents()
                .forEach(objects::add);
        return new Listing(objects);
    }

    @Nullable
    Instant first() {
        return objects.stream()
                .map(S3Object::lastModified)
                .min(Instant::compareTo)
                .orElse(null);
    }

    @Nullable
    Instant last() {
        return objects.stream()
                .map(S3Object::lastModified)
                .max(Instant::compareTo)
                .orElse(null);
    }

    long bytes() {
        return objects.stream().mapToLong(S3Object::size).sum();
    }
}
