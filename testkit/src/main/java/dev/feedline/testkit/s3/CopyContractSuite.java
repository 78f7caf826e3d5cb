package dev.feedline.testkit.s3;

import static dev.feedline.testkit.s3.ObjectContractSuite.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.TaggingDirective;

/// What copies of objects are, whoever implements `S3Client`.
public abstract class CopyContractSuite {
    private static final String SOURCE = "from/a b+ü?.csv";

    private S3Client s3;
    private String bucket;
    private String etag;

    protected abstract S3Client client();

    @BeforeEach
    void createSource() {
        s3 = client();
        bucket = Names.fresh("copies");
        s3.createBucket(request -> request.bucket(bucket));
        etag = s3.putObject(
                        request -> request.bucket(bucket)
                                .key(SOURCE)
                                .contentType("text/csv")
                                .metadata(Map.of("feed", "orders"))
                                .tagging("stage=raw"),
                        RequestBody.fromString("hello"))
                .eTag();
    }

    @Test
    void aCopyHasTheBytesAndTheDescription() {
        CopyObjectResponse copied = s3.copyObject(request -> request.sourceBucket(bucket)
                .sourceKey(SOURCE)
                .destinationBucket(bucket)
                .destinationKey("copy"));

        ResponseBytes<GetObjectResponse> copy = get("copy");
        assertThat(copy.asUtf8String()).isEqualTo("hello");
        assertThat(copied.copyObjectResult().eTag()).isEqualTo(etag);
        assertThat(copy.response().contentType()).isEqualTo("text/csv");
        assertThat(copy.response().metadata()).isEqualTo(Map.of("feed", "orders"));
        assertThat(copy.response().tagCount()).isEqualTo(1);
    }

    @Test
    void aCopyMayBeDescribedAnew() {
        s3.copyObject(request -> request.sourceBucket(bucket)
                .sourceKey(SOURCE)
                .destinationBucket(bucket)
                .destinationKey("copy")
                .metadataDirective(MetadataDirective.REPLACE)
                .contentType("text/plain")
                .metadata(Map.of("new", "1"))
                .taggingDirective(TaggingDirective.REPLACE)
                .tagging("stage=clean&by=me"));

        GetObjectResponse copy = get("copy").response();
        assertThat(copy.contentType()).isEqualTo("text/plain");
        assertThat(copy.metadata()).isEqualTo(Map.of("new", "1"));
        assertThat(copy.tagCount()).isEqualTo(2);
    }

    @Test
    void aBigObjectIsCopiedToAnotherBucket() {
        byte[] bytes = new byte[1_000_000];
        new Random(5).nextBytes(bytes);
        s3.putObject(request -> request.bucket(bucket).key("big"), RequestBody.fromBytes(bytes));
        String other = Names.fresh("copies");
        s3.createBucket(request -> request.bucket(other));
        s3.copyObject(request -> request.sourceBucket(bucket)
                .sourceKey("big")
                .destinationBucket(other)
                .destinationKey("big"));
        s3.deleteObject(request -> request.bucket(bucket).key("big"));

        assertThat(s3.getObjectAsBytes(request -> request.bucket(other).key("big"))
                        .asByteArray())
                .isEqualTo(bytes);
    }

    @Test
    void anObjectIsCopiedToItselfOnlyWithAChange() {
        assertError(
                () -> s3.copyObject(request -> request.sourceBucket(bucket)
                        .sourceKey(SOURCE)
                        .destinationBucket(bucket)
                        .destinationKey(SOURCE)),
                400,
                "InvalidRequest");
        s3.copyObject(request -> request.sourceBucket(bucket)
                .sourceKey(SOURCE)
                .destinationBucket(bucket)
                .destinationKey(SOURCE)
                .metadataDirective(MetadataDirective.REPLACE)
                .metadata(Map.of("new", "1")));

        assertThat(get(SOURCE).asUtf8String()).isEqualTo("hello");
        assertThat(get(SOURCE).response().metadata()).isEqualTo(Map.of("new", "1"));
    }

    @Test
    void anEarlierVersionIsCopiedByItsId() {
        s3.putBucketVersioning(request -> request.bucket(bucket)
                .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        String first = s3.putObject(request -> request.bucket(bucket).key("v"), RequestBody.fromString("first"))
                .versionId();
        s3.putObject(request -> request.bucket(bucket).key("v"), RequestBody.fromString("second"));

        CopyObjectResponse copied = s3.copyObject(request -> request.sourceBucket(bucket)
                .sourceKey("v")
                .sourceVersionId(first)
                .destinationBucket(bucket)
                .destinationKey("v"));

        assertThat(copied.copySourceVersionId()).isEqualTo(first);
        assertThat(get("v").asUtf8String()).isEqualTo("first");
        assertThat(get("v").response().versionId()).isEqualTo(copied.versionId());
    }

    @Test
    void aCopyIsMadeOnlyOfTheSourceTheCallerKnows() {
        assertError(
                () -> s3.copyObject(request -> request.sourceBucket(bucket)
                        .sourceKey(SOURCE)
                        .destinationBucket(bucket)
                        .destinationKey("copy")
                        .copySourceIfMatch("\"other\"")),
                412,
                "PreconditionFailed");
        assertError(
                () -> s3.copyObject(request -> request.sourceBucket(bucket)
                        .sourceKey(SOURCE)
                        .destinationBucket(bucket)
                        .destinationKey("copy")
                        .copySourceIfNoneMatch(etag)),
                412,
                "PreconditionFailed");
        assertThatThrownBy(() -> s3.copyObject(request -> request.sourceBucket(bucket)
                        .sourceKey("nothing")
                        .destinationBucket(bucket)
                        .destinationKey("copy")))
                .isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(() -> get("copy")).isInstanceOf(NoSuchKeyException.class);
    }

    private ResponseBytes<GetObjectResponse> get(String key) {
        return s3.getObjectAsBytes(request -> request.bucket(bucket).key(key));
    }
}
