package dev.feedline.app;

import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/// S3 that takes its time over each object whose key contains `slow`, as a crawl of a large one does.
final class SlowS3 {
    private static final long MILLIS = 50;

    private SlowS3() {}

    static S3Client around(S3Client s3) {
        return Tapped.client(S3Client.class, s3, (request, onward) -> {
            if (request instanceof GetObjectRequest get && get.key().contains("slow")) {
                Thread.sleep(MILLIS);
            }
            return onward.to(request);
        });
    }
}
