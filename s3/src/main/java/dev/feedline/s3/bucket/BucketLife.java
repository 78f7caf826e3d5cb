package dev.feedline.s3.bucket;

import dev.feedline.kernel.Account;
import dev.feedline.kernel.Arn;
import dev.feedline.s3.error.Honoured;
import dev.feedline.s3.error.S3Error;
import dev.feedline.s3.multipart.Uploads;
import dev.feedline.s3.object.Tags;
import dev.feedline.s3.state.Buckets;
import dev.feedline.s3.state.Form;
import dev.feedline.s3.state.Owners;
import dev.feedline.s3.state.S3Store;
import dev.feedline.s3.state.Versions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.CreateBucketConfiguration;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;

/// Creates, shows, lists and deletes buckets.
public final class BucketLife {
    /// An account's default quota at AWS.
    static final int MOST = 10_000;

    private static final Honoured CREATE =
            Honoured.members("ACL", "Bucket", "CreateBucketConfiguration", "ObjectOwnership");
    private static final Honoured CONFIGURATION = Honoured.members("LocationConstraint", "Tags");
    private static final Honoured BUCKET = Honoured.members("Bucket");
    private static final Honoured LIST = Honoured.members("MaxBuckets", "ContinuationToken", "Prefix", "BucketRegion");

    private final S3Store store;

    public BucketLife(S3Store store) {
        this.store = store;
    }

    /// Creates the bucket; one that is there already stays as it is, which is no error in us-east-1.
    public CreateBucketResponse create(CreateBucketRequest request) {
        CREATE.check(request, account());
        BucketName.require(request.bucket());
        refuseAccessLists(request);
        Optional<CreateBucketConfiguration> configuration = Optional.ofNullable(request.createBucketConfiguration());
        configuration.ifPresent(this::requireOurRegion);
        String tags = configuration
                .filter(CreateBucketConfiguration::hasTags)
                .map(given -> Form.write(Tags.ofBucket(given.tags())))
                .orElse(null);
        Instant now = store.ground().clock().instant();
        store.change(change -> {
            if (Buckets.find(change.tx(), request.bucket()).isEmpty()) {
                requireRoom(Buckets.count(change.tx()));
                Buckets.create(change.tx(), request.bucket(), now, tags);
            }
            return true;
        });
        return CreateBucketResponse.builder()
                .location("/" + request.bucket())
                .bucketArn(Arn.bucket(request.bucket()).toString())
                .build();
    }

    public HeadBucketResponse head(HeadBucketRequest request) {
        BUCKET.check(request, account());
        store.read(tx -> Buckets.require(tx, request.bucket()));
        return HeadBucketResponse.builder()
                .bucketRegion(account().region())
                .bucketArn(Arn.bucket(request.bucket()).toString())
                .build();
    }

    /// Where the bucket is: us-east-1 is shown as no location at all, as S3 does.
    public GetBucketLocationResponse location(GetBucketLocationRequest request) {
        BUCKET.check(request, account());
        store.read(tx -> Buckets.require(tx, request.bucket()));
        return GetBucketLocationResponse.builder().build();
    }

    /// Deletes an empty bucket, and with it the uploads that were never completed.
    public DeleteBucketResponse delete(DeleteBucketRequest request) {
        BUCKET.check(request, account());
        store.change(change -> {
            Buckets.require(change.tx(), request.bucket());
            if (Versions.any(change.tx(), request.bucket())) {
                throw S3Error.BUCKET_NOT_EMPTY.because("The bucket you tried to delete is not empty: "
                        + request.bucket() + ". You must delete all versions in the bucket.");
            }
            change.unname(Uploads.deleteAll(change.tx(), request.bucket()));
            Buckets.delete(change.tx(), request.bucket());
            return true;
        });
        return DeleteBucketResponse.builder().build();
    }

    public ListBucketsResponse list(ListBucketsRequest request) {
        LIST.check(request, account());
        int most = Optional.ofNullable(request.maxBuckets()).orElse(MOST);
        if (most < 1 || most > MOST) {
            throw S3Error.INVALID_ARGUMENT.because("Argument max-buckets must be an integer between 1 and " + MOST);
        }
        if (request.bucketRegion() != null
                && !request.bucketRegion().equals(account().region())) {
            return ListBucketsResponse.builder().owner(Owners.of(account())).build();
        }
        String prefix = Optional.ofNullable(request.prefix()).orElse("");
        String from = Optional.ofNullable(request.continuationToken()).orElse("");
        List<Bucket> found = store.read(tx -> Buckets.list(tx, from, prefix, most + 1)).stream()
                .map(this::shown)
                .toList();
        return ListBucketsResponse.builder()
                .owner(Owners.of(account()))
                .prefix(request.prefix())
                .buckets(found.subList(0, Math.min(most, found.size())))
                .continuationToken(found.size() > most ? found.getLast().name() : null)
                .build();
    }

    private Bucket shown(dev.feedline.s3.state.Bucket bucket) {
        return Bucket.builder()
                .name(bucket.name())
                .creationDate(bucket.created().truncatedTo(ChronoUnit.SECONDS))
                .bucketRegion(account().region())
                .bucketArn(Arn.bucket(bucket.name()).toString())
                .build();
    }

    private void requireOurRegion(CreateBucketConfiguration configuration) {
        CONFIGURATION.refuseOthers(configuration, "CreateBucket");
        String asked = configuration.locationConstraintAsString();
        if (asked != null && !asked.isEmpty()) {
            throw S3Error.INVALID_LOCATION_CONSTRAINT.because(
                    "The specified location-constraint is not valid: " + asked + ". Every bucket of Feedline is in "
                            + account().region() + ", which is asked for by leaving it out.");
        }
    }

    private static void refuseAccessLists(CreateBucketRequest request) {
        String acl = request.aclAsString();
        String ownership = request.objectOwnershipAsString();
        if (acl != null && !acl.equals("private")) {
            throw S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED.because("The bucket does not allow ACLs: " + acl);
        }
        if (ownership != null && !ownership.equals("BucketOwnerEnforced")) {
            throw S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED.because(
                    "Feedline has no ACLs, so ObjectOwnership can only be BucketOwnerEnforced, not " + ownership);
        }
    }

    private static void requireRoom(long count) {
        if (count >= MOST) {
            throw S3Error.TOO_MANY_BUCKETS.because(
                    "You have attempted to create more buckets than allowed: there are " + count);
        }
    }

    private Account account() {
        return store.ground().account();
    }
}
