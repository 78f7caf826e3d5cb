package dev.feedline.s3;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.LocalBodies;
import dev.feedline.s3.bucket.BucketLife;
import dev.feedline.s3.bucket.BucketSettings;
import dev.feedline.s3.bucket.BucketTags;
import dev.feedline.s3.bucket.BucketVersioning;
import dev.feedline.s3.error.S3Error;
import dev.feedline.s3.lifecycle.BucketLifecycle;
import dev.feedline.s3.lifecycle.Expirer;
import dev.feedline.s3.listing.ListObjects;
import dev.feedline.s3.listing.ListVersions;
import dev.feedline.s3.multipart.CompleteUpload;
import dev.feedline.s3.multipart.PartIntake;
import dev.feedline.s3.multipart.UploadLife;
import dev.feedline.s3.multipart.UploadListing;
import dev.feedline.s3.notification.BucketNotifications;
import dev.feedline.s3.notification.Dispatcher;
import dev.feedline.s3.notification.Outbox;
import dev.feedline.s3.object.CopyObject;
import dev.feedline.s3.object.DeleteObject;
import dev.feedline.s3.object.DeleteObjects;
import dev.feedline.s3.object.Deletion;
import dev.feedline.s3.object.GetObject;
import dev.feedline.s3.object.HeadObject;
import dev.feedline.s3.object.LocalObjects;
import dev.feedline.s3.object.ObjectTags;
import dev.feedline.s3.object.Placement;
import dev.feedline.s3.object.PutObject;
import dev.feedline.s3.state.S3Store;
import dev.feedline.s3.state.VersionWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketLifecycleRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketLifecycleResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetBucketAccelerateConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketAccelerateConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketAclRequest;
import software.amazon.awssdk.services.s3.model.GetBucketAclResponse;
import software.amazon.awssdk.services.s3.model.GetBucketCorsRequest;
import software.amazon.awssdk.services.s3.model.GetBucketCorsResponse;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLoggingRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLoggingResponse;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.GetBucketOwnershipControlsResponse;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyStatusRequest;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyStatusResponse;
import software.amazon.awssdk.services.s3.model.GetBucketReplicationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketReplicationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketRequestPaymentRequest;
import software.amazon.awssdk.services.s3.model.GetBucketRequestPaymentResponse;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.GetBucketWebsiteRequest;
import software.amazon.awssdk.services.s3.model.GetBucketWebsiteResponse;
import software.amazon.awssdk.services.s3.model.GetObjectAclRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAclResponse;
import software.amazon.awssdk.services.s3.model.GetObjectLockConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetObjectLockConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.PutBucketNotificationConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;
import software.amazon.awssdk.services.sqs.SqsClient;

/// S3 on one machine: buckets, objects, versions, multipart uploads, listings and notifications, durable in a folder.
///
/// Acknowledged means on disk. A put is visible as a whole or not at all, and whoever reads after it sees it. Each
/// operation is one method here and one handler behind it.
public final class EmbeddedS3 implements S3Client, LocalBodies, AutoCloseable {
    private final S3Store store;
    private final Dispatcher dispatcher;
    private final LocalObjects localObjects;
    private final BucketLife bucketLife;
    private final BucketVersioning versioning;
    private final BucketTags bucketTags;
    private final BucketSettings settings;
    private final BucketNotifications notifications;
    private final PutObject putObject;
    private final GetObject getObject;
    private final HeadObject headObject;
    private final DeleteObject deleteObject;
    private final DeleteObjects deleteObjects;
    private final ObjectTags objectTags;
    private final ListObjects listObjects;
    private final ListVersions listVersions;
    private final CopyObject copyObject;
    private final UploadLife uploadLife;
    private final PartIntake partIntake;
    private final CompleteUpload completeUpload;
    private final UploadListing uploadListing;
    private final BucketLifecycle lifecycle;
    private final Expirer expirer;

    private EmbeddedS3(S3Store store, LambdaClient lambda, SqsClient sqs) {
        VersionWriter writer = new VersionWriter(store.ground());
        Outbox outbox = new Outbox(store.ground());
        Placement placement = new Placement(store, writer, outbox);
        this.store = store;
        this.dispatcher = new Dispatcher(store, lambda, sqs);
        this.localObjects = new LocalObjects(store);
        this.bucketLife = new BucketLife(store);
        this.versioning = new BucketVersioning(store);
        this.bucketTags = new BucketTags(store);
        this.settings = new BucketSettings(store);
        this.notifications = new BucketNotifications(store, lambda, sqs);
        this.putObject = new PutObject(store, placement);
        this.getObject = new GetObject(store);
        this.headObject = new HeadObject(store);
        this.deleteObject = new DeleteObject(store, writer, outbox);
        this.deleteObjects = new DeleteObjects(store, writer, outbox);
        this.objectTags = new ObjectTags(store, outbox);
        this.listObjects = new ListObjects(store);
        this.listVersions = new ListVersions(store);
        this.copyObject = new CopyObject(store, placement);
        this.uploadLife = new UploadLife(store);
        this.partIntake = new PartIntake(store);
        this.completeUpload = new CompleteUpload(store, placement);
        this.uploadListing = new UploadListing(store);
        this.lifecycle = new BucketLifecycle(store);
        this.expirer = new Expirer(store, new Deletion(writer, outbox));
    }

    /// Opens or creates the service in a folder of its own; `lambda` and `sqs` are where notifications go.
    public static EmbeddedS3 open(Path folder, Ground ground, LambdaClient lambda, SqsClient sqs) throws IOException {
        return new EmbeddedS3(S3Store.open(folder, ground), lambda, sqs);
    }

    /// Starts delivering notifications, those first that an earlier process left, and expiring objects.
    public void start() {
        dispatcher.start();
        expirer.start();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /// Ends the deliveries under way; what is not delivered is delivered after the next start.
    @Override
    public void close() {
        expirer.close();
        endNotifications();
        store.close();
    }

    /// Ends the notifications that are on their way and begins no more; all else goes on.
    public void endNotifications() {
        dispatcher.close();
    }

    /// How many notifications are on their way.
    public long waitingNotifications() {
        return dispatcher.waiting();
    }

    /// How many notifications were given up, their target having refused them for a day.
    public long droppedNotifications() {
        return dispatcher.dropped();
    }

    @Override
    public Optional<Pin> pin(String bucket, String key, @Nullable String version) {
        return localObjects.pin(bucket, key, version);
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        return putObject.handle(request, body);
    }

    @Override
    public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
        return getObject.handle(request, transformer);
    }

    @Override
    public UploadPartResponse uploadPart(UploadPartRequest request, RequestBody body) {
        return partIntake.upload(request, body);
    }

    @Override
    public CopyObjectResponse copyObject(CopyObjectRequest request) {
        return copyObject.handle(request);
    }

    @Override
    public CreateMultipartUploadResponse createMultipartUpload(CreateMultipartUploadRequest request) {
        return uploadLife.create(request);
    }

    @Override
    public AbortMultipartUploadResponse abortMultipartUpload(AbortMultipartUploadRequest request) {
        return uploadLife.abort(request);
    }

    @Override
    public UploadPartCopyResponse uploadPartCopy(UploadPartCopyRequest request) {
        return partIntake.copy(request);
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(CompleteMultipartUploadRequest request) {
        return completeUpload.handle(request);
    }

    @Override
    public ListMultipartUploadsResponse listMultipartUploads(ListMultipartUploadsRequest request) {
        return uploadListing.uploads(request);
    }

    @Override
    public ListPartsResponse listParts(ListPartsRequest request) {
        return uploadListing.parts(request);
    }

    @Override
    public PutBucketLifecycleConfigurationResponse putBucketLifecycleConfiguration(
            PutBucketLifecycleConfigurationRequest request) {
        return lifecycle.put(request);
    }

    @Override
    public GetBucketLifecycleConfigurationResponse getBucketLifecycleConfiguration(
            GetBucketLifecycleConfigurationRequest request) {
        return lifecycle.get(request);
    }

    @Override
    public DeleteBucketLifecycleResponse deleteBucketLifecycle(DeleteBucketLifecycleRequest request) {
        return lifecycle.delete(request);
    }

    @Override
    public CreateBucketResponse createBucket(CreateBucketRequest request) {
        return bucketLife.create(request);
    }

    @Override
    public HeadBucketResponse headBucket(HeadBucketRequest request) {
        return bucketLife.head(request);
    }

    @Override
    public DeleteBucketResponse deleteBucket(DeleteBucketRequest request) {
        return bucketLife.delete(request);
    }

    @Override
    public ListBucketsResponse listBuckets(ListBucketsRequest request) {
        return bucketLife.list(request);
    }

    @Override
    public GetBucketLocationResponse getBucketLocation(GetBucketLocationRequest request) {
        return bucketLife.location(request);
    }

    @Override
    public PutBucketVersioningResponse putBucketVersioning(PutBucketVersioningRequest request) {
        return versioning.put(request);
    }

    @Override
    public GetBucketVersioningResponse getBucketVersioning(GetBucketVersioningRequest request) {
        return versioning.get(request);
    }

    @Override
    public PutBucketTaggingResponse putBucketTagging(PutBucketTaggingRequest request) {
        return bucketTags.put(request);
    }

    @Override
    public GetBucketTaggingResponse getBucketTagging(GetBucketTaggingRequest request) {
        return bucketTags.get(request);
    }

    @Override
    public DeleteBucketTaggingResponse deleteBucketTagging(DeleteBucketTaggingRequest request) {
        return bucketTags.delete(request);
    }

    @Override
    public PutBucketNotificationConfigurationResponse putBucketNotificationConfiguration(
            PutBucketNotificationConfigurationRequest request) {
        return notifications.put(request);
    }

    @Override
    public GetBucketNotificationConfigurationResponse getBucketNotificationConfiguration(
            GetBucketNotificationConfigurationRequest request) {
        return notifications.get(request);
    }

    @Override
    public GetBucketAclResponse getBucketAcl(GetBucketAclRequest request) {
        return settings.acl(request);
    }

    @Override
    public GetObjectAclResponse getObjectAcl(GetObjectAclRequest request) {
        return settings.objectAcl(request);
    }

    @Override
    public GetBucketOwnershipControlsResponse getBucketOwnershipControls(GetBucketOwnershipControlsRequest request) {
        return settings.ownership(request);
    }

    @Override
    public GetBucketAccelerateConfigurationResponse getBucketAccelerateConfiguration(
            GetBucketAccelerateConfigurationRequest request) {
        return settings.acceleration(request);
    }

    @Override
    public GetBucketRequestPaymentResponse getBucketRequestPayment(GetBucketRequestPaymentRequest request) {
        return settings.requestPayment(request);
    }

    @Override
    public GetBucketLoggingResponse getBucketLogging(GetBucketLoggingRequest request) {
        return settings.logging(request);
    }

    @Override
    public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
        return deleteObject.handle(request);
    }

    @Override
    public DeleteObjectsResponse deleteObjects(DeleteObjectsRequest request) {
        return deleteObjects.handle(request);
    }

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
        return headObject.handle(request);
    }

    @Override
    public ListObjectsResponse listObjects(ListObjectsRequest request) {
        return listObjects.list(request);
    }

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
        return listObjects.list(request);
    }

    @Override
    public ListObjectVersionsResponse listObjectVersions(ListObjectVersionsRequest request) {
        return listVersions.list(request);
    }

    @Override
    public PutObjectTaggingResponse putObjectTagging(PutObjectTaggingRequest request) {
        return objectTags.put(request);
    }

    @Override
    public GetObjectTaggingResponse getObjectTagging(GetObjectTaggingRequest request) {
        return objectTags.get(request);
    }

    @Override
    public DeleteObjectTaggingResponse deleteObjectTagging(DeleteObjectTaggingRequest request) {
        return objectTags.delete(request);
    }

    @Override
    public GetBucketPolicyResponse getBucketPolicy(GetBucketPolicyRequest request) {
        throw settings.without(request, S3Error.NO_SUCH_BUCKET_POLICY, "The bucket policy does not exist");
    }

    @Override
    public GetBucketPolicyStatusResponse getBucketPolicyStatus(GetBucketPolicyStatusRequest request) {
        throw settings.without(request, S3Error.NO_SUCH_BUCKET_POLICY, "The bucket policy does not exist");
    }

    @Override
    public GetBucketCorsResponse getBucketCors(GetBucketCorsRequest request) {
        throw settings.without(request, S3Error.NO_SUCH_CORS_CONFIGURATION, "The CORS configuration does not exist");
    }

    @Override
    public GetBucketWebsiteResponse getBucketWebsite(GetBucketWebsiteRequest request) {
        throw settings.without(
                request,
                S3Error.NO_SUCH_WEBSITE_CONFIGURATION,
                "The specified bucket does not have a website configuration");
    }

    @Override
    public GetBucketReplicationResponse getBucketReplication(GetBucketReplicationRequest request) {
        throw settings.without(
                request, S3Error.NO_SUCH_REPLICATION_CONFIGURATION, "The replication configuration was not found");
    }

    @Override
    public GetBucketEncryptionResponse getBucketEncryption(GetBucketEncryptionRequest request) {
        throw settings.without(
                request,
                S3Error.NO_SUCH_ENCRYPTION_CONFIGURATION,
                "The server side encryption configuration was not found");
    }

    @Override
    public GetObjectLockConfigurationResponse getObjectLockConfiguration(GetObjectLockConfigurationRequest request) {
        throw settings.without(
                request,
                S3Error.NO_SUCH_OBJECT_LOCK_CONFIGURATION,
                "Object Lock configuration does not exist for this bucket");
    }

    @Override
    public GetPublicAccessBlockResponse getPublicAccessBlock(GetPublicAccessBlockRequest request) {
        throw settings.without(
                request, S3Error.NO_SUCH_PUBLIC_ACCESS_BLOCK, "The public access block configuration was not found");
    }
}
