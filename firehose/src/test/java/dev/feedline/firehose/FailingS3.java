package dev.feedline.firehose;

import dev.feedline.testkit.InMemoryS3;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/// An S3 that can fail before a put, or after it as when the answer is lost; it remembers every put
/// that was tried.
final class FailingS3 implements S3Client {
    final InMemoryS3 memory;
    final List<PutObjectRequest> tried = new ArrayList<>();
    boolean failBefore;
    boolean failAfter;

    FailingS3(InMemoryS3 memory) {
        this.memory = memory;
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        tried.add(request);
        if (failBefore) {
            throw SdkClientException.create("S3 cannot be reached (injected)");
        }
        PutObjectResponse response = memory.putObject(request, body);
        if (failAfter) {
            throw SdkClientException.create("the answer was lost (injected)");
        }
        return response;
    }

    @Override
    public String serviceName() {
        return "s3";
    }

    @Override
    public void close() {
        // nothing is open
    }
}
