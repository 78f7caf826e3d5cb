package dev.feedline.s3.bucket;

import dev.feedline.s3.error.Honoured;
import dev.feedline.s3.error.S3Error;
import dev.feedline.s3.state.Buckets;
import dev.feedline.s3.state.S3Store;
import dev.feedline.s3.state.Versioning;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningResponse;

/// Enables, suspends and shows a bucket's versioning; once enabled it can never be taken back altogether.
public final class BucketVersioning {
    private static final Honoured PUT =
            Honoured.members("Bucket", "VersioningConfiguration", "ContentMD5", "ChecksumAlgorithm");
    private static final Honoured GET = Honoured.members("Bucket");

    private final S3Store store;

    public BucketVersioning(S3Store store) {
        this.store = store;
    }

    public PutBucketVersioningResponse put(PutBucketVersioningRequest request) {
        PUT.check(request, store.ground().account());
        String mfaDelete = request.versioningConfiguration().mfaDeleteAsString();
        if (mfaDelete != null && !mfaDelete.equals("Disabled")) {
            throw S3Error.NOT_IMPLEMENTED.because("PutBucketVersioning: Feedline does not honour MFADelete");
        }
        Versioning wanted = wanted(request.versioningConfiguration().statusAsString());
        store.change(change -> {
            Buckets.require(change.tx(), request.bucket());
            Buckets.setVersioning(change.tx(), request.bucket(), wanted);
            return true;
        });
        return PutBucketVersioningResponse.builder().build();
    }

    public GetBucketVersioningResponse get(GetBucketVersioningRequest request) {
        GET.check(request, store.ground().account());
        Versioning versioning =
                store.read(tx -> Buckets.require(tx, request.bucket())).versioning();
        return GetBucketVersioningResponse.builder().status(shown(versioning)).build();
    }

    private static Versioning wanted(@Nullable String status) {
        return switch (status) {
            case "Enabled" -> Versioning.ENABLED;
            case "Suspended" -> Versioning.SUSPENDED;
            case null, default ->
                throw S3Error.MALFORMED_XML.because("Versioning status must be Enabled or Suspended, not " + status);
        };
    }

    private static @Nullable BucketVersioningStatus shown(Versioning versioning) {
        return switch (versioning) {
            case NEVER -> null;
            case ENABLED -> BucketVersioningStatus.ENABLED;
            case SUSPENDED -> BucketVersioningStatus.SUSPENDED;
        };
    }
}
