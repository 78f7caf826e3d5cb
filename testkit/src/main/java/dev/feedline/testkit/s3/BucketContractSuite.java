package dev.feedline.testkit.s3;

import static dev.feedline.testkit.s3.ObjectContractSuite.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.Payer;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

/// What buckets and their settings do, whoever implements `S3Client`.
public abstract class BucketContractSuite {
    private S3Client s3;
    private String bucket;

    protected abstract S3Client client();

    @BeforeEach
    void createBucket() {
        s3 = client();
        bucket = Names.fresh("bucket");
        s3.createBucket(request -> request.bucket(bucket));
    }

    @Test
    void aCreatedBucketIsThereAndListed() {
        assertThat(s3.headBucket(request -> request.bucket(bucket)).bucketRegion())
                .isEqualTo("us-east-1");
        assertThat(s3.listBuckets().buckets())
                .anySatisfy(one -> assertThat(one.name()).isEqualTo(bucket));
        // us-east-1 has no location constraint
        assertThat(s3.getBucketLocation(request -> request.bucket(bucket)).locationConstraintAsString())
                .isNullOrEmpty();
    }

    @Test
    void creatingItAgainIsNoErrorInUsEast1AndKeepsWhatIsInIt() {
        s3.putObject(request -> request.bucket(bucket).key("a"), RequestBody.fromString("x"));
        s3.createBucket(request -> request.bucket(bucket));

        assertThat(s3.headObject(request -> request.bucket(bucket).key("a")).contentLength())
                .isEqualTo(1);
    }

    @Test
    void bucketsAreListedByNameByPrefixAndInPages() {
        s3.createBucket(request -> request.bucket(bucket + "-2"));
        s3.createBucket(request -> request.bucket(bucket + "-1"));

        var first = s3.listBuckets(request -> request.prefix(bucket).maxBuckets(2));
        assertThat(first.buckets()).extracting(one -> one.name()).containsExactly(bucket, bucket + "-1");
        var second = s3.listBuckets(
                request -> request.prefix(bucket).maxBuckets(2).continuationToken(first.continuationToken()));
        assertThat(second.buckets()).extracting(one -> one.name()).containsExactly(bucket + "-2");
        assertThat(second.continuationToken()).isNull();
    }

    @ParameterizedTest
    // What the SDK refuses by itself never gets here.
    @ValueSource(strings = {"xn--a", "a-s3alias", "session", "queries", "telemetry", "api", "2018-06-01"})
    void aNameThatNoBucketMayHaveIsRefused(String name) {
        assertThatThrownBy(() -> s3.createBucket(request -> request.bucket(name)))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidBucketName"));
    }

    @Test
    void onlyAnEmptyBucketIsDeleted() {
        s3.putObject(request -> request.bucket(bucket).key("a"), RequestBody.fromString("x"));
        assertError(() -> s3.deleteBucket(request -> request.bucket(bucket)), 409, "BucketNotEmpty");

        s3.deleteObject(request -> request.bucket(bucket).key("a"));
        s3.deleteBucket(request -> request.bucket(bucket));

        assertThatThrownBy(() -> s3.headBucket(request -> request.bucket(bucket)))
                .isInstanceOf(NoSuchBucketException.class);
        assertThatThrownBy(() -> s3.deleteBucket(request -> request.bucket(bucket)))
                .isInstanceOf(NoSuchBucketException.class);
    }

    @Test
    void anotherOwnerOrRegionIsRefused() {
        assertThatThrownBy(
                        () -> s3.listObjectsV2(request -> request.bucket(bucket).expectedBucketOwner("111111111111")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
        assertError(
                () -> s3.createBucket(request -> request.bucket(Names.fresh("far"))
                        .createBucketConfiguration(where -> where.locationConstraint("eu-west-1"))),
                400,
                "InvalidLocationConstraint");
    }

    @Test
    void tagsAreKeptUntilTheyAreDeleted() {
        assertError(() -> s3.getBucketTagging(request -> request.bucket(bucket)), 404, "NoSuchTagSet");
        s3.putBucketTagging(request -> request.bucket(bucket)
                .tagging(tags -> tags.tagSet(
                        Tag.builder().key("team").value("data & feeds").build())));
        Map<String, String> tags = s3.getBucketTagging(request -> request.bucket(bucket)).tagSet().stream()
                .collect(Collectors.toMap(tag -> tag.key(), tag -> tag.value()));
        assertThat(tags).isEqualTo(Map.of("team", "data & feeds"));

        s3.deleteBucketTagging(request -> request.bucket(bucket));
        assertError(() -> s3.getBucketTagging(request -> request.bucket(bucket)), 404, "NoSuchTagSet");
    }

    @Test
    void whatWasNeverSetUpIsAnsweredAsAwsAnswersIt() {
        assertError(() -> s3.getBucketPolicy(request -> request.bucket(bucket)), 404, "NoSuchBucketPolicy");
        assertError(() -> s3.getBucketPolicyStatus(request -> request.bucket(bucket)), 404, "NoSuchBucketPolicy");
        assertError(() -> s3.getBucketCors(request -> request.bucket(bucket)), 404, "NoSuchCORSConfiguration");
        assertError(() -> s3.getBucketWebsite(request -> request.bucket(bucket)), 404, "NoSuchWebsiteConfiguration");
        assertError(
                () -> s3.getBucketLifecycleConfiguration(request -> request.bucket(bucket)),
                404,
                "NoSuchLifecycleConfiguration");
        assertError(
                () -> s3.getBucketReplication(request -> request.bucket(bucket)),
                404,
                "ReplicationConfigurationNotFoundError");
        assertError(
                () -> s3.getBucketEncryption(request -> request.bucket(bucket)),
                404,
                "ServerSideEncryptionConfigurationNotFoundError");
        assertError(
                () -> s3.getObjectLockConfiguration(request -> request.bucket(bucket)),
                404,
                "ObjectLockConfigurationNotFoundError");
        assertError(
                () -> s3.getPublicAccessBlock(request -> request.bucket(bucket)),
                404,
                "NoSuchPublicAccessBlockConfiguration");
    }

    @Test
    void aLifecycleRuleComesBackUntilItIsDeleted() {
        LifecycleRule rule = LifecycleRule.builder()
                .id("landing")
                .status(ExpirationStatus.ENABLED)
                .filter(filter -> filter.prefix("data/"))
                .expiration(expiration -> expiration.days(7))
                .build();
        s3.putBucketLifecycleConfiguration(
                request -> request.bucket(bucket).lifecycleConfiguration(lifecycle -> lifecycle.rules(rule)));

        assertThat(s3.getBucketLifecycleConfiguration(request -> request.bucket(bucket))
                        .rules())
                .containsExactly(rule);

        s3.deleteBucketLifecycle(request -> request.bucket(bucket));
        assertError(
                () -> s3.getBucketLifecycleConfiguration(request -> request.bucket(bucket)),
                404,
                "NoSuchLifecycleConfiguration");
    }

    @Test
    void theOwnerHasFullControlAndPays() {
        var acl = s3.getBucketAcl(request -> request.bucket(bucket));
        assertThat(acl.grants()).extracting(grant -> grant.permission()).isEqualTo(List.of(Permission.FULL_CONTROL));
        assertThat(acl.grants().getFirst().grantee().id()).isEqualTo(acl.owner().id());
        assertThat(s3.getBucketRequestPayment(request -> request.bucket(bucket)).payer())
                .isEqualTo(Payer.BUCKET_OWNER);
        assertThat(s3.getBucketLogging(request -> request.bucket(bucket)).loggingEnabled())
                .isNull();
        assertThat(s3.getBucketAccelerateConfiguration(request -> request.bucket(bucket))
                        .status())
                .isNull();
        assertThat(s3.getBucketOwnershipControls(request -> request.bucket(bucket))
                        .ownershipControls()
                        .rules())
                .extracting(rule -> rule.objectOwnership())
                .isEqualTo(List.of(ObjectOwnership.BUCKET_OWNER_ENFORCED));
    }
}
