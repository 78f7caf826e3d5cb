package dev.feedline.s3.bucket;

import dev.feedline.s3.error.Honoured;
import dev.feedline.s3.error.S3Error;
import dev.feedline.s3.object.ObjectLookup;
import dev.feedline.s3.state.Buckets;
import dev.feedline.s3.state.Owners;
import dev.feedline.s3.state.S3Store;
import java.util.List;
import software.amazon.awssdk.services.s3.model.GetBucketAccelerateConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketAccelerateConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketAclRequest;
import software.amazon.awssdk.services.s3.model.GetBucketAclResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLoggingRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLoggingResponse;
import software.amazon.awssdk.services.s3.model.GetBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.GetBucketOwnershipControlsResponse;
import software.amazon.awssdk.services.s3.model.GetBucketRequestPaymentRequest;
import software.amazon.awssdk.services.s3.model.GetBucketRequestPaymentResponse;
import software.amazon.awssdk.services.s3.model.GetObjectAclRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAclResponse;
import software.amazon.awssdk.services.s3.model.Grant;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.Payer;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.Type;

/// The settings of a bucket that cannot be changed here, as they are: tools such as Terraform read them all.
///
/// Feedline has no bucket policies, CORS, websites, logging, replication, encryption at rest, object lock or ACLs;
/// each is answered as a bucket at AWS on which it was never set up.
public final class BucketSettings {
    private static final Honoured BUCKET = Honoured.members("Bucket");
    private static final Honoured OBJECT = Honoured.members("Bucket", "Key", "VersionId");

    private final S3Store store;

    public BucketSettings(S3Store store) {
        this.store = store;
    }

    public GetBucketAclResponse acl(GetBucketAclRequest request) {
        requireBucket(request);
        return GetBucketAclResponse.builder()
                .owner(Owners.of(store.ground().account()))
                .grants(ownerHasFullControl())
                .build();
    }

    public GetObjectAclResponse objectAcl(GetObjectAclRequest request) {
        OBJECT.check(request, store.ground().account());
        store.read(tx -> ObjectLookup.require(tx, request.bucket(), request.key(), request.versionId()));
        return GetObjectAclResponse.builder()
                .owner(Owners.of(store.ground().account()))
                .grants(ownerHasFullControl())
                .build();
    }

    public GetBucketOwnershipControlsResponse ownership(GetBucketOwnershipControlsRequest request) {
        requireBucket(request);
        return GetBucketOwnershipControlsResponse.builder()
                .ownershipControls(controls -> controls.rules(OwnershipControlsRule.builder()
                        .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                        .build()))
                .build();
    }

    public GetBucketAccelerateConfigurationResponse acceleration(GetBucketAccelerateConfigurationRequest request) {
        requireBucket(request);
        return GetBucketAccelerateConfigurationResponse.builder().build();
    }

    public GetBucketRequestPaymentResponse requestPayment(GetBucketRequestPaymentRequest request) {
        requireBucket(request);
        return GetBucketRequestPaymentResponse.builder()
                .payer(Payer.BUCKET_OWNER)
                .build();
    }

    public GetBucketLoggingResponse logging(GetBucketLoggingRequest request) {
        requireBucket(request);
        return GetBucketLoggingResponse.builder().build();
    }

    /// Answers for a setting the bucket does not have.
    public RuntimeException without(S3Request request, S3Error error, String message) {
        requireBucket(request);
        return error.because(message);
    }

    private void requireBucket(S3Request request) {
        BUCKET.check(request, store.ground().account());
        String bucket = request.getValueForField("Bucket", String.class).orElse("");
        store.read(tx -> Buckets.require(tx, bucket));
    }

    private List<Grant> ownerHasFullControl() {
        return List.of(Grant.builder()
                .grantee(grantee -> grantee.type(Type.CANONICAL_USER)
                        .id(Owners.id(store.ground().account()))
                        .displayName(store.ground().account().id()))
                .permission(Permission.FULL_CONTROL)
                .build());
    }
}
