package dev.feedline.s3.bucket;

import dev.feedline.s3.error.Honoured;
import dev.feedline.s3.error.S3Error;
import dev.feedline.s3.object.Tags;
import dev.feedline.s3.state.Bucket;
import dev.feedline.s3.state.Buckets;
import dev.feedline.s3.state.S3Store;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.DeleteBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingResponse;

/// The three operations on a bucket's tags.
public final class BucketTags {
    private static final Honoured HONOURED = Honoured.members("Bucket", "Tagging", "ContentMD5", "ChecksumAlgorithm");

    private final S3Store store;

    public BucketTags(S3Store store) {
        this.store = store;
    }

    public GetBucketTaggingResponse get(GetBucketTaggingRequest request) {
        HONOURED.check(request, store.ground().account());
        Bucket bucket = store.read(tx -> Buckets.require(tx, request.bucket()));
        Map<String, String> tags =
                bucket.tags().orElseThrow(() -> S3Error.NO_SUCH_TAG_SET.because("The TagSet does not exist"));
        return GetBucketTaggingResponse.builder().tagSet(Tags.sdk(tags)).build();
    }

    public PutBucketTaggingResponse put(PutBucketTaggingRequest request) {
        HONOURED.check(request, store.ground().account());
        set(request.bucket(), Tags.ofBucket(request.tagging().tagSet()));
        return PutBucketTaggingResponse.builder().build();
    }

    public DeleteBucketTaggingResponse delete(DeleteBucketTaggingRequest request) {
        HONOURED.check(request, store.ground().account());
        set(request.bucket(), null);
        return DeleteBucketTaggingResponse.builder().build();
    }

    private void set(String bucket, @Nullable Map<String, String> tags) {
        store.change(change -> {
            Buckets.require(change.tx(), bucket);
            Buckets.setTags(change.tx(), bucket, tags);
            return true;
        });
    }
}
